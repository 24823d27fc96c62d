import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../api';
import type { FeedReading, FeedState } from './feed';
import { isNewRecord, readFrom, baselineState, baselineStart } from './feed';
import type { FeedSource } from './sources';

type Reading = Pick<FeedReading, 'rows' | 'isComplete'>;

/** Reads a feed from the newest record on until one is older than `since` tells. */
async function readBack(
	api: Api,
	source: FeedSource,
	since: (rows: IDataObject[]) => number | undefined,
): Promise<IDataObject[]> {
	let rows: IDataObject[] = [];
	await api.readList({
		path: source.path,
		query: source.query(),
		pagination: source.pagination,
		// Records come in on top, so that the pages below shift while they are read.
		overlap: 'block',
		receive: async (page) => {
			rows.push(...page);
			const end = since(rows) ?? -Infinity;
			const isEnough = page.some((row) => (source.timeOf(row) ?? Infinity) < end);
			return isEnough ? 'stop' : page.length;
		},
		restart: () => {
			rows = [];
		},
	});
	return rows;
}

/** Reads what a feed holds since a time; an order from the oldest on ends after `limit` new records. */
async function readOn(
	api: Api,
	source: FeedSource,
	state: FeedState,
	limit: number,
): Promise<Reading> {
	const since = readFrom(state, source);
	const isNew = isNewRecord(state, source);
	let rows: IDataObject[] = [];
	let found = 0;
	const isEnough = () => source.order(since) === 'oldestFirst' && found >= limit;
	await api.readList({
		path: source.path,
		query: source.query(since),
		pagination: source.pagination,
		receive: async (page) => {
			rows.push(...page);
			found += page.filter(isNew).length;
			return isEnough() ? 'stop' : page.length;
		},
		restart: () => {
			rows = [];
			found = 0;
		},
	});
	return { rows, isComplete: !isEnough() };
}

/** Reads where a feed begins. */
export async function beginFeed(api: Api, source: FeedSource): Promise<FeedState> {
	if (source.order() === 'newestFirst') {
		const rows = await readBack(api, source, (read) => baselineStart(read, source, api.now()));
		return baselineState(rows, source, api.now());
	}
	// A list without order has no newest record to begin with: it begins at the server's time.
	await api.get(source.path, source.pagination.first?.(1) ?? {});
	const now = api.now();
	const { rows } = await readOn(api, source, { cursor: now, seen: '' }, Infinity);
	return { ...baselineState(rows, source, now), cursor: now };
}

/** Reads what a feed may hold that is new to `state`, at least `limit` records of it if there are. */
export async function readFeed(
	api: Api,
	source: FeedSource,
	state: FeedState,
	limit: number,
): Promise<Reading> {
	const since = readFrom(state, source);
	if (source.order(since) !== 'newestFirst') return await readOn(api, source, state, limit);
	return { rows: await readBack(api, source, () => since), isComplete: true };
}
