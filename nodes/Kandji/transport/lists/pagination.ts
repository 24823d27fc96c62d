import type { IDataObject } from 'n8n-workflow';

import type { ApiResponse } from '../http/request';
import type { RetryRule } from '../http/retry';

/** One page of a list, as the API sent it. */
export interface Page {
	rows: IDataObject[];
	/** Number of rows in the full list, where the API returns it. */
	total?: number;
	/**
	 * Query parameters of the next page, empty when there is one but the response does not say how to ask for it. Null
	 * where the API says that this is the last page; undefined where it says nothing.
	 */
	next?: IDataObject | null;
	response: ApiResponse;
}

/** Makes the query for `size` rows starting at row `offset`. */
export type RangeQuery = (offset: number, size: number) => IDataObject;

/** How the API pages one kind of list. Sizes are in rows. */
export interface Pagination {
	/** Largest page that the API returns; Infinity for a list that has no documented pages. */
	pageSize: number;
	/** Path of the rows in the body, such as `results` or `activity.results`; empty for a bare array. */
	items: string;
	/** The query for any rows, where the API supports it. */
	range?: RangeQuery;
	/** True where `range` accepts any offset, not only multiples of the size. */
	overlaps?: boolean;
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

const isRecord = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const asCount = (value: unknown): number | undefined => {
	const count = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof count === 'number' && Number.isInteger(count) && count >= 0 ? count : undefined;
};

/**
 * The number of rows in the full list. The API returns it in a header or under one of several names; where they differ
 * the highest counts, so that nothing is left out.
 */
function totalOf({ headers }: ApiResponse, envelope: IDataObject): number | undefined {
	const counts = [
		headers['x-total-count'],
		envelope.count,
		envelope.total_count,
		envelope.total,
	].flatMap((value) => asCount(value) ?? []);
	return counts.length === 0 ? undefined : Math.max(...counts);
}

/**
 * The query parameters of a `next` link. The rest of the link is ignored: in practice it points to another host, and
 * the token must go to the tenant's API only.
 */
function queryOf(link: unknown): Page['next'] {
	if (link === undefined) return undefined;
	if (link === null || link === '' || link === false) return null;
	if (typeof link !== 'string' || !link.includes('?')) return {};
	const query = link.slice(link.indexOf('?') + 1).split('#', 1)[0];
	return Object.fromEntries(new URLSearchParams(query));
}

/** The query parameters of a cursor. JSON has changed a number that is too large: nobody can send it back. */
function cursorQueryOf(cursor: unknown): Page['next'] {
	if (cursor === undefined) return undefined;
	if (cursor === null || cursor === '' || cursor === false) return null;
	return typeof cursor === 'string' || Number.isSafeInteger(cursor)
		? { cursor: cursor as string }
		: {};
}

/** The query parameters of the `Link` header's next page. Kandji sends `<None>; rel="next"` on every page. */
function linkHeaderQuery(header: unknown): Page['next'] {
	const link = /<([^<>]*)>\s*;[^,<]*\brel="?next\b/i.exec(String(header ?? ''))?.[1];
	return link === undefined || link === 'None' ? undefined : queryOf(link);
}

/**
 * Extracts a page from a response.
 *
 * @returns undefined when the body has no list of records at the expected path
 */
export function readPage(
	response: ApiResponse,
	{ items }: Pick<Pagination, 'items'>,
): Page | undefined {
	const { body, headers } = response;
	const rows = valueAt(body, items);
	if (!Array.isArray(rows) || !rows.every(isRecord)) return undefined;
	const around = valueAt(body, items.split('.').slice(0, -1).join('.'));
	const envelope = isRecord(around) ? around : {};
	const cursor = cursorQueryOf(envelope.cursor);
	const next = queryOf(envelope.next);
	const said = cursor || next || linkHeaderQuery(headers.link);
	return {
		rows,
		total: totalOf(response, envelope),
		next: said || (cursor === null || next === null ? null : undefined),
		response,
	};
}
