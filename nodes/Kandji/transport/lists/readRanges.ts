import type { IDataObject } from 'n8n-workflow';

import type { Page, RangeQuery } from './pagination';
import type { Outcome, RowReceiver } from './rowReceiver';
import { whatFollows } from './rowReceiver';

/** Most pages in flight: enough to reach 50 requests per second at the API's usual latency of 150 ms. */
const pagesAhead = 8;

/** `asked` rows starting at row `from`. */
interface Requested {
	from: number;
	asked: number;
	page: Promise<Page>;
}

/**
 * How many pages may be in flight after a page. Where the total is not known, each page that comes allows for one more,
 * so that 1, 2, 4 and 8 are asked for at once; after a short page, which is probably the last, one only.
 */
function widthAfter({ rows, total }: Page, end: number, asked: number, pages: number): number {
	if (total !== undefined && total > end) return pagesAhead;
	return total === end || rows.length < asked ? 1 : Math.min(pagesAhead, pages + 1);
}

/**
 * Reads pages by row number, several at a time. Where the total is known, no page after the end is requested; else at
 * most eight are.
 *
 * Where pages may start at any row, each starts with the last row of the page before: a different row there means that
 * the list shifted. As long as these rows are the same, no row between them can be missing.
 */
export async function readRanges(list: RowReceiver, range: RangeQuery): Promise<Outcome> {
	const { overlaps = false, first } = list.pagination;
	const isChecked = list.reading.overlap !== 'none';
	let from = 0;
	let asked = list.size;
	let page = await list.fetch(range(from, asked));
	let fresh = await list.keep(page);
	// The API may return fewer rows per page than requested.
	const size = page.rows.length;
	const shared = overlaps && isChecked && size > 1 ? 1 : 0;
	const order = overlaps ? [] : list.identitiesOf(page.rows);
	let ahead: Requested[] = [];
	let nextFrom = size - shared;

	const request = () => {
		const rows = overlaps ? Math.max(1, Math.min(size, list.wanted - nextFrom)) : size;
		const requested = list.fetch(range(nextFrom, rows));
		// It is awaited later; a rejection before that must not count as unhandled.
		requested.catch(() => undefined);
		ahead.push({ from: nextFrom, asked: rows, page: requested });
		nextFrom += size - shared;
	};

	/** Whether a page continues the one before. */
	const isNextTo = (before: Page, rows: IDataObject[], total: number | undefined): boolean => {
		if (!overlaps)
			return total === before.total && (before.rows.length === size || rows.length === 0);
		const [last] = list.identitiesOf(before.rows.slice(before.rows.length - shared));
		return last === list.identitiesOf(rows.slice(0, shared))[0];
	};

	for (let pages = 1; !list.isDone; pages++) {
		const end = from + page.rows.length;
		const follows = whatFollows(page, end, asked);
		if (follows === 'none' || fresh === 0) {
			// A cursor may lead further than row numbers do.
			if (follows === 'more') return first ? 'moved' : list.failIncomplete(page.total);
			const isSure = overlaps || pages === 1 || page.total !== undefined;
			return isSure ? 'whole' : { unconfirmed: order };
		}
		if (overlaps && page.rows.length !== asked) {
			// The pages requested ahead do not start where this one ends.
			ahead = [];
			nextFrom = end - shared;
		}
		const width = widthAfter(page, end, asked, pages);
		const total = page.total !== undefined && page.total > end ? page.total : Infinity;
		const last = Math.min(total, list.wanted) - shared;
		while (ahead.length === 0 || (ahead.length < width && nextFrom < last)) request();

		const before = page;
		const next = ahead.shift()!;
		({ from, asked } = next);
		page = await next.page;
		page.total ??= before.total;
		if (isChecked && !isNextTo(before, page.rows, page.total)) return 'moved';
		const rows = page.rows.slice(shared);
		fresh = await list.keep(page, rows);
		if (isChecked && fresh < rows.length) return 'moved';
		if (!overlaps) {
			const identities = list.identitiesOf(rows);
			if (fresh > 0 && identities.join() === list.identitiesOf(before.rows).join()) {
				list.fail('Kandji returned the same page twice');
			}
			for (const identity of identities) order.push(identity);
		}
	}
	return 'whole';
}
