import fc from 'fast-check';

import { timeOf } from '../../nodes/Kandji/shared/time';
import {
	advanceFeed,
	readFrom,
	baselineState,
	baselineStart,
	type FeedRules,
	type FeedState,
} from '../../nodes/Kandji/trigger/feeds/feed';
import { offset, spaced, spacedZoneless, zoneless, zulu } from '../../simulator/tenant/state/dates';

const START = Date.UTC(2026, 0, 15);
const MINUTE = 60_000;
const forms = [zulu, offset, spaced, zoneless, spacedZoneless];

const rules: FeedRules = {
	overlapMs: 10 * MINUTE,
	timeOf: (row) => timeOf(row.occurred_at),
	keyOf: (row) => String(row.id),
	matches: (row) => row.action !== 'view',
};

interface Entry {
	id: string;
	time: number;
	action: string;
	form: number;
}

const rowOf = ({ id, time, action, form }: Entry) => ({
	id,
	action,
	occurred_at: forms[form]!(time),
});

/** The server's response to a request for the records since a time. */
const read = (entries: Entry[], since: number | undefined) =>
	entries.filter(({ time }) => since === undefined || time >= since).map(rowOf);

const arrival = fc.record({
	/** How long before now it happened: within the overlap. */
	age: fc.integer({ min: 0, max: 4 }).map((minutes) => minutes * MINUTE),
	action: fc.constantFrom('create', 'delete', 'view'),
	form: fc.integer({ min: 0, max: 4 }),
});

const round = fc.record({
	minutes: fc.integer({ min: 0, max: 5 }),
	arrivals: fc.array(arrival, { maxLength: 6 }),
	limit: fc.integer({ min: 1, max: 8 }),
	fails: fc.boolean(),
});

describe('a feed', () => {
	it('emits every record once, late ones and equal times included, whatever the limit', () => {
		fc.assert(
			fc.property(fc.array(arrival), fc.array(round, { maxLength: 25 }), (old, rounds) => {
				let now = START;
				let count = 0;
				const entries: Entry[] = [];
				const add = ({ age, action, form }: { age: number; action: string; form: number }) =>
					entries.push({ id: String(count++), time: now - age, action, form });
				old.forEach(add);
				const from = baselineStart(read(entries, undefined), rules, now);
				let state: FeedState = baselineState(read(entries, from), rules, now);
				const emitted: string[] = [];
				const poll = (limit: number, isKept: boolean) => {
					const rows = read(entries, readFrom(state, rules));
					const step = advanceFeed(state, rules, { rows, isComplete: true, now, limit });
					expect(step.records.length).toBeLessThanOrEqual(limit);
					if (!isKept) return step.records.length;
					state = JSON.parse(JSON.stringify(step.state)) as FeedState;
					emitted.push(...step.records.map(({ id }) => String(id)));
					return step.records.length;
				};
				for (const { minutes, arrivals, limit, fails } of rounds) {
					now += minutes * MINUTE;
					arrivals.forEach(add);
					poll(limit, !fails);
					// A backlog must not outlast the overlap.
					while (!fails && poll(limit, true) > 0);
				}
				while (poll(8, true) > 0);
				const expected = entries.slice(old.length).filter(({ action }) => action !== 'view');
				expect(emitted.sort()).toEqual(expected.map(({ id }) => id).sort());
			}),
			{ numRuns: 300 },
		);
	});

	it('keeps no more keys than the overlap holds', () => {
		let state = baselineState([], rules, START);
		for (let minute = 0; minute < 100; minute++) {
			const now = START + minute * MINUTE;
			const rows = [0, 1, 2].map((index) => ({
				id: `${minute}-${index}`,
				occurred_at: zulu(now),
				action: 'create',
			}));
			const step = advanceFeed(state, rules, { rows, isComplete: true, now, limit: 100 });
			expect(step.records).toHaveLength(3);
			state = step.state;
		}
		expect(Buffer.from(state.seen, 'base64').length).toBeLessThanOrEqual(11 * 3 * 8);
	});

	it('keeps all keys while newer records are left unread', () => {
		const row = (id: string, minutes: number) => ({
			id,
			occurred_at: zulu(START + minutes * MINUTE),
			action: 'create',
		});
		const [newest, late, last] = [row('newest', 0), row('late', -5), row('last', 1)];
		const now = START + MINUTE;
		const known = baselineState([newest], rules, now);
		const step = { isComplete: false, now, limit: 1 };
		// The limit is reached before the page of the newest record, which is known.
		const first = advanceFeed(known, rules, { ...step, rows: [late] });
		expect(first.records).toEqual([late]);
		const rows = [late, newest, last];
		const second = advanceFeed(first.state, rules, { ...step, rows, isComplete: true });
		expect(second.records).toEqual([last]);
	});

	it('does not run ahead with a record from the future', () => {
		const future = { id: 'f', occurred_at: zulu(START + 30 * MINUTE), action: 'create' };
		const first = advanceFeed({ cursor: START - MINUTE, seen: '' }, rules, {
			rows: [future],
			isComplete: true,
			now: START,
			limit: 10,
		});
		expect(first.records).toHaveLength(1);
		expect(first.state.cursor).toBe(START - MINUTE);
		const next = { id: 'n', occurred_at: zulu(START + MINUTE), action: 'create' };
		const second = advanceFeed(first.state, rules, {
			rows: [future, next],
			isComplete: true,
			now: START + MINUTE,
			limit: 10,
		});
		expect(second.records.map(({ id }) => id)).toEqual(['n']);
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
