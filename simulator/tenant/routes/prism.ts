import type { Resource } from '../core';
import { count, countUpTo, list, text, type Call } from '../http/call';
import { detail } from '../http/errors';
import { applyFilter, parseFilter, sortBy } from '../http/filter';
import { decodeCursor, encodeCursor, type Rows } from '../http/paging';
import type { TenantState } from '../state';
import { CATEGORIES } from '../state/prism/categories';
import type { Category, Row } from '../state/prism/common';
import { lazyRows, positionAfter, rowName } from '../state/prism/rows';

/** What a Prism query and a Prism export have in common. */
export interface Selection {
	blueprints?: string[];
	families?: string[];
	filter?: unknown;
	sortBy?: string;
}

/** All rows of a category that a selection asks for. */
export function select(state: TenantState, category: Category, selection: Selection): Rows<Row> {
	const { blueprints, families, sortBy: order } = selection;
	const isFiltered = Object.keys(parseFilter(selection.filter ?? {})).length > 0;
	const all = lazyRows(state, category);
	if (!blueprints && !families && !isFiltered && !order) return all;
	const rows = narrowed(all.slice(0, all.length), selection);
	return order ? sortBy(rows, order) : rows;
}

/** The rows among `rows` that a selection asks for. */
function narrowed(
	rows: readonly Row[],
	{ blueprints, families, filter }: Selection,
): readonly Row[] {
	const wanted = families?.map((family) => (family === 'tvOS' ? 'AppleTV' : family));
	const ofDevices = rows.filter(
		(row) =>
			(!blueprints || blueprints.includes(String(row.blueprint_id))) &&
			(!wanted || wanted.includes(String(row.device__family))),
	);
	return applyFilter(ofDevices, parseFilter(filter ?? {}));
}

/** How many rows are made at a time to find some in them. */
const SCANNED = 1000;

/**
 * One page of a filtered category along its cursor, which names a row of the unfiltered one: all pages together
 * make each row once.
 */
function scannedPage(
	state: TenantState,
	category: Category,
	selection: Selection,
	{ start, limit }: { start: number; limit: number },
) {
	const all = lazyRows(state, category);
	const data: Row[] = [];
	let last = start;
	for (let at = start; at < all.length && data.length <= limit; at += SCANNED) {
		const rows = all.slice(at, at + SCANNED);
		for (const row of narrowed(rows, selection)) {
			if (data.length < limit) last = at + rows.indexOf(row);
			data.push(row);
		}
	}
	const more = data.length > limit;
	return {
		offset: null,
		limit,
		total: start === 0 && !more ? data.length : null,
		data: data.slice(0, limit),
		cursor: more ? encodeCursor(nameOf(state, category, last)) : null,
	};
}

/** The Prism categories and their count; exports are in `prismExports`. */
export const prism: Resource = (add, { state }) => {
	for (const [name, category] of Object.entries(CATEGORIES)) {
		add(`GET /api/v1/prism/${name}`, (call) => page(state, category, call));
	}

	add('GET /api/v1/prism/count', ({ query }) => {
		const name = text(query, 'category') ?? '';
		const category = CATEGORIES[name];
		if (!category) throw detail(400, `Invalid category: ${name}`);
		return { count: lazyRows(state, category).length, approximate: false };
	});
};

function page(state: TenantState, category: Category, call: Call) {
	const { query } = call;
	const selection = {
		blueprints: list(query, 'blueprint_ids'),
		families: list(query, 'device_families'),
		filter: text(query, 'filter'),
		sortBy: text(query, 'sort_by'),
	};
	const limit = countUpTo(query, 'limit', 1, 300) ?? 25;
	const offset = count(query, 'offset', 0);
	const isWhole = Object.values(selection).every((value) => value === undefined);
	const cursor = text(query, 'cursor');
	const isNumbered = cursor !== undefined && decodeCursor(cursor).startsWith('@');
	if ('cursor' in query && !isWhole && selection.sortBy === undefined && !isNumbered) {
		const first = cursor === undefined ? 0 : position(state, category, cursor);
		return scannedPage(state, category, selection, { start: first, limit });
	}
	const rows = select(state, category, selection);
	const start = cursor === undefined ? (offset ?? 0) : position(state, category, cursor);
	const data = rows.slice(start, start + limit);
	const end = start + data.length;
	const more = end < rows.length && data.length > 0;
	return {
		offset: 'cursor' in query ? null : (offset ?? 0),
		limit,
		// The API counts only what it has read: known when the first page is also the last.
		total: start === 0 && !more ? rows.length : null,
		data,
		cursor: more ? encodeCursor(isWhole ? nameOf(state, category, end - 1) : `@${end}`) : null,
	};
}

function nameOf(state: TenantState, category: Category, at: number): string {
	const { deviceId, number } = rowName(state, category, at);
	return `${deviceId}|${number}`;
}

function position(state: TenantState, category: Category, cursor: string): number {
	const text = decodeCursor(cursor);
	const numbered = /^@(\d+)$/.exec(text);
	if (numbered) return Number(numbered[1]);
	const named = /^([0-9a-f-]{36})\|(\d+)$/.exec(text);
	if (!named) throw detail(400, 'Invalid cursor');
	return positionAfter(state, category, named[1]!, Number(named[2]));
}
