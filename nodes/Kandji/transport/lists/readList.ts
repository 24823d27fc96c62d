import type { IDataObject } from 'n8n-workflow';

import type { Pagination, Page } from './pagination';
import { readPage } from './pagination';
import type { ApiResponse } from '../http/request';

/** Pages on their way at the same time; at the usual latency this is what the pace lets through. */
const windowSize = 8;

/** Rows that consecutive pages share with `overlap: 'block'`; a shift by more than this costs another request. */
const blockSize = 20;

/** The longest list that is read: a guard against an API that never ends. */
const maxPages = 20_000;

/** How often a list without row numbers is read anew when it changed meanwhile. */
const maxReadings = 3;

/** One list that is to be read, and what is done with its rows. */
export interface ListReading {
	pagination: Pagination;
	/** How many rows are wanted; Infinity for all of them. */
	wanted: number;
	/**
	 * How many rows a page shares with the one before it, to detect that the list shifted in between. By default one
	 * row where the API allows it. `block` reads page after page with many shared rows, for a list whose rows
	 * move all the time; `none` saves requests when `receive` detects missing rows itself.
	 */
	overlap?: 'block' | 'none';
	/** Sends the request of a page. */
	fetch: (query: IDataObject) => Promise<ApiResponse>;
	/**
	 * Takes over the rows of a page that are new, in the order of the list.
	 *
	 * @returns how many rows count towards `wanted`, or `stop` when no further page is needed
	 */
	receive: (rows: IDataObject[], page: Page) => Promise<number | 'stop'>;
	/** Throws away what was received: the list changed while it was read, and is read anew. */
	restart: () => void;
	/** Asks for the number of rows where the list's own answers do not tell it. */
	countRows?: () => Promise<number | undefined>;
	/** Throws the error that tells the user what is wrong with the list. */
	fail: (problem: string) => never;
}

/** Reads one list, and counts what was received. */
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
		return readPage(response, this.pagination) ?? this.fail('Kandji’s answer holds no list');
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
				this.fail('Kandji sent the same page twice');
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

	/** Page by page along `next`. */
	private async follow(page: Page): Promise<void> {
		const queries = new Set<string>();
		for (let current = page; ;) {
			await this.keep(current);
			const { next } = current;
			if (this.done || !next || current.rows.length === 0) return;
			const query = JSON.stringify(next);
			if (queries.has(query)) this.fail('Kandji sent the same page twice');
			queries.add(query);
			if (queries.size > maxPages) this.fail('Kandji’s list does not end');
			current = await this.fetch({ ...this.pagination.first?.(this.size), ...next });
		}
	}

	/**
	 * By row numbers; several pages at a time where the total is known. Where the list is read whole and pages may
	 * start at any row, each starts with the last row of the one before: when it is another, the list has moved.
	 *
	 * @returns false when the list changed meanwhile, so that rows may be missing
	 */
	private async readRanges(range: NonNullable<Pagination['range']>): Promise<boolean> {
		const page = await this.fetch(range(0, this.size));
		await this.keep(page);
		// The API may put fewer rows on a page than were asked for.
		const size = page.rows.length;
		if (this.done || size === 0 || (size < this.size && page.total === undefined)) return true;
		const isWhole = this.wanted === Infinity;
		const counted = page.total === undefined && isWhole;
		const total = counted ? await this.reading.countRows?.() : page.total;
		if (total === undefined) {
			// Along a cursor no row can slip through; by row numbers that nobody counted, one could.
			if (isWhole && this.pagination.first !== undefined) return false;
			await this.readOneByOne(range, page);
			return true;
		}
		const isAnchored =
			isWhole && this.pagination.overlaps === true && this.reading.overlap !== 'none';
		const shared = isAnchored && size > 1 ? 1 : 0;
		const end = Math.min(total, this.wanted);
		const offsets: number[] = [];
		for (let offset = size; offset < end; offset += size - shared) offsets.push(offset - shared);
		const pages: Array<Promise<Page> | undefined> = [];
		const start = (index: number) => {
			const offset = offsets[index];
			if (offset === undefined) return;
			pages[index] = this.fetch(range(offset, isWhole ? size : Math.min(size, end - offset)));
			// It is awaited in its turn; a failure before that must not count as unhandled.
			pages[index].catch(() => undefined);
		};
		for (let index = 0; index < windowSize; index++) start(index);
		let last = page.rows.at(-1);
		let { next } = page;
		for (const [index, offset] of offsets.entries()) {
			const { rows, ...current } = await pages[index]!;
			pages[index] = undefined;
			start(index + windowSize);
			const expected = Math.min(size, end - offset);
			const isMoved =
				current.total !== page.total ||
				rows.length < expected ||
				(counted && rows.length > expected) ||
				(shared > 0 && this.keyOf(rows[0]!) !== this.keyOf(last!)) ||
				!(await this.keep({ rows, ...current }, rows.slice(shared)));
			if (isMoved) return false;
			if (this.done) return true;
			last = rows.at(-1);
			({ next } = current);
		}
		if (!counted) return true;
		// A count that is too low must not pass for the end of the list.
		if (next || size > total) return false;
		return (await this.reading.countRows?.()) === total;
	}

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
			if (page.rows.length > 0 && head === before) this.fail('Kandji sent the same page twice');
			await this.keep(page);
			if (this.done || page.rows.length < size) return;
			if (count > maxPages) this.fail('Kandji’s list does not end');
			before = head;
			offset += page.rows.length;
		}
	}

	/**
	 * One page after another, each overlapping the one before. A page is taken only when it holds a row of the
	 * page before it: then no row between them can have slipped away, whatever came or went meanwhile.
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
			if (fresh.length === 0) this.fail('Kandji sent the same page twice');
			known = new Set(keys);
			offset = from + page.rows.length;
		}
	}
}

/**
 * Reads a list to its end, or as many rows as are wanted.
 *
 * Where the number of rows is known, several pages are read at a time. When the list moves meanwhile, it is
 * read anew in a way that no row can slip through.
 *
 * @throws what `fetch`, `receive` and `fail` throw
 */
export const readList = async (reading: ListReading): Promise<void> =>
	await new Reader(reading).read();
