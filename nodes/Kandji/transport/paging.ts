import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	INodeExecutionData,
} from 'n8n-workflow';

import { apiError, inputError } from './errors';
import type { Idiom, Page } from './lists';
import { readPage } from './lists';
import type { Target } from './once';
import { receive, sendRouted, targetOf } from './once';
import type { Sender } from './turns';
import { inTurn } from './turns';

type ResultOptions = DeclarativeRestApiSettings.ResultOptions;

/** Pages on their way at the same time; at the usual latency this is what the pace lets through. */
const windowSize = 8;

/** Rows that a careful page has in common with the one before it, so that a shift of the list shows. */
const overlap = 20;

/** The longest list that is read: a guard against an API that never ends. */
const maxPages = 20_000;

/** How often a list without row numbers is read anew when it changed meanwhile. */
const maxReadings = 3;

/**
 * How many rows the user wants.
 *
 * @throws NodeOperationError when Limit is not a whole number of at least 1; n8n would take 0 for "all"
 */
function wantedRows(context: IExecutePaginationFunctions): number {
	if (context.getNodeParameter('returnAll', false) === true) return Infinity;
	const limit = Number(context.getNodeParameter('limit', 50));
	if (!Number.isInteger(limit) || limit < 1) {
		throw inputError(
			context,
			'Limit must be a whole number of at least 1',
			'Nothing was sent. Turn on Return All to get everything.',
		);
	}
	return limit;
}

/** Reads one list for one item, and keeps what was read. */
class Reader {
	private items: INodeExecutionData[] = [];

	private seen = new Set<unknown>();

	constructor(
		private readonly context: IExecutePaginationFunctions,
		private readonly requestData: ResultOptions,
		private readonly target: Target,
		private readonly idiom: Idiom,
		private readonly wanted: number,
	) {}

	private get size(): number {
		return Math.min(this.idiom.pageSize, this.wanted);
	}

	private fail(problem: string): never {
		const { method, url } = this.requestData.options;
		throw apiError(this.context, {
			method: method ?? 'GET',
			path: url ?? '',
			ids: this.target.ids,
			problem,
			secrets: [],
		});
	}

	private async fetch(query: IDataObject): Promise<Page> {
		const steadyOrder = this.wanted === Infinity ? this.idiom.steadyOrder : {};
		const userQuery = this.requestData.options.qs as IDataObject;
		const response = await sendRouted(this.context, this.requestData, this.target, {
			...steadyOrder,
			...userQuery,
			...query,
		});
		return readPage(response, this.idiom) ?? this.fail('Kandji’s answer holds no list');
	}

	private keyOf(row: IDataObject): unknown {
		const { key } = this.idiom;
		return key === undefined ? JSON.stringify(row) : row[key];
	}

	/** Keeps the rows of a page that are new, as items that went through the operation's post-receive. */
	private async keep(page: Page, rows = page.rows): Promise<void> {
		let fresh = rows;
		if (this.idiom.key !== undefined) {
			fresh = rows.filter((row) => {
				const key = this.keyOf(row);
				if (this.seen.has(key)) return false;
				this.seen.add(key);
				return true;
			});
			if (fresh.length === 0 && rows.length >= this.idiom.pageSize) {
				this.fail('Kandji sent the same page twice');
			}
		}
		const left = this.wanted - this.items.length;
		if (fresh.length > left) fresh = fresh.slice(0, left);
		const items = fresh.map((json) => ({ json }));
		for (const item of await receive(this.context, this.requestData, page.response, items)) {
			this.items.push(item);
		}
	}

	private get done(): boolean {
		return this.items.length >= this.wanted;
	}

