import type { RangeQuery } from './pagination';
import type { Outcome, RowReceiver } from './rowReceiver';
import { whatFollows } from './rowReceiver';

/** Rows that a page shares with the one before; a shift by more than this costs another request. */
const blockSize = 20;

/** The entries that are there once. */
function onlyOnce(identities: readonly string[]): Set<string> {
	const once = new Set<string>();
	const all = new Set<string>();
	for (const identity of identities) {
		if (all.has(identity)) once.delete(identity);
		else once.add(identity);
		all.add(identity);
	}
	return once;
}

/**
 * Where a page continues the page before it, whatever was added or removed in between.
 *
 * @param before what identifies the rows of the page before
 * @param page what identifies the rows of the page
 * @param shared how many rows both have if nothing has moved
 * @returns index of the page's first row after those that both have; undefined when none is certain to be the same
 */
export function continuation(
	before: readonly string[],
	page: readonly string[],
	shared: number,
): number | undefined {
	const tail = before.slice(before.length - shared);
	if (page.length >= shared && tail.every((identity, index) => identity === page[index])) {
		return shared;
	}
	// A row that is there twice does not tell which of the two it is.
	const known = onlyOnce(before);
	const here = onlyOnce(page);
	const anchor = page.findLastIndex((identity) => known.has(identity) && here.has(identity));
	if (anchor === -1) return undefined;
	let next = anchor + 1;
	for (let index = before.indexOf(page[anchor]!) + 1; index < before.length; index++) {
		if (page[next] === before[index]) next++;
	}
	return next;
}

/** Most requests, beside four for each page of rows, and most pages in which nothing is new. */
const maxVain = 10;

/**
 * Reads one page after the other, each sharing rows with the page before. A page is accepted only when it contains
 * a row of the page before: then no row between the two can be missing, whatever was added or removed meanwhile.
 */
export async function readBlocks(list: RowReceiver, range: RangeQuery): Promise<Outcome> {
	const { pageSize } = list.pagination;
	let before: string[] = [];
	let end = 0;
	let shared = 0;
	let size = 1;
	let repeated = 0;
	for (let requests = 0; requests <= maxVain + 4 * Math.ceil(list.count / size); requests++) {
		const from = Math.max(0, end - shared);
		const page = await list.fetch(range(from, pageSize));
		const identities = list.identitiesOf(page.rows);
		let start = continuation(before, identities, shared);
		if (start === undefined) {
			if (from > 0) {
				end = Math.max(0, from - before.length) + shared;
				continue;
			}
			list.restart();
			start = 0;
		}
		const rows = page.rows.slice(start);
		await list.keep(page, rows);
		end = from + page.rows.length;
		const follows = whatFollows(page, end, pageSize);
		if (list.isDone || follows === 'none') return 'whole';
		size = Math.max(size, page.rows.length);
		if (rows.length === 0) {
			const isFull = page.rows.length > shared && page.rows.length >= size;
			if (!isFull) return follows === undefined ? 'whole' : list.failIncomplete(page.total);
			// Many rows were added before this page, or the API repeats itself.
			if (++repeated > maxVain) list.fail('Kandji returned the same page twice');
		}
		before = identities;
		shared = Math.min(blockSize, before.length >> 1);
	}
	return 'moved';
}
