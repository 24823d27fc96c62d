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
	const filter = parseFilter(selection.filter ?? {});
	const isFiltered = Object.keys(filter).length > 0;
	const all = lazyRows(state, category);
	if (!blueprints && !families && !isFiltered && !order) return all;
	let rows: readonly Row[] = all.slice(0, all.length);
	if (blueprints) rows = rows.filter((row) => blueprints.includes(String(row.blueprint_id)));
	if (families) {
		const wanted = families.map((family) => (family === 'tvOS' ? 'AppleTV' : family));
		rows = rows.filter((row) => wanted.includes(String(row.device__family)));
	}
	if (isFiltered) rows = applyFilter(rows, filter);
	return order ? sortBy(rows, order) : rows;
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
	const rows = select(state, category, selection);
	const isWhole = Object.values(selection).every((value) => value === undefined);
	const cursor = text(query, 'cursor');
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
