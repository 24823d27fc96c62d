import fc from 'fast-check';

import { timeOf } from '../../nodes/Kandji/shared/time';
import {
	advanceFeed,
	baselineState,
	baselineStart,
	type FeedRules,
	type FeedState,
} from '../../nodes/Kandji/trigger/feeds/feed';
import type { Row } from '../../nodes/Kandji/trigger/row';
import { offset, spaced, spacedZoneless, zoneless, zulu } from '../../simulator/tenant/state/dates';

const START = Date.UTC(2026, 0, 15);
const MINUTE = 60_000;
const forms = [zulu, offset, spaced, zoneless, spacedZoneless];

const rules: FeedRules = {
	overlapMs: 10 * MINUTE,
	timeOf: (row) => timeOf(row.occurred_at),
	keyOf: ({ id }) => (id === undefined ? undefined : String(id)),
	matches: (row) => row.action !== 'view',
};

interface Entry {
	id: string;
	/** Undefined for a record without a date. */
	time: number | undefined;
	action: string;
	form: number;
}

const rowOf = ({ id, time, action, form }: Entry) => ({
	id,
	action,
	occurred_at: time === undefined ? '' : forms[form]!(time),
});

/** The server's response to a request for the records since a time. */
const read = (entries: Entry[], since: number | null) =>
	entries.filter(({ time }) => since === null || time === undefined || time >= since).map(rowOf);

const arrival = fc.record({
	/** How many minutes before now it happened: within the overlap. */
	age: fc.integer({ min: 0, max: 9 }),
	isDated: fc.constantFrom(true, true, true, false),
	action: fc.constantFrom('create', 'delete', 'view'),
	form: fc.integer({ min: 0, max: 4 }),
});

type Arrival = typeof arrival extends fc.Arbitrary<infer T> ? T : never;

const round = fc.record({
	minutes: fc.integer({ min: 0, max: 5 }),
	arrivals: fc.array(arrival, { maxLength: 6 }),
	limit: fc.integer({ min: 1, max: 8 }),
	fails: fc.boolean(),
});

/** The records that a state knows: as many as it has bytes for. */
const knownRecords = ({ seen }: FeedState) => Buffer.from(seen, 'base64').length / 12;

const stored = (state: FeedState) => JSON.parse(JSON.stringify(state)) as FeedState;

