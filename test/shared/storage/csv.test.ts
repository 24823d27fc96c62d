import fc from 'fast-check';

import { expectLinear } from '../../timing';
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

	it('keeps the values of columns with one name, and of those without a name', () => {
		expect(objectsOf('id,name,name,,name_2, \r\n1,2,3,4,5,6\r\n')).toEqual([
			{ id: '1', name: '2', name_3: '3', column_4: '4', name_2: '5', column_6: '6' },
		]);
		const name = fc.constantFrom('', ' ', 'a', 'a_2', 'a_3', 'column_1', 'column_2', '__proto__');
		fc.assert(
			fc.property(fc.array(name, { minLength: 2, maxLength: 8 }), (header) => {
				const values = header.map((_name, column) => String(column));
				const [object] = new CsvObjects().take([header, values]);
				expect(Object.values(object!).sort()).toEqual([...values].sort());
			}),
		);
	});

	it('takes time in proportion to the text', () => {
		const read = (text: string) => {
			const reader = new CsvReader();
			try {
				new CsvObjects().take([...reader.push(text), ...reader.end()]);
			} catch (error) {
				expect(error).toBeInstanceOf(CsvError);
			}
		};
		for (const unit of ['a', ',', '"', '""', '\r\n', '\r', 'a,', 'a\n', '"a"', ' ']) {
			expect(() => expectLinear(read, (length) => unit.repeat(length / unit.length))).not.toThrow();
		}
	});
});
