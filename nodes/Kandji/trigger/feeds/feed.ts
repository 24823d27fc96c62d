import { digest } from '../digest';
import type { FeedEvent, Row, TriggerEvent } from '../events';

/** A list of the tenant that grows, and how its records are told apart. */
export interface FeedRules {
	event: FeedEvent | 'deviceCheckedIn';
	/** How long after its own time a record may still appear, in ms. */
	overlapMs: number;
	/** When a record happened, in ms; one without a time is left out. */
	timeOf: (row: Row) => number | undefined;
	/** What tells a record from all others, for good. */
	keyOf: (row: Row) => string;
	/** The filters. */
	matches: (row: Row) => boolean;
}

/** How far a feed was read. */
export interface FeedState {
	/** Time in ms of the newest record; null while the feed is empty. */
	cursor: number | null;
	/** The keys of the records within the overlap before the cursor, hashed: base64 of 8 bytes each. */
	seen: string;
}

const keyBytes = 8;

/** A record's time may be ahead of the server's by so many ms before it does not move the cursor. */
const skewMs = 60_000;

const hashOf = (rules: FeedRules, row: Row): string => digest(rules.keyOf(row), keyBytes);

const unpack = (seen: string): Set<string> =>
	new Set(Buffer.from(seen, 'base64').toString('hex').match(/.{16}/g) ?? []);

const pack = (seen: Iterable<string>): string =>
	Buffer.from([...seen].join(''), 'hex').toString('base64');

/** The time in ms from which on the feed must be read again; undefined for all of it. */
export const readFrom = ({ cursor }: FeedState, { overlapMs }: FeedRules): number | undefined =>
	cursor === null ? undefined : cursor - overlapMs;

/** Tells whether a record is new to a feed's state and passes the filters. */
export function isNewRecord(state: FeedState, rules: FeedRules): (row: Row) => boolean {
	const seen = unpack(state.seen);
	const from = readFrom(state, rules) ?? -Infinity;
	return (row) =>
		(rules.timeOf(row) ?? -Infinity) >= from && rules.matches(row) && !seen.has(hashOf(rules, row));
}

interface Dated {
	row: Row;
	time: number;
	hash: string;
}

function dated(rows: readonly Row[], rules: FeedRules): Dated[] {
	const all: Dated[] = [];
	for (const row of rows) {
		const time = rules.timeOf(row);
		if (time !== undefined) all.push({ row, time, hash: hashOf(rules, row) });
	}
	return all.sort((a, b) => a.time - b.time || (a.hash < b.hash ? -1 : 1));
}

/** The newest time that is not ahead of the server's; -Infinity without any. */
const newest = (times: ReadonlyArray<number | undefined>, now: number): number =>
	times.reduce<number>(
		(last, time = -Infinity) => (time > now + skewMs ? last : Math.max(last, time)),
		-Infinity,
	);

const stateOf = (cursor: number, seen: Iterable<string>): FeedState => ({
	cursor: cursor === -Infinity ? null : cursor,
	seen: pack(new Set(seen)),
});

/** The time in ms of the oldest records that {@link baselineState} needs; undefined without any record. */
export function baselineStart(
	rows: readonly Row[],
	{ timeOf, overlapMs }: FeedRules,
	now: number,
): number | undefined {
	const cursor = newest(rows.map(timeOf), now);
	return cursor === -Infinity ? undefined : cursor - overlapMs;
}

/**
 * Where a feed begins: after the records that are there.
 *
 * @param rows at least those since {@link baselineStart}
 * @param now the server's time, in ms
 */
export function baselineState(rows: readonly Row[], rules: FeedRules, now: number): FeedState {
	const known = dated(rows, rules);
	const cursor = newest(
		known.map(({ time }) => time),
		now,
	);
	const recent = known.filter(({ time }) => time >= cursor - rules.overlapMs);
	return stateOf(
		cursor,
		recent.map(({ hash }) => hash),
	);
}

/** What was read of a feed by one poll. */
export interface FeedReading {
	/** In any order; twice the same does no harm. */
	rows: readonly Row[];
	/** True when everything since {@link readFrom} was read, false when the newest were left for later. */
	isComplete: boolean;
	/** The server's time, in ms. */
	now: number;
	/** Most events that are emitted now, the oldest first; the rest is found again by the next poll. */
	limit: number;
}

/** Moves a feed's state on over what was read, and tells what is new. */
export function advanceFeed(
	state: FeedState,
	rules: FeedRules,
	{ rows, isComplete, now, limit }: FeedReading,
): { state: FeedState; events: TriggerEvent[] } {
	const seen = unpack(state.seen);
	const from = readFrom(state, rules) ?? -Infinity;
	const events: TriggerEvent[] = [];
	const passed: Dated[] = [];
	const known: Dated[] = [];
	for (const record of dated(rows, rules)) {
		const { row, hash, time } = record;
		if (time < from) continue;
		if (seen.has(hash)) {
			known.push(record);
			continue;
		}
		if (events.length >= limit) continue;
		seen.add(hash);
		passed.push(record);
		if (!rules.matches(row)) continue;
		events.push({
			event: rules.event,
			event_id: `${rules.event}:${rules.keyOf(row)}`,
			record: row,
		});
	}
	const reached = newest(
		passed.map(({ time }) => time),
		now,
	);
	const cursor = Math.max(state.cursor ?? -Infinity, reached);
	const recent = [...known, ...passed].filter(({ time }) => time >= cursor - rules.overlapMs);
	const kept = isComplete ? recent.map(({ hash }) => hash) : seen;
	return { state: stateOf(cursor, kept), events };
}
