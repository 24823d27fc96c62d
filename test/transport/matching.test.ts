import type { IDataObject } from 'n8n-workflow';

import {
	currentRecord,
	describeDevices,
	deviceMatchers,
	isCalled,
	nameKey,
	searchableText,
	serialKey,
} from '../../nodes/Kandji/transport/routing/matching';

describe('serial numbers', () => {
	it('are compared without outer blanks and without ASCII case', () => {
		expect(serialKey(' c02xk1\u00a0')).toBe('C02XK1');
		expect(isCalled(deviceMatchers.serial, { serial_number: ' c02XK1' }, 'C02xk1 ')).toBe(true);
	});

	it('differ in every other character, whatever Unicode makes of its case', () => {
		const every = Array.from({ length: 0x2c00 - 0x80 }, (_, index) =>
			String.fromCharCode(index + 0x80),
		);
		const passing = every.filter(
			(letter) =>
				letter.trim() !== '' &&
				[...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'].some((ascii) =>
					isCalled(deviceMatchers.serial, { serial_number: `F${ascii}7` }, `F${letter}7`),
				),
		);
		expect(passing).toEqual([]);
		expect(isCalled(deviceMatchers.serial, { serial_number: 'FSS7' }, 'Fß7')).toBe(false);
	});

	it.each([undefined, null, '', '  ', {}, false])(
		'a record without one (%p) matches no text',
		(serial) => {
			for (const text of ['', ' ', 'undefined', 'null', 'false', '[object Object]']) {
				expect(
					isCalled(deviceMatchers.serial, { serial_number: serial } as IDataObject, text),
				).toBe(false);
			}
		},
	);
});

describe('names', () => {
	it.each([
		['José', 'Jose\u0301'],
		[' ANA ', 'ana'],
		['Ǆ', 'ǆ'],
		['ÅSA', 'a\u030asa'],
		['\u1e9b\u0323', '\u1e9b\u0323'],
	])('%j and %j are one', (one, other) => {
		expect(nameKey(one)).toBe(nameKey(other));
	});

	it.each([
		['ana', 'anna'],
		['ana', 'ana s'],
		['ana.b', 'anaxb'],
	])('%j and %j are two', (one, other) => {
		expect(nameKey(one)).not.toBe(nameKey(other));
	});

	it('are asked for by a part that every stored form contains', () => {
		const names = ['José Marín', 'Zoë’s Mac', 'Åsa', 'é', '山田のMac', 'Kiosk 1', 'Ana\u0301'];
		for (const name of names) {
			for (const stored of [name.normalize('NFC'), name.normalize('NFD')]) {
				expect(stored).toContain(searchableText(name));
			}
		}
		expect(searchableText(' Kiosk 1 ')).toBe('Kiosk 1');
		expect(searchableText('é')).toBe('');
	});
});

describe('the record that is meant', () => {
	const row = (id: string, more: IDataObject = {}): IDataObject => ({ device_id: id, ...more });
	const removed = row('removed', { is_removed: true });
	const missing = row('missing', { is_missing: true });

	it.each<[string, IDataObject[], string | undefined]>([
		['none', [], undefined],
		['the only one', [row('a')], 'a'],
		['the only one, though it is removed', [removed], 'removed'],
		['the only one, though it is missing', [missing], 'missing'],
		['the only one that is present', [removed, row('a'), missing], 'a'],
		['none of two that are present', [row('a'), removed, row('b')], undefined],
		['none of two that are not', [removed, missing], undefined],
	])('is %s', (_title, records, expected) => {
		expect(currentRecord(records)?.device_id).toBe(expected);
	});

	it('is listed with id, name, serial number and last check-in', () => {
		const text = describeDevices([
			{
				...removed,
				device_name: 'Old',
				serial_number: 'C02',
				last_check_in: '2026-01-02T03:04:05Z',
			},
			row('b'),
			...Array.from({ length: 12 }, (_, index) => row(String(index))),
		]);
		expect(text).toContain(
			'removed ("Old", serial number C02, last check-in 2026-01-02T03:04:05Z, removed)',
		);
		expect(text).toContain('b ("", serial number missing, last check-in never)');
		expect(text).toMatch(/; and 4 more$/);
	});
});
