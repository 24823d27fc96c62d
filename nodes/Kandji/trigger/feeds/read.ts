import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../api';
import type { Row } from '../row';
import type { FeedRules, FeedState } from './feed';
import { baselineStart, baselineState, isNewRecord } from './feed';
import type { FeedSource } from './sources';

/** A feed with the user's filters. */
export type Feed = FeedSource & FeedRules;

/** Reads a feed from the newest record backwards, until one is older than the time that `since` returns. */
async function readBackwards(
	api: Api,
	feed: Feed,
	since: (rows: IDataObject[]) => number | undefined,
): Promise<IDataObject[]> {
	let rows: IDataObject[] = [];
	await api.readList({
		path: feed.path,
		query: feed.query(),
		pagination: feed.pagination,
		// New records come in at the top and push the others down while pages are read.
		overlap: 'block',
		receive: async (page) => {
			for (const row of page) rows.push(row);
			const end = since(rows) ?? -Infinity;
			const isEnough = page.some((row) => (feed.timeOf(row) ?? Infinity) < end);
			return isEnough ? 'stop' : page.length;
		},
		restart: () => {
			rows = [];
		},
	});
	return rows;
}

/** Reads the records since a state; when the oldest come first, it stops after `limit` new records. */
async function readSince(
	api: Api,
	feed: Feed,
	state: FeedState,
	limit: number,
): Promise<IDataObject[]> {
	const since = state.from ?? undefined;
	const isNew = isNewRecord(state, feed);
	let rows: IDataObject[] = [];
	let found = 0;
	const isEnough = () => feed.order(since) === 'oldestFirst' && found >= limit;
	await api.readList({
		path: feed.path,
		query: feed.query(since),
		pagination: feed.pagination,
		receive: async (page) => {
			for (const row of page) rows.push(row);
			found += page.filter(isNew).length;
			return isEnough() ? 'stop' : page.length;
		},
		restart: () => {
			rows = [];
			found = 0;
		},
	});
	return rows;
}

/** Says in the log which records have no ID: they cannot be told from those of the next poll, and are skipped. */
function warnOfUnnamed(api: Api, { path, keyOf }: Feed, rows: readonly Row[]): void {
	api.warnOfUnnamed(
		path,
		rows.filter((row) => keyOf(row) === undefined),
	);
}

/** Reads a list once more when it is empty: by mistake, all its records would be new in the next poll. */
async function readNonEmpty(read: () => Promise<IDataObject[]>): Promise<IDataObject[]> {
	const rows = await read();
	return rows.length > 0 ? rows : await read();
}

/** Reads the state of a feed at activation. */
export async function readBaseline(api: Api, feed: Feed): Promise<FeedState> {
	if (feed.order() === 'newestFirst') {
		const rows = await readNonEmpty(
			async () => await readBackwards(api, feed, (read) => baselineStart(read, feed, api.now())),
		);
		warnOfUnnamed(api, feed, rows);
		const state = baselineState(rows, feed, api.now());
		// Without any date to start from, what is older than the server's time is not new.
		return { ...state, from: state.from ?? api.now() - feed.overlapMs };
	}
	// An unsorted list has no newest record to start from: it starts at the server's time.
	await api.get(feed.path, feed.pagination.first?.(1) ?? {});
	const now = api.now();
	const from = now - feed.overlapMs;
	const rows = await readNonEmpty(
		async () => await readSince(api, feed, { from, seen: '' }, Infinity),
	);
	warnOfUnnamed(api, feed, rows);
	const state = baselineState(rows, feed, now);
	return { ...state, from: Math.max(from, state.from ?? from) };
}

/** Reads the records that may be new to `state`: at least `limit` new ones, if there are so many. */
export async function readFeed(
	api: Api,
	feed: Feed,
	state: FeedState,
	limit: number,
): Promise<IDataObject[]> {
	const since = state.from ?? undefined;
	const rows =
		feed.order(since) === 'newestFirst'
			? await readBackwards(api, feed, () => since)
			: await readSince(api, feed, state, limit);
	warnOfUnnamed(api, feed, rows);
	return rows;
}
