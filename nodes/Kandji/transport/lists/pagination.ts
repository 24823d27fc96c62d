import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';

import type { ApiResponse } from '../http/request';
import type { RetryRule } from '../http/retry';

/** One page of a list as the API sent it. */
export interface Page {
	rows: IDataObject[];
	/** Number of rows in the whole list, where the API tells it. */
	total?: number;
	/** Query parameters of the page after this one, where the API tells them; null at the end. */
	next?: IDataObject | null;
	response: ApiResponse;
}

/** How one kind of list is read. Sizes count rows. */
export interface Pagination {
	/** Most rows that one request returns. */
	pageSize: number;
	/** Where the rows are in the body, such as `results` or `activity.results`; empty for a bare array. */
	items: string;
	/** Query for `size` rows from row `offset` on, where the API takes such a query. */
	range?: (offset: number, size: number) => IDataObject;
	/** True where `range` takes any row number, not only the first of a page. */
	overlaps?: boolean;
	/** Asks for the number of rows where the list's own answers do not tell it; undefined when it cannot be told. */
	countRows?: (context: IExecutePaginationFunctions) => Promise<number | undefined>;
	/** Query of the first page; what comes after it is in each page's `next`. */
	first?: (size: number) => IDataObject;
	/** Query that keeps rows in place while the list is read page by page, unless the user sorts. */
	steadyOrder?: IDataObject;
	/** The field that tells rows apart. */
	key?: string;
	/** When a page may be asked for again beyond the defaults. */
	retry?: RetryRule;
}

/** The value at a dotted path, or `body` itself for an empty path. */
export const valueAt = (body: unknown, path: string): unknown =>
	path === ''
		? body
		: path
				.split('.')
				.reduce<unknown>((value, key) => (value as IDataObject | undefined)?.[key], body);

const asCount = (value: unknown): number | undefined => {
	const count = typeof value === 'string' && value !== '' ? Number(value) : value;
	return typeof count === 'number' && Number.isInteger(count) && count >= 0 ? count : undefined;
};

/**
 * The query string of a `next` link as parameters. Of the link nothing else is used: it points at another
 * host in practice, and the token goes to the tenant's API only.
 */
function queryOf(link: unknown): IDataObject | null {
	if (typeof link !== 'string' || !link.includes('?')) return null;
	const query = new URLSearchParams(link.slice(link.indexOf('?') + 1));
	return Object.fromEntries(query);
}

/**
 * Reads a page out of an answer.
 *
 * @returns undefined when the answer holds no list at the pagination's place
 */
export function readPage(response: ApiResponse, { items }: Pagination): Page | undefined {
	const { body, headers } = response;
	const rows = valueAt(body, items);
	if (!Array.isArray(rows)) return undefined;
	const envelope = (valueAt(body, items.split('.').slice(0, -1).join('.')) ?? {}) as IDataObject;
	const total = asCount(
		headers['x-total-count'] ?? envelope.count ?? envelope.total_count ?? envelope.total,
	);
	return {
		rows: rows as IDataObject[],
		total,
		next: envelope.cursor ? { cursor: envelope.cursor } : queryOf(envelope.next),
		response,
	};
}
