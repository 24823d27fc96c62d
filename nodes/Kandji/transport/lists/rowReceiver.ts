import type { IDataObject } from 'n8n-workflow';

import type { ApiResponse } from '../http/request';
import type { Page, Pagination } from './pagination';
import { readPage } from './pagination';

/** Most pages of one list; a guard against a server that never stops sending pages. */
const maxPages = 20_000;

/** A list to read, and what to do with its rows. */
export interface ListReading {
	pagination: Pagination;
	/** Number of rows to read; Infinity for the full list. */
	wanted: number;
	/**
	 * How many rows a page shares with the one before it, to detect that the list shifted in between. By default one
	 * row where the API allows it. `block` reads page after page with many shared rows, for a list whose rows
	 * move all the time; `none` saves requests when `receive` detects missing rows itself.
	 */
	overlap?: 'block' | 'none';
	/** Sends the request for one page. */
	fetch: (query: IDataObject) => Promise<ApiResponse>;
	/**
	 * Gets the new rows of each page, in list order.
	 *
	 * @returns how many rows count towards `wanted`, or `stop` when no further page is needed
	 */
	receive: (rows: IDataObject[], page: Page) => Promise<number | 'stop'>;
	/** Discards all rows received so far, because the list changed and is read again from the start. */
	restart: () => void;
	/** Throws an error that tells the user what is wrong with the list. */
	fail: (problem: string) => never;
}

/**
 * How a reading of a list ended: with all its rows, with rows that may be missing because the list changed meanwhile,
 * or with rows that only a second reading can confirm. These are then given by what identifies them.
 */
export type Outcome = 'whole' | 'moved' | { unconfirmed: string[] };

/** What is wrong with a list that has more rows than the `count` that it returned. */
export const incompleteList = (count: number, total: number | undefined): string =>
	total !== undefined && total > count
		? `Kandji’s list is incomplete: it returned ${count} of ${total} records`
		: 'Kandji’s list is incomplete: the response says that more records follow, but not which';

/** Requests the pages of one list and hands over their rows. */
export class RowReceiver {
	/** Rows received in this reading, whether they count or not. */
	count = 0;

	private counted = 0;

	private requests = 0;

	private isStopped = false;

	private seen = new Set<unknown>();

	readonly pagination: Pagination;

	readonly wanted: number;

	constructor(readonly reading: ListReading) {
		this.pagination = reading.pagination;
		this.wanted = reading.wanted;
	}

	/** Rows to ask for at the start. */
	get size(): number {
		return Math.min(this.pagination.pageSize, this.wanted);
	}

	/** Whether no further rows are needed. */
	get isDone(): boolean {
		return this.isStopped || this.counted >= this.wanted;
	}

	/** Throws the error for a list that cannot be read. */
	fail(problem: string): never {
		return this.reading.fail(problem);
	}

	/** Throws the error for a list that has more rows than it returns. */
	failIncomplete(total: number | undefined): never {
		return this.fail(incompleteList(this.count, total));
	}

	/** Forgets all rows: the list is read again from the start. */
	restart(): void {
		this.count = 0;
		this.counted = 0;
		this.requests = 0;
		this.isStopped = false;
		this.seen.clear();
		this.reading.restart();
	}

	/** Requests a page. */
	async fetch(query: IDataObject): Promise<Page> {
		if (++this.requests > maxPages) this.fail('Kandji’s list does not end');
		const response = await this.reading.fetch(query);
		return (
			readPage(response, this.pagination) ??
			this.fail('Kandji’s response contains no list of records')
		);
	}

	/**
	 * The row's key; undefined when it has none, or one that JSON cannot tell apart from others, such as a number
	 * beyond 2^53.
	 */
	private keyOf(row: IDataObject): unknown {
		const key = this.pagination.key === undefined ? undefined : row[this.pagination.key];
		const isUsable = typeof key === 'string' ? key !== '' : Number.isSafeInteger(key);
		return isUsable ? key : undefined;
	}

	/** What identifies each row: its key, or all of it when it has none. */
	identitiesOf(rows: readonly IDataObject[]): string[] {
		return rows.map((row) => JSON.stringify(this.keyOf(row) ?? row));
	}

	/**
	 * Hands over the rows of a page that no page before had. Rows of one page are never duplicates of each other.
	 *
	 * @returns how many rows were new; when it is fewer than all, the list has moved
	 */
	async keep(page: Page, rows = page.rows): Promise<number> {
		const keys = rows.map((row) => this.keyOf(row));
		const fresh = rows.filter((_row, index) => !this.seen.has(keys[index]));
		for (const key of keys) if (key !== undefined) this.seen.add(key);
		if (fresh.length === 0 && rows.length >= this.pagination.pageSize) {
			this.fail('Kandji returned the same page twice');
		}
		this.count += fresh.length;
		const left = this.wanted - this.counted;
		const received = await this.reading.receive(
			fresh.length > left ? fresh.slice(0, left) : fresh,
			page,
		);
		if (received === 'stop') this.isStopped = true;
		else this.counted += received;
		return fresh.length;
	}
}

/**
 * What a page says about the rows after it.
 *
 * @param end number of the row after the page's last one
 * @param asked how many rows were asked for
 * @returns `more` or `none` where the API says so, and undefined where only another request can tell
 */
export function whatFollows(
	{ rows, total, next }: Page,
	end: number,
	asked: number,
): 'more' | 'none' | undefined {
	if (next || (total !== undefined && total > end)) return 'more';
	// A total that is reached with a full page may just be the size of the page.
	return rows.length < asked && (total === end || next === null) ? 'none' : undefined;
}
