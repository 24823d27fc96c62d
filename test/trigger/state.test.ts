import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';

import { packFleet } from '../../nodes/Kandji/trigger/devices/pack';
import type { Fleet } from '../../nodes/Kandji/trigger/devices/record';
import { findState, isFor, storedState, type StoredState } from '../../nodes/Kandji/trigger/state';

const id = 'a'.repeat(32);

const fleet: Fleet = new Map([
	[id, { id, flags: 5, values: { serial_number: 'C02XL0GTJGH5', os_version: 77 } }],
]);

const state = storedState({
	fingerprint: '0123456789abcdef',
	existingOf: 'acme',
	pollId: 1_768_435_200_000,
	devices: packFleet(fleet, ['serial_number', 'os_version']),
	feeds: {
		auditEvent: { from: 5, seen: 'AAAAAAAAAAAAAAAA' },
		threatDetected: { from: null, seen: '' },
	},
});

const text = JSON.stringify(state);

const find = (stored: unknown, tenant = 'acme') => findState(stored, '0123456789abcdef', tenant);

describe('a stored state', () => {
	it('is found as it was stored', () => {
		const { existingOf, fingerprint, pollId, feeds } = state;
		const stored: unknown = JSON.parse(text);
		expect(find(stored)).toEqual({
			known: { existingOf, fingerprint, pollId, feeds, fleet },
			areExistingEmitted: true,
			isUnusable: false,
		});
		expect(isFor(stored, state.fingerprint)).toBe(true);
	});

	it('is found when a database has put its fields into another order', () => {
		const reversed = (value: unknown): unknown =>
			typeof value === 'object' && value !== null && !Array.isArray(value)
				? Object.fromEntries(
						Object.entries(value)
							.reverse()
							.map(([name, field]) => [name, reversed(field)]),
					)
				: value;
		expect(find(reversed(state)).known?.fleet).toEqual(fleet);
	});

	it('is none at activation, and none for other parameters', () => {
		expect(find(undefined)).toEqual({ areExistingEmitted: false, isUnusable: false });
		expect(findState(state, 'other', 'acme')).toEqual({
			areExistingEmitted: true,
			isUnusable: false,
		});
		expect(findState(state, 'other', 'globex').areExistingEmitted).toBe(false);
	});

	const { devices, feeds } = state as Required<StoredState>;
	it.each<[name: string, stored: unknown]>([
		['from a later release', { ...state, version: 99 }],
		['from an older release', { version: 1, fingerprint: 'a', pollId: 1, feeds: {} }],
		['a text', 'state'],
		['a number', 0],
		['null', null],
		['a list', [state]],
		['empty', {}],
		['without a checksum', { ...state, checksum: undefined }],
		['without devices', { ...state, devices: undefined }],
		['with devices of another form', { ...state, devices: 5 }],
		['cut off', { ...state, devices: { ...devices, data: devices.data.slice(0, -8) } }],
		['with an unknown column', { ...state, devices: { ...devices, columns: ['x'] } }],
		['with a poll that is no number', { ...state, pollId: 'x' }],
		['without feeds', { ...state, feeds: null }],
		['with a list of feeds', { ...state, feeds: [1] }],
		['with a feed of another form', { ...state, feeds: { ...feeds, auditEvent: 'x' } }],
		['with an edited time', { ...state, feeds: { ...feeds, auditEvent: { from: 'x', seen: '' } } }],
	])('is not used when it is %s', (_, stored) => {
		expect(find(stored)).toEqual({ areExistingEmitted: true, isUnusable: true });
		expect(isFor(stored, state.fingerprint)).toBe(false);
	});

	it('is not used when any character of it was changed', () => {
		const other = fc.record({
			at: fc.nat(text.length - 1),
			character: fc.constantFrom(...'Aa09"{}[],:x '),
		});
		fc.assert(
			fc.property(other, ({ at, character }) => {
				let changed: unknown;
				try {
					changed = JSON.parse(text.slice(0, at) + character + text.slice(at + 1));
				} catch {
					return;
				}
				const isSame = isDeepStrictEqual(changed, JSON.parse(text));
				expect(find(changed).isUnusable).toBe(!isSame);
			}),
			{ numRuns: 2000 },
		);
	});
});
