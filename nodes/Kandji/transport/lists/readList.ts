import type { IDataObject } from 'n8n-workflow';

import type { ApiResponse } from '../http/request';
import type { Page, Pagination } from './pagination';
import { readPage } from './pagination';
import { prefetch } from './prefetch';

/** Pages in flight at once: enough to reach 50 requests per second at the API's usual latency of 150 ms. */
const pagesAhead = 8;

/** Rows that consecutive pages share with `overlap: 'block'`; a shift by more than this costs another request. */
const blockSize = 20;

/** Most pages of one list; a guard against a server that never stops sending pages. */
const maxPages = 20_000;

/** How often a list is read when it keeps changing and its pages can neither overlap nor follow a cursor. */
const maxReadings = 3;

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
	/** Requests the number of rows where the pages themselves do not contain it. */
	countRows?: () => Promise<number | undefined>;
	/** Throws an error that tells the user what is wrong with the list. */
	fail: (problem: string) => never;
}

/** Reads one list and counts the rows received. */
class Reader {
	private received = 0;

	private isStopped = false;

	private seen = new Set<unknown>();

	private readonly pagination: Pagination;

	private readonly wanted: number;

	constructor(private readonly reading: ListReading) {
		this.pagination = reading.pagination;
		this.wanted = reading.wanted;
	}

	private get size(): number {
		return Math.min(this.pagination.pageSize, this.wanted);
	}

	private fail(problem: string): never {
		return this.reading.fail(problem);
	}

	private async fetch(query: IDataObject): Promise<Page> {
		const response = await this.reading.fetch(query);
		return readPage(response, this.pagination) ?? this.fail('Kandji’s response contains no list');
	}

	private keyOf(row: IDataObject): unknown {
		const { key } = this.pagination;
		return key === undefined ? JSON.stringify(row) : row[key];
	}

	/**
	 * Hands over the rows of a page that are new.
	 *
	 * @returns false when a row was there before, so that the list has moved
	 */
	private async keep(page: Page, rows = page.rows): Promise<boolean> {
		let fresh = rows;
		if (this.pagination.key !== undefined) {
			fresh = rows.filter((row) => {
				const key = this.keyOf(row);
				if (this.seen.has(key)) return false;
				this.seen.add(key);
				return true;
			});
			if (fresh.length === 0 && rows.length >= this.pagination.pageSize) {
				this.fail('Kandji returned the same page twice');
			}
		}
		const isNew = fresh.length === rows.length;
		const left = this.wanted - this.received;
		if (fresh.length > left) fresh = fresh.slice(0, left);
		const received = await this.reading.receive(fresh, page);
		if (received === 'stop') this.isStopped = true;
		else this.received += received;
		return isNew;
	}

	private get done(): boolean {
		return this.isStopped || this.received >= this.wanted;
	}

	async read(): Promise<void> {
		const { range, first, overlaps } = this.pagination;
		if (range === undefined) {
			await this.follow(await this.fetch(first?.(this.size) ?? {}));
			return;
		}
		if (this.reading.overlap === 'block') {
			await this.readInBlocks(range);
			return;
		}
		for (let reading = 1; !(await this.readRanges(range)); reading++) {
			this.received = 0;
			this.isStopped = false;
			this.seen.clear();
			this.reading.restart();
			if (first !== undefined) {
				await this.follow(await this.fetch(first(this.size)));
				break;
			}
			if (overlaps) {
				await this.readInBlocks(range);
				break;
			}
			if (reading === maxReadings) this.fail('The list kept changing while it was read');
		}
	}

	/** Follows the `next` query of each page. */
	private async follow(page: Page): Promise<void> {
		const queries = new Set<string>();
		for (let current = page; ;) {
			await this.keep(current);
			const { next } = current;
			if (this.done || !next || current.rows.length === 0) return;
			const query = JSON.stringify(next);
			if (queries.has(query)) this.fail('Kandji returned the same page twice');
			queries.add(query);
			if (queries.size > maxPages) this.fail('Kandji’s list does not end');
			current = await this.fetch({ ...this.pagination.first?.(this.size), ...next });
		}
	}

	/**
	 * Reads pages by row number, several at a time where the total is known. When the full list is read and pages may
	 * start at any row, each page starts with the last row of the page before: a different row there means that the
	 * list shifted.
	 *
	 * @returns false when the list changed during the read, so that rows may be missing
	 */
	private async readRanges(range: NonNullable<Pagination['range']>): Promise<boolean> {
		const firstPage = await this.fetch(range(0, this.size));
		await this.keep(firstPage);
		// The API may return fewer rows per page than requested.
		const size = firstPage.rows.length;
		if (this.done || size === 0 || (size < this.size && firstPage.total === undefined)) return true;
		const isWhole = this.wanted === Infinity;
		if (firstPage.total !== undefined)
			return await this.readAhead(range, firstPage, firstPage.total);
		const count = isWhole ? await this.reading.countRows?.() : undefined;
		if (count !== undefined) {
			const isUnchanged = await this.readAhead(range, firstPage, count);
			return isUnchanged && (this.done || (await this.reading.countRows?.()) === count);
		}
		// A cursor misses no row; row numbers without a total could.
		if (isWhole && this.pagination.first !== undefined) return false;
		await this.readOneByOne(range, firstPage);
		return true;
	}

