import fc from 'fast-check';

import { CsvError, CsvObjects, CsvReader } from '../../../nodes/Kandji/shared/storage/csv';

const recordsOf = (...pieces: string[]): string[][] => {
	const reader = new CsvReader();
	return [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()];
};

const objectsOf = (text: string) => new CsvObjects().take(recordsOf(text));

const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;

describe('the CSV reader', () => {
	it.each<[string, string, string[][]]>([
		['nothing', '', []],
		[
			'CRLF',
			'a,b\r\n1,2\r\n',
			[
				['a', 'b'],
				['1', '2'],
			],
		],
		[
			'LF, the last one missing',
			'a,b\n1,2',
			[
				['a', 'b'],
				['1', '2'],
			],
		],
		['CR', 'a\r1\r', [['a'], ['1']]],
		['a byte order mark', '\uFEFFa\r\n', [['a']]],
		['a byte order mark before a quote', '\uFEFF"a"\r\n', [['a']]],
		[
			'empty values',
			',,\r\n"",,x\r\n',
			[
				['', '', ''],
				['', '', 'x'],
			],
		],
		['an empty value at the end', 'a,', [['a', '']]],
		['a lone quoted empty value', '""', [['']]],
		['doubled quotes', '"say ""hi""",""""\r\n', [['say "hi"', '"']]],
		['line breaks and commas inside', '"a\r\nb,\nc",d\r\n', [['a\r\nb,\nc', 'd']]],
		['a quote inside a plain value', '5" disk,b', [['5" disk', 'b']]],
		['text after a closing quote', '"a"b,c', [['ab', 'c']]],
		['a blank line', 'a\r\n\r\nb', [['a'], [''], ['b']]],
	])('reads %s', (_name, text, records) => {
		expect(recordsOf(text)).toEqual(records);
		// A piece may end anywhere.
		expect(recordsOf(...text)).toEqual(records);
	});

	it('returns what was written, however the text is split into chunks', () => {
		const value = fc.string({
			unit: fc.constantFrom('a', 'é', '"', ',', '\r', '\n', ' ', '\uFEFF'),
		});
		const table = fc
			.integer({ min: 1, max: 4 })
			.chain((width) => fc.array(fc.array(value, { minLength: width, maxLength: width })));
		fc.assert(
			fc.property(table, fc.nat(), (records, cut) => {
				const text = records.map((record) => record.map(quoted).join(',') + '\r\n').join('');
				const at = text === '' ? 0 : cut % text.length;
				expect(recordsOf(text.slice(0, at), text.slice(at))).toEqual(records);
			}),
		);
	});

	it('detects a truncated file', () => {
		expect(() => recordsOf('a\r\n"open')).toThrow(CsvError);
		expect(() => objectsOf('a,b\r\n1,2\r\n3')).toThrow(
			'Row 3 of the file has 1 values instead of 2',
		);
	});

	it('uses the header for field names and skips blank lines', () => {
		expect(objectsOf('id,__proto__\r\n\r\n007,x\r\n')).toEqual([
			JSON.parse('{"id":"007","__proto__":"x"}'),
		]);
		expect(objectsOf('id\r\n\r\n007\r\n')).toEqual([{ id: '' }, { id: '007' }]);
	});
});
