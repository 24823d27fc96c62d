import { digest } from '../digest';
import type { Row } from '../row';

/** What is known of the records of a feed, which is a list of the tenant that only grows. */
export interface FeedRules {
	/** How late, in ms after its own time, a record may appear in the list. */
	overlapMs: number;
	/** The time of a record, in ms; a record without one is skipped. */
	timeOf: (row: Row) => number | undefined;
	/** A record's key: unique in the feed and never changing. It ends the event id. */
	keyOf: (row: Row) => string;
	/** The filters. */
	matches: (row: Row) => boolean;
}

/** How far a feed has been read. */
export interface FeedState {
	/** Time in ms of the newest record; null while the feed is empty. */
	cursor: number | null;
	/** Hashed keys of the records within the overlap before the cursor: base64 of 8 bytes each. */
	seen: string;
}

const keyBytes = 8;

/** Records dated further in the future than this (ms) do not move the cursor. */
const skewMs = 60_000;

const hashOf = (rules: FeedRules, row: Row): string => digest(rules.keyOf(row), keyBytes);

const unpack = (seen: string): Set<string> =>
	new Set(Buffer.from(seen, 'base64').toString('hex').match(/.{16}/g) ?? []);

const pack = (seen: Iterable<string>): string =>
	Buffer.from([...seen].join(''), 'hex').toString('base64');

/** The time in ms from which the next poll reads the feed; undefined for all of it. */
export const readFrom = ({ cursor }: FeedState, { overlapMs }: FeedRules): number | undefined =>
	cursor === null ? undefined : cursor - overlapMs;

/** Makes a predicate for records that are new to a feed's state and pass the filters. */
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

/** The newest time that is not in the future; -Infinity if there is none. */
const newest = (times: ReadonlyArray<number | undefined>, now: number): number =>
	times.reduce<number>(
		(last, time = -Infinity) => (time > now + skewMs ? last : Math.max(last, time)),
		-Infinity,
	);

const stateOf = (cursor: number, seen: Iterable<string>): FeedState => ({
	cursor: cursor === -Infinity ? null : cursor,
	seen: pack(new Set(seen)),
});

/** The time in ms from which {@link baselineState} needs the records; undefined when there are none. */
export function baselineStart(
	rows: readonly Row[],
	{ timeOf, overlapMs }: FeedRules,
	now: number,
): number | undefined {
	const cursor = newest(rows.map(timeOf), now);
	return cursor === -Infinity ? undefined : cursor - overlapMs;
}

/**
 * The state of a feed at activation: all existing records count as read.
 *
 * @param rows at least the records since {@link baselineStart}
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
	/** In any order; duplicates are dropped. */
	rows: readonly Row[];
	/** True when everything since {@link readFrom} was read, false when the newest records were left for the next poll. */
	isComplete: boolean;
	/** The server's time, in ms. */
	now: number;
	/** How many new records are taken now, the oldest first; the next poll finds the others again. */
	limit: number;
}

/**
 * Advances a feed's state over what was read.
 *
 * @returns the new state, and the new records that pass the filters, the oldest first
 */
export function advanceFeed(
	state: FeedState,
	rules: FeedRules,
	{ rows, isComplete, now, limit }: FeedReading,
): { state: FeedState; records: Row[] } {
	const seen = unpack(state.seen);
	const from = readFrom(state, rules) ?? -Infinity;
	const records: Row[] = [];
	const passed: Dated[] = [];
	const known: Dated[] = [];
	for (const record of dated(rows, rules)) {
		const { row, hash, time } = record;
		if (time < from) continue;
		if (seen.has(hash)) {
			known.push(record);
			continue;
		}
		if (records.length >= limit) continue;
		seen.add(hash);
		passed.push(record);
		if (rules.matches(row)) records.push(row);
	}
	const reached = newest(
		passed.map(({ time }) => time),
		now,
	);
	const cursor = Math.max(state.cursor ?? -Infinity, reached);
	const recent = [...known, ...passed].filter(({ time }) => time >= cursor - rules.overlapMs);
	const kept = isComplete ? recent.map(({ hash }) => hash) : seen;
	return { state: stateOf(cursor, kept), records };
}