	/**
	 * Reads the pages after the first, several at a time.
	 *
	 * @returns false when the list changed during the read, or does not end where `total` says
	 */
	private async readAhead(
		range: NonNullable<Pagination['range']>,
		firstPage: Page,
		total: number,
	): Promise<boolean> {
		const size = firstPage.rows.length;
		const isWhole = this.wanted === Infinity;
		const isCounted = firstPage.total === undefined;
		const sharesRow =
			isWhole && this.pagination.overlaps === true && this.reading.overlap !== 'none' && size > 1;
		const shared = sharesRow ? 1 : 0;
		const end = Math.min(total, this.wanted);
		const offsets: number[] = [];
		for (let offset = size; offset < end; offset += size - shared) offsets.push(offset - shared);
		const rowsAt = (offset: number) => Math.min(size, end - offset);
		const pages = prefetch(offsets.length, pagesAhead, async (index) => {
			const offset = offsets[index]!;
			return await this.fetch(range(offset, isWhole ? size : rowsAt(offset)));
		});
		let previous = firstPage;
		let index = 0;
		for await (const page of pages) {
			const expected = rowsAt(offsets[index++]!);
			const hasMoved =
				page.total !== firstPage.total ||
				page.rows.length < expected ||
				(isCounted && page.rows.length > expected) ||
				(sharesRow && this.keyOf(page.rows[0]!) !== this.keyOf(previous.rows.at(-1)!)) ||
				!(await this.keep(page, page.rows.slice(shared)));
			if (hasMoved) return false;
			if (this.done) return true;
			previous = page;
		}
		// A separate count that is too low must not pass for the end of the list.
		return !(isCounted && (previous.next || size > total));
	}

	/** Reads one page after the other by row number, until a page is not full. */
	private async readOneByOne(
		range: NonNullable<Pagination['range']>,
		firstPage: Page,
	): Promise<void> {
		let offset = firstPage.rows.length;
		let before = JSON.stringify(firstPage.rows[0]);
		for (let count = 0; ; count++) {
			const size = Math.min(this.pagination.pageSize, this.wanted - this.received);
			const page = await this.fetch(range(offset, size));
			const head = JSON.stringify(page.rows[0]);
			if (page.rows.length > 0 && head === before) this.fail('Kandji returned the same page twice');
			await this.keep(page);
			if (this.done || page.rows.length < size) return;
			if (count > maxPages) this.fail('Kandji’s list does not end');
			before = head;
			offset += page.rows.length;
		}
	}

	/**
	 * Reads one page after the other, each sharing rows with the page before. A page is accepted only when it contains
	 * a row of the page before: then no row between the two can be missing, whatever was added or removed meanwhile.
	 */
	private async readInBlocks(range: NonNullable<Pagination['range']>): Promise<void> {
		let known = new Set<unknown>();
		let offset = 0;
		let tries = maxPages;
		for (let count = 0; ; count++) {
			const from = Math.max(0, offset - blockSize);
			const page = await this.fetch(range(from, this.pagination.pageSize));
			if (count === 0 && page.total !== undefined) {
				tries = 10 + 4 * Math.ceil(page.total / this.pagination.pageSize);
			}
			if (count > tries) this.fail('The list kept changing while it was read');
			const keys = page.rows.map((row) => this.keyOf(row));
			const anchor = keys.findLastIndex((key) => known.has(key));
			if (anchor === -1 && from > 0) {
				offset = Math.max(0, from - this.pagination.pageSize + blockSize);
				continue;
			}
			const fresh = page.rows.slice(anchor + 1);
			if (fresh.length > 0) await this.keep(page, fresh);
			if (this.done) return;
			const end =
				page.total ??
				(page.rows.length < this.pagination.pageSize ? from + page.rows.length : Infinity);
			if (page.rows.length === 0 || from + page.rows.length >= end) return;
			if (fresh.length === 0) this.fail('Kandji returned the same page twice');
			known = new Set(keys);
			offset = from + page.rows.length;
		}
	}
}

/**
 * Reads a list to its end, or as many rows as wanted. Where the number of rows is known, several pages are requested
 * at once. When the list changes during the read, it is read again in a way that misses no row.
 *
 * @throws what `fetch`, `receive` and `fail` throw
 */
export const readList = async (reading: ListReading): Promise<void> =>
	await new Reader(reading).read();
