import type { IDataObject } from 'n8n-workflow';

import type { Pagination } from './pagination';
import type { Outcome, RowReceiver } from './rowReceiver';

/** Most pages without a row between two that have some. */
const maxEmptyPages = 20;

/** Whether a query leads to a page by its number or its first row: then the pages shift when rows come or go. */
const isNumbered = (query: IDataObject): boolean => 'page' in query || 'offset' in query;

/** Reads one page after the other: each says how to ask for the next. */
export async function followPages(
	list: RowReceiver,
	first: NonNullable<Pagination['first']>,
): Promise<Outcome> {
	const queries = new Set<string>();
	const order: string[] = [];
	let canShift = false;
	let hasMoved = false;
	let emptyPages = 0;
	let page = await list.fetch(first(list.size));
	for (;;) {
		const { rows, total, next } = page;
		const fresh = await list.keep(page);
		if (list.isDone) return 'whole';
		hasMoved ||= fresh < rows.length;
		canShift ||= isNumbered(next ?? {});
		if (canShift) for (const identity of list.identitiesOf(rows)) order.push(identity);
		if (!next) break;
		const query = JSON.stringify(next);
		if (query === '{}') list.failIncomplete(total);
		if (queries.has(query)) list.fail('Kandji returned the same page twice');
		queries.add(query);
		emptyPages = rows.length === 0 ? emptyPages + 1 : 0;
		if (emptyPages > maxEmptyPages) list.fail('Kandji’s list does not end');
		page = await list.fetch({ ...first(list.size), ...next });
		page.total ??= total;
		hasMoved ||= page.total !== total;
	}
	const { rows, total, next } = page;
	if (total !== undefined && total > list.count) {
		return hasMoved ? 'moved' : list.failIncomplete(total);
	}
	if (next === undefined && total === undefined && rows.length >= list.size) {
		list.fail('Kandji’s response does not tell whether the list goes on');
	}
	if (!canShift) return 'whole';
	if (hasMoved) return 'moved';
	return total === undefined ? { unconfirmed: order } : 'whole';
}
