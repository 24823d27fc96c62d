/** Longest file name in bytes that file systems take is 255; this leaves room for what a workflow adds. */
const maxBytes = 200;

/** What separates folders, in any spelling. */
const separator = /[/\\\u2044\u2215\u29F5\u29F8\uFE68\uFF0F\uFF3C]|%2f|%5c/i;

/** The longest start of a text that has at most `length` bytes. */
function cutToBytes(text: string, length: number): string {
	let bytes = 0;
	let cut = '';
	for (const character of text) {
		bytes += Buffer.byteLength(character);
		if (bytes > length) break;
		cut += character;
	}
	return cut;
}

/**
 * A file name from elsewhere as one that is safe to save under: its last part without folders, without control and
 * direction characters, without what Windows does not allow, with no dot at its start or end, and short; the extension
 * is kept.
 *
 * @param fallback the name when nothing is left
 */
export function safeFileName(name: unknown, fallback: string): string {
	const last = String(name ?? '')
		.slice(-1_000)
		.split(separator)
		.at(-1);
	const clean = (last ?? '')
		.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
		.replace(/[:*?"<>|]/g, '_')
		.replace(/^[\s.]+|(?<![\s.])[\s.]+$/g, '');
	const extension = /\.[\p{L}\p{N}_-]{1,20}$/u.exec(clean)?.[0] ?? '';
	const stem = clean.slice(0, clean.length - extension.length);
	const short = cutToBytes(stem, maxBytes - Buffer.byteLength(extension)) + extension;
	return short === '' ? fallback : short;
}
