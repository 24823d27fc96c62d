import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';

import type { ApiResponse } from '../http/request';
import type { RetryRule } from '../http/retry';

/** One page of a list, as the API sent it. */
export interface Page {
	rows: IDataObject[];
	/** Number of rows in the full list, where the API returns it. */
	total?: number;
	/** Query parameters of the next page, where the API returns them; null at the end. */
	next?: IDataObject | null;
	response: ApiResponse;
}

/** How the API pages one kind of list. Sizes are in rows. */
export interface Pagination {
	/** Largest page that the API returns. */
	pageSize: number;
	/** Path of the rows in the body, such as `results` or `activity.results`; empty for a bare array. */
	items: string;
	/** Query for `size` rows starting at row `offset`, where the API supports it. */
	range?: (offset: number, size: number) => IDataObject;
	/** True where `range` accepts any offset, not only multiples of the page size. */
	overlaps?: boolean;
	/** Requests the number of rows where the pages do not contain it; undefined when it is not available. */
	countRows?: (context: IExecutePaginationFunctions) => Promise<number | undefined>;
	/** Query of the first page; each page's `next` leads to the one after it. */
	first?: (size: number) => IDataObject;
	/** Query that keeps the order of rows stable during the read, unless the user sorts. */
	steadyOrder?: IDataObject;
	/** The field that identifies a row. */
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
 * The query parameters of a `next` link. The rest of the link is ignored: in practice it points to another host, and
 * the token must go to the tenant's API only.
 */
function queryOf(link: unknown): IDataObject | null {
	if (typeof link !== 'string' || !link.includes('?')) return null;
	const query = new URLSearchParams(link.slice(link.indexOf('?') + 1));
	return Object.fromEntries(query);
}

/**
 * Extracts a page from a response.
 *
 * @returns undefined when the body has no list at the expected path
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