describe('a feed', () => {
	it('emits every record once, late ones and equal times included, whatever the limit', () => {
		fc.assert(
			fc.property(
				fc.array(arrival),
				fc.array(round, { maxLength: 25 }),
				// How many minutes the server's clock is behind its records.
				fc.integer({ min: 0, max: 9 }),
				(old, rounds, behind) => {
					let now = START;
					let count = 0;
					const entries: Entry[] = [];
					const add = ({ age, action, form, isDated }: Arrival) =>
						entries.push({
							id: String(count++),
							time: isDated ? now + (behind - age) * MINUTE : undefined,
							action,
							form,
						});
					old.forEach(add);
					const from = baselineStart(read(entries, null), rules, now);
					let state: FeedState = baselineState(read(entries, from ?? null), rules, now);
					const emitted: string[] = [];
					const poll = (limit: number, isKept: boolean) => {
						const rows = read(entries, state.from);
						const step = advanceFeed(state, rules, { rows, now, limit });
						expect(step.records.length).toBeLessThanOrEqual(limit);
						if (!isKept) return step.records.length;
						state = stored(step.state);
						emitted.push(...step.records.map(({ id }) => String(id)));
						return step.records.length;
					};
					for (const { minutes, arrivals, limit, fails } of rounds) {
						now += minutes * MINUTE;
						arrivals.forEach(add);
						// A backlog is worked off by later polls.
						poll(limit, !fails);
					}
					while (poll(8, true) > 0);
					const expected = entries.slice(old.length).filter(({ action }) => action !== 'view');
					expect(emitted.sort()).toEqual(expected.map(({ id }) => id).sort());
				},
			),
			{ numRuns: 500 },
		);
	});

	it.each([0, 5, 45])(
		'keeps no more records than the overlap holds, when the clock of the server is %d minutes behind',
		(behind) => {
			let state = baselineState([], rules, START);
			const rows: Row[] = [];
			for (let minute = 0; minute < 120; minute++) {
				const now = START + minute * MINUTE;
				for (const index of [0, 1, 2]) {
					rows.push({
						id: `${minute}-${index}`,
						occurred_at: zulu(now + behind * MINUTE),
						action: 'create',
					});
				}
				const step = advanceFeed(state, rules, { rows, now, limit: 100 });
				expect(step.records).toHaveLength(3);
				state = stored(step.state);
			}
			expect(knownRecords(state)).toBeLessThanOrEqual((12 + behind) * 3);
		},
	);

	it('keeps at most 50,000 records, and emits none twice when there are more', () => {
		const row = (index: number) => ({
			id: String(index),
			occurred_at: zulu(START + index),
			action: 'create',
		});
		const wide = { ...rules, overlapMs: 72 * 60 * MINUTE };
		const rows = Array.from({ length: 52_000 }, (_, index) => row(index));
		const now = START + 52_000;
		let state = baselineState([], wide, START);
		const emitted: unknown[] = [];
		for (let poll = 0; poll < 3; poll++) {
			const step = advanceFeed(state, wide, { rows, now, limit: 26_000 });
			state = stored(step.state);
			expect(knownRecords(state)).toBeLessThanOrEqual(76_000);
			for (const { id } of step.records) emitted.push(id);
		}
		expect(knownRecords(state)).toBeLessThanOrEqual(50_000);
		expect(emitted).toHaveLength(52_000);
		expect(new Set(emitted).size).toBe(52_000);
	});

	it('leaves records above the limit to the next poll, however old they are by then', () => {
		const row = (id: string, minutes: number) => ({
			id,
			occurred_at: zulu(START + minutes * MINUTE),
			action: 'create',
		});
		const known = baselineState([row('first', 0)], rules, START);
		const backlog = [row('a', -5), row('b', -4), row('c', -3)];
		const first = advanceFeed(known, rules, { rows: backlog, now: START, limit: 1 });
		expect(first.records.map(({ id }) => id)).toEqual(['a']);
		const rows = [...backlog, row('new', 60)];
		const later = { rows, now: START + 60 * MINUTE, limit: 2 };
		const second = advanceFeed(first.state, rules, later);
		expect(second.records.map(({ id }) => id)).toEqual(['b', 'c']);
		const third = advanceFeed(second.state, rules, later);
		expect(third.records.map(({ id }) => id)).toEqual(['new']);
	});

	it('does not run ahead with a record from the future', () => {
		const future = { id: 'f', occurred_at: zulu(START + 30 * MINUTE), action: 'create' };
		const state = { from: START - MINUTE, seen: '' };
		const first = advanceFeed(state, rules, { rows: [future], now: START, limit: 10 });
		expect(first.records).toEqual([future]);
		expect(first.state.from).toBe(START - MINUTE);
		const next = { id: 'n', occurred_at: zulu(START + MINUTE), action: 'create' };
		const now = START + MINUTE;
		const second = advanceFeed(first.state, rules, { rows: [future, next], now, limit: 10 });
		expect(second.records.map(({ id }) => id)).toEqual(['n']);
	});

	it('emits a record without a date once, as long as it is in the list and for the overlap after that', () => {
		const undated = { id: 'u', occurred_at: '', action: 'create' };
		let state = baselineState([], rules, START);
		const emitted: unknown[] = [];
		for (let minute = 0; minute < 60; minute++) {
			const now = START + minute * MINUTE;
			const other = { id: String(minute), occurred_at: zulu(now), action: 'view' };
			const rows = minute > 40 && minute < 48 ? [other] : [undated, other];
			const step = advanceFeed(state, rules, { rows, now, limit: 10 });
			state = stored(step.state);
			emitted.push(...step.records);
		}
		expect(emitted).toEqual([undated]);
	});

	it('skips a record without an ID, and without a date where it needs one', () => {
		const rows = [
			{ occurred_at: zulu(START), action: 'create' },
			{ id: 'u', occurred_at: null, action: 'create' },
			{ id: 'd', occurred_at: zulu(START), action: 'create' },
		];
		const strict = { ...rules, needsTime: true };
		const step = advanceFeed({ from: null, seen: '' }, strict, { rows, now: START, limit: 10 });
		expect(step.records.map(({ id }) => id)).toEqual(['d']);
		expect(knownRecords(step.state)).toBe(1);
	});

	it('continues when the clock of the server is set back', () => {
		const state = baselineState(
			[{ id: 'old', occurred_at: zulu(START), action: 'create' }],
			rules,
			START,
		);
		const row = { id: 'new', occurred_at: zulu(START + MINUTE), action: 'create' };
		const now = START - 180 * MINUTE;
		const first = advanceFeed(state, rules, { rows: [row], now, limit: 10 });
		expect(first.records).toEqual([row]);
		expect(advanceFeed(first.state, rules, { rows: [row], now, limit: 10 }).records).toEqual([]);
	});
});

describe('timeOf', () => {
	it('parses every form of a date that the API writes', () => {
		const time = START + 37_150;
		for (const form of forms) expect(timeOf(form(time))).toBe(time);
		expect(timeOf('2026-01-15T00:00:37+0000')).toBe(START + 37_000);
		expect(timeOf('2026-01-15T02:00:37.15+02:00')).toBe(time);
		expect(timeOf('2026-01-15')).toBe(START);
	});

	it.each(['', ' ', null, undefined, 0, 'never', '2026-13-45', '15/01/2026', {}])(
		'finds no date in %p',
		(value) => expect(timeOf(value)).toBeUndefined(),
	);
});
