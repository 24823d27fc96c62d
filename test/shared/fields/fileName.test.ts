import fc from 'fast-check';

import { safeFileName } from '../../../nodes/Kandji/shared/fields/fileName';

describe('a file name', () => {
	it.each([
		['report.csv', 'report.csv'],
		['Portal ü 2.0.pkg', 'Portal ü 2.0.pkg'],
		['日本.csv', '日本.csv'],
		['a/b/c.csv', 'c.csv'],
		['..\\..\\c.csv', 'c.csv'],
		['../../etc/passwd', 'passwd'],
		['..%2f..%5Cx.csv', 'x.csv'],
		['a／b∕c⁄d＼e.csv', 'e.csv'],
		['C:\\x\\y.csv', 'y.csv'],
		['x.csv:stream', 'x.csv_stream'],
		['.', 'none'],
		['..', 'none'],
		['...', 'none'],
		[' . .', 'none'],
		['', 'none'],
		['a/', 'none'],
		[undefined, 'none'],
		['.htaccess', 'htaccess'],
		['x.csv. ', 'x.csv'],
		['invoice\u202Egnp.exe', 'invoicegnp.exe'],
		['a\u0000b\r\nc\u2028d\u200B.csv', 'abcd.csv'],
		['a*b?"<c>|.csv', 'a_b__\u005fc__.csv'],
	])('%j is saved as %j', (name, safe) => {
		expect(safeFileName(name, 'none')).toBe(safe);
	});

	it('is short, and keeps its extension', () => {
		expect(safeFileName(`${'a'.repeat(5_000)}.csv`, 'none')).toBe(`${'a'.repeat(196)}.csv`);
		expect(Buffer.byteLength(safeFileName(`${'🔑'.repeat(300)}.csv`, 'none'))).toBeLessThanOrEqual(
			200,
		);
		expect(safeFileName(`.${'a'.repeat(5_000)}`, 'none')).toHaveLength(200);
	});

	it('is safe whatever it was', () => {
		const part = fc.constantFrom(
			'a', '.', '..', '/', '\\', '%2F', ' ', '\u202E', '\u2066', '\u0000', '\n', '／', ':', '.csv', '🔑', 'é',
		); // prettier-ignore
		fc.assert(
			fc.property(fc.array(part, { maxLength: 400 }), (parts) => {
				const name = safeFileName(parts.join(''), 'none');
				expect(name).not.toMatch(/[/\\／\p{Cc}\p{Cf}]|%2f|^[.\s]|[.\s]$|^$/iu);
				expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
			}),
		);
	});
});
