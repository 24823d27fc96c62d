import { digest } from '../digest';
import type { Row } from '../row';

/** What is known of the records of a feed, which is a list of the tenant that only grows. */
export interface FeedRules {
	/** How late, in ms after its own time, a record may appear in the list. */
	overlapMs: number;
	/** The time of a record, in ms; undefined for a record without a date. */
	timeOf: (row: Row) => number | undefined;
	/** Skips a record without a date, such as a device that never checked in; otherwise its key alone tells whether it is new. */
	needsTime?: boolean;
	/** A record's key: unique in the feed and never changing. It ends the event id. Undefined for a record without an ID. */
	keyOf: (row: Row) => string | undefined;
	/** The filters. */
	matches: (row: Row) => boolean;
}

/** How far a feed has been read. */
export interface FeedState {
	/** Time in ms from which the next poll reads the feed; null while the feed has no record with a date. */
	from: number | null;
	/** The records since then that are known: base64 of 8 bytes for the hashed key and 4 for the time in seconds, of each. */
	seen: string;
}

/** Bytes of a hashed key, and of the time behind it. */
const keyBytes = 8;
const timeBytes = 4;

const secondMs = 1000;
const lastSecond = 2 ** 32 - 1;

/** Most records that a state holds, about 0.8 MB; with more in the overlap, only the newest of them are read again. */
const maxSeen = 50_000;

/** Records dated further in the future than this (ms) do not move the time from which the feed is read. */
const skewMs = 60_000;

/** The times in seconds of the known records, by their hashed keys. */
type Seen = Map<string, number>;

function unpack(packed: string): Seen {
	const buffer = Buffer.from(packed, 'base64');
	const seen: Seen = new Map();
	for (let at = 0; at < buffer.length; at += keyBytes + timeBytes) {
		const hash = buffer.toString('hex', at, at + keyBytes);
		seen.set(hash, buffer.readUInt32BE(at + keyBytes));
	}
	return seen;
}

function pack(seen: Seen): string {
	const buffer = Buffer.alloc(seen.size * (keyBytes + timeBytes));
	let at = 0;
	for (const [hash, seconds] of seen) {
		at += buffer.write(hash, at, 'hex');
		at = buffer.writeUInt32BE(seconds, at);
	}
	return buffer.toString('base64');
}

const secondsOf = (time: number): number =>
	Math.min(lastSecond, Math.max(0, Math.floor(time / secondMs)));

/** A record of the feed with an ID. */
interface NamedRecord {
	row: Row;
	hash: string;
	/** Its time in ms; for a record without a date and for one dated in the future, the time of the poll that reads it. */
	time: number;
	/** Whether it shows how far the feed has come. */
	isDated: boolean;
}

/** The records with an ID, the oldest first. `undated` is the time of those that show none. */
function recordsOf(
	rows: readonly Row[],
	rules: FeedRules,
	{ now, undated }: { now: number; undated: number },
): NamedRecord[] {
	const records: NamedRecord[] = [];
	for (const row of rows) {
		const key = rules.keyOf(row);
		const date = rules.timeOf(row);
		if (key === undefined || (date === undefined && rules.needsTime)) continue;
		const isDated = date !== undefined && date <= now + skewMs;
		const time = isDated ? date : undated;
		records.push({ row, hash: digest(key, keyBytes), time, isDated });
	}
	return records.sort((a, b) => a.time - b.time || (a.hash < b.hash ? -1 : 1));
}

const startOf = ({ from }: FeedState): number => from ?? -Infinity;

/** Makes a predicate for records that are new to a feed's state and pass the filters. */
export function isNewRecord(state: FeedState, rules: FeedRules): (row: Row) => boolean {
	const seen = unpack(state.seen);
	const { keyOf, timeOf, needsTime, matches } = rules;
	return (row) => {
		const key = keyOf(row);
		if (key === undefined || seen.has(digest(key, keyBytes))) return false;
		return (timeOf(row) ?? (needsTime ? -Infinity : Infinity)) >= startOf(state) && matches(row);
	};
}

/** The time in ms since which the known records are kept, so that they fit into a state. */
function sinceNewest(seen: Seen): number {
	if (seen.size <= maxSeen) return -Infinity;
	const times = Float64Array.from(seen.values()).sort();
	return (times[times.length - maxSeen - 1]! + 1) * secondMs;
}

function stateOf(from: number, seen: Seen): FeedState {
	for (const [hash, seconds] of seen) {
		if ((seconds + 1) * secondMs <= from) seen.delete(hash);
	}
	return { from: from === -Infinity ? null : from, seen: pack(seen) };
}

/** The time in ms from which {@link baselineState} needs the records; undefined when there are none. */
export function baselineStart(
	rows: readonly Row[],
	{ timeOf, overlapMs }: FeedRules,
	now: number,
): number | undefined {
	let newest = -Infinity;
	for (const row of rows) {
		const time = timeOf(row) ?? -Infinity;
		if (time <= now + skewMs) newest = Math.max(newest, time);
	}
	return newest === -Infinity ? undefined : newest - overlapMs;
}

/**
 * The state of a feed at activation: all existing records count as read.
 *
 * @param rows at least the records since {@link baselineStart}
 * @param now the server's time, in ms
 */
export function baselineState(rows: readonly Row[], rules: FeedRules, now: number): FeedState {
	const empty: FeedState = { from: null, seen: '' };
	return advanceFeed(empty, rules, { rows, now, limit: Infinity }).state;
}

/** What was read of a feed by one poll. */
export interface FeedReading {
	/** All records since the state's `from`, or at least `limit` new ones of them, the oldest; in any order. */
	rows: readonly Row[];
	/** The server's time, in ms. */
	now: number;
	/** How many new records are taken now, the oldest first; the next poll finds the others again. */
	limit: number;
}

/**
 * Advances a feed's state over what was read. The time from which the next poll reads follows the newest record, and
 * never passes a record that is left for the next poll.
 *
 * @returns the new state, and the new records that pass the filters, the oldest first
 */
export function advanceFeed(
	state: FeedState,
	rules: FeedRules,
	{ rows, now, limit }: FeedReading,
): { state: FeedState; records: Row[] } {
	const seen = unpack(state.seen);
	const start = startOf(state);
	const records: Row[] = [];
	let newest = -Infinity;
	let firstWaiting = Infinity;
	// The server's clock may be behind the records: then they are still not older than what was read before.
	const clock = { now, undated: Math.max(now, start) };
	for (const { row, hash, time, isDated } of recordsOf(rows, rules, clock)) {
		if (time < start) continue;
		if (!seen.has(hash)) {
			if (records.length >= limit) {
				firstWaiting = Math.min(firstWaiting, time);
				continue;
			}
			if (rules.matches(row)) records.push(row);
		}
		seen.set(hash, secondsOf(time));
		if (isDated) newest = Math.max(newest, time);
	}
	const from = Math.max(start, newest - rules.overlapMs, sinceNewest(seen));
	return { state: stateOf(Math.min(from, firstWaiting), seen), records };
}
