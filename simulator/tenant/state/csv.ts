import type { Rows } from '../http/paging';

const BATCH = 500;

/** Rows as CSV text with a header, in pieces; they are repeated until there are at least `minBytes`. */
export function* csv(rows: Rows<Record<string, unknown>>, minBytes: number): Generator<string> {
	const [first] = rows.slice(0, 1);
	if (!first) return;
	const columns = Object.keys(first);
	const header = `${columns.join(',')}\r\n`;
	yield header;
	let bytes = header.length;
	do {
		for (let start = 0; start < rows.length; start += BATCH) {
			const page = rows.slice(start, start + BATCH);
			const text = page
				.map((row) => columns.map((column) => cell(row[column])).join(','))
				.join('\r\n');
			bytes += text.length + 2;
			yield `${text}\r\n`;
		}
	} while (bytes < minBytes);
}

function cell(value: unknown): string {
	if (value === null || value === undefined) return '';
	const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
	return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