	async read(): Promise<INodeExecutionData[]> {
		const { range, first, overlaps } = this.idiom;
		if (range === undefined) {
			await this.follow(await this.fetch(first?.(this.size) ?? {}));
			return this.items;
		}
		for (let reading = 1; !(await this.readRanges(range)); reading++) {
			this.items = [];
			this.seen.clear();
			if (overlaps) {
				await this.readCarefully(range);
				break;
			}
			if (first !== undefined) {
				await this.follow(await this.fetch(first(this.size)));
				break;
			}
			if (reading === maxReadings) this.fail('The list kept changing while it was read');
		}
		return this.items;
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
			current = await this.fetch({ ...this.idiom.first?.(this.size), ...next });
		}
	}

	/**
	 * By row numbers; several pages at a time where the total is known.
	 *
	 * @returns false when the list changed meanwhile, so that rows may be missing
	 */
	private async readRanges(range: NonNullable<Idiom['range']>): Promise<boolean> {
		const page = await this.fetch(range(0, this.size));
		await this.keep(page);
		// The API may put fewer rows on a page than were asked for.
		const step = page.rows.length;
		if (this.done || step === 0 || (step < this.size && page.total === undefined)) return true;
		const counted = page.total === undefined && this.wanted === Infinity;
		const total = counted ? await this.idiom.countRows?.(this.context) : page.total;
		if (total === undefined) {
			await this.readOneByOne(range, page);
			return true;
		}
		const end = Math.min(total, this.wanted);
		const pages: Array<Promise<Page> | undefined> = [];
		const start = (index: number) => {
			const offset = step * (index + 1);
			if (offset >= end) return;
			const size = this.wanted === Infinity ? step : Math.min(step, end - offset);
			pages[index] = this.fetch(range(offset, size));
			// It is awaited in its turn; a failure before that must not count as unhandled.
			pages[index].catch(() => undefined);
		};
		for (let index = 0; index < windowSize; index++) start(index);
		for (let index = 0; step * (index + 1) < end; index++) {
			const current = await pages[index]!;
			pages[index] = undefined;
			start(index + windowSize);
			const expected = Math.min(step, total - step * (index + 1));
			const changed = current.total !== page.total || current.rows.length !== expected;
			if (changed && this.wanted === Infinity) return false;
			await this.keep(current);
		}
		return !counted || (await this.idiom.countRows?.(this.context)) === total;
	}

	private async readOneByOne(range: NonNullable<Idiom['range']>, firstPage: Page): Promise<void> {
		let offset = firstPage.rows.length;
		let before = JSON.stringify(firstPage.rows[0]);
		for (let count = 0; ; count++) {
			const size = Math.min(this.idiom.pageSize, this.wanted - this.items.length);
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
	private async readCarefully(range: NonNullable<Idiom['range']>): Promise<void> {
		let known = new Set<unknown>();
		let offset = 0;
		for (let count = 0; ; count++) {
			const from = Math.max(0, offset - overlap);
			const page = await this.fetch(range(from, this.idiom.pageSize));
			const limit = 10 + 4 * Math.ceil((page.total ?? 0) / this.idiom.pageSize);
			if (count > limit) this.fail('The list kept changing while it was read');
			const keys = page.rows.map((row) => this.keyOf(row));
			const anchor = keys.findLastIndex((key) => known.has(key));
			if (anchor === -1 && from > 0) {
				offset = Math.max(0, from - this.idiom.pageSize + overlap);
				continue;
			}
			const fresh = page.rows.slice(anchor + 1);
			if (fresh.length > 0) await this.keep(page, fresh);
			const end =
				page.total ?? (page.rows.length < this.idiom.pageSize ? from + page.rows.length : Infinity);
			if (page.rows.length === 0 || from + page.rows.length >= end) return;
			known = new Set(keys);
			offset = from + page.rows.length;
		}
	}
}

const paged = (idiom: Idiom): Sender =>
	inTurn(async function (requestData) {
		const wanted = wantedRows(this);
		const target = await targetOf(this, requestData);
		return await new Reader(this, requestData, target, idiom, wanted).read();
	});

type ListOptions = Pick<Idiom, 'items'> & Partial<Pick<Idiom, 'pageSize' | 'key' | 'steadyOrder'>>;

/** Lists with `limit` and `offset`. */
export const byOffset = ({ pageSize = 300, ...list }: ListOptions): Sender =>
	paged({ ...list, pageSize, overlaps: true, range: (offset, limit) => ({ limit, offset }) });

/** Prism: `limit` and `offset`, or a cursor that starts empty; the number of rows is asked for apart. */
export const byOffsetOrCursor = ({
	pageSize = 300,
	...list
}: ListOptions & Pick<Idiom, 'countRows'>): Sender =>
	paged({
		...list,
		pageSize,
		range: (offset, limit) => ({ limit, offset }),
		first: (limit) => ({ limit, cursor: '' }),
	});

/** Lists with `page`, from 1, and the number of rows that the API puts on a page. */
export const byPage = ({ pageSize = 300, ...list }: ListOptions): Sender =>
	paged({ ...list, pageSize, first: () => ({ page: 1 }) });

/** Lists with `page`, from 1, and `size`. */
export const bySizedPage = ({ pageSize = 50, ...list }: ListOptions): Sender =>
	paged({
		...list,
		pageSize,
		range: (offset, size) =>
			offset === 0
				? { page: 1, size }
				: { page: Math.floor(offset / pageSize) + 1, size: pageSize },
	});

/** Lists whose `next` link carries the cursor, with `limit` where the API takes one. */
export const byCursor = ({ pageSize, ...list }: ListOptions): Sender =>
	paged({
		...list,
		pageSize: pageSize ?? 300,
		first: (limit) => (pageSize === undefined ? {} : { limit }),
	});

/** Lists with `size` and an `after` mark in the `next` link. */
export const byAfter = ({ pageSize = 300, ...list }: ListOptions): Sender =>
	paged({ ...list, pageSize, first: (size) => ({ size }) });

/** Lists without documented paging: all at once, or along `next` should the API ever send one. */
export const byNext = (list: ListOptions): Sender =>
	paged({ ...list, pageSize: 300, first: () => ({}) });
