import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';

import { packFleet } from '../../nodes/Kandji/trigger/devices/pack';
import type { Fleet } from '../../nodes/Kandji/trigger/devices/record';
import { findState, isFor, storedState, type StoredState } from '../../nodes/Kandji/trigger/state';

const id = 'a'.repeat(32);

const fleet: Fleet = new Map([
	[id, { id, flags: 5, values: { serial_number: 'C02XL0GTJGH5', os_version: '15.6' } }],
]);

let state: StoredState;
let text: string;

beforeAll(async () => {
	state = storedState({
		fingerprint: '0123456789abcdef',
		existingOf: 'acme',
		pollId: 1_768_435_200_000,
		devices: await packFleet(fleet, ['serial_number', 'os_version']),
		feeds: {
			auditEvent: { from: 5, seen: 'AAAAAAAAAAAAAAAA' },
			threatDetected: { from: null, seen: '' },
		},
	});
	text = JSON.stringify(state);
});

const find = async (stored: unknown, tenant = 'acme') =>
	await findState(stored, '0123456789abcdef', tenant);

describe('a stored state', () => {
	it('is found as it was stored', async () => {
		const { existingOf, fingerprint, pollId, feeds } = state;
		const stored: unknown = JSON.parse(text);
		expect(await find(stored)).toEqual({
			known: { existingOf, fingerprint, pollId, feeds, fleet },
			areExistingEmitted: true,
			isUnusable: false,
		});
		expect(isFor(stored, state.fingerprint)).toBe(true);
	});

	it('is found when a database has put its fields into another order', async () => {
		const reversed = (value: unknown): unknown =>
			typeof value === 'object' && value !== null && !Array.isArray(value)
				? Object.fromEntries(
						Object.entries(value)
							.reverse()
							.map(([name, field]) => [name, reversed(field)]),
					)
				: value;
		expect((await find(reversed(state))).known?.fleet).toEqual(fleet);
	});

	it('is none at activation, and none for other parameters', async () => {
		expect(await find(undefined)).toEqual({ areExistingEmitted: false, isUnusable: false });
		expect(await findState(state, 'other', 'acme')).toEqual({
			areExistingEmitted: true,
			isUnusable: false,
		});
		expect((await findState(state, 'other', 'globex')).areExistingEmitted).toBe(false);
	});

	it.each<[name: string, damage: (state: Required<StoredState>) => unknown]>([
		['from a later release', (state) => ({ ...state, version: 99 })],
		['from an older release', () => ({ version: 1, fingerprint: 'a', pollId: 1, feeds: {} })],
		['a text', () => 'state'],
		['a number', () => 0],
		['null', () => null],
		['a list', (state) => [state]],
		['empty', () => ({})],
		['without a checksum', (state) => ({ ...state, checksum: undefined })],
		['without devices', (state) => ({ ...state, devices: undefined })],
		['with devices of another form', (state) => ({ ...state, devices: 5 })],
		[
			'cut off',
			(state) => ({
				...state,
				devices: { ...state.devices, data: state.devices.data.slice(0, -8) },
			}),
		],
		[
			'with an unknown column',
			(state) => ({ ...state, devices: { ...state.devices, columns: ['x'] } }),
		],
		['with a poll that is no number', (state) => ({ ...state, pollId: 'x' })],
		['without feeds', (state) => ({ ...state, feeds: null })],
		['with a list of feeds', (state) => ({ ...state, feeds: [1] })],
		[
			'with a feed of another form',
			(state) => ({ ...state, feeds: { ...state.feeds, auditEvent: 'x' } }),
		],
		[
			'with an edited time',
			(state) => ({ ...state, feeds: { ...state.feeds, auditEvent: { from: 'x', seen: '' } } }),
		],
	])('is not used when it is %s', async (_, damage) => {
		const stored = damage(state as Required<StoredState>);
		expect(await find(stored)).toEqual({ areExistingEmitted: true, isUnusable: true });
		expect(isFor(stored, state.fingerprint)).toBe(false);
	});

	it('is not used when any character of it was changed', async () => {
		const other = fc.record({
			at: fc.nat(text.length - 1),
			character: fc.constantFrom(...'Aa09"{}[],:x '),
		});
		await fc.assert(
			fc.asyncProperty(other, async ({ at, character }) => {
				let changed: unknown;
				try {
					changed = JSON.parse(text.slice(0, at) + character + text.slice(at + 1));
				} catch {
					return;
				}
				const isSame = isDeepStrictEqual(changed, JSON.parse(text));
				expect((await find(changed)).isUnusable).toBe(!isSame);
			}),
			{ numRuns: 2000 },
		);
	});
});
