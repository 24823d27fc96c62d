import { count, countUpTo, text, type Call } from './call';
import { detail } from './errors';

/** Vendor examples point `next` at the web host, so this one does: the token must not go there. */
export const WEB_HOST = 'https://acme.kandji.io';

/** The rows that pages are taken from: an array, or rows that are generated on demand. */
export interface Rows<T> {
	length: number;
	slice(start: number, end: number): readonly T[];
}

/** The body of most lists. */
export interface Envelope<T> {
	count: number;
	next: string | null;
	previous: string | null;
	results: readonly T[];
}

/** How a list handles `limit`: `max` is also the default; a higher value is an error with `refuse`, and capped otherwise. */
export interface LimitRule {
	max: number;
	default?: number;
	refuse?: boolean;
}

/** The request's own URL on the web host with some parameters replaced; undefined removes one. */
export function link(call: Call, change: Record<string, string | number | undefined>): string {
	const url = new URL(call.url, WEB_HOST);
	for (const [name, value] of Object.entries(change)) {
		if (value === undefined) url.searchParams.delete(name);
		else url.searchParams.set(name, String(value));
	}
	return url.href;
}

/** `limit` and `offset` of a request. */
export function window(call: Call, rule: LimitRule): { limit: number; offset: number } {
	const asked = rule.refuse
		? countUpTo(call.query, 'limit', 1, rule.max)
		: count(call.query, 'limit', 1);
	return {
		limit: Math.min(asked ?? rule.default ?? rule.max, rule.max),
		offset: count(call.query, 'offset', 0) ?? 0,
	};
}

/** `next` and `previous` of an offset list. */
export function offsetLinks(
	call: Call,
	{ limit, offset }: { limit: number; offset: number },
	total: number,
): { next: string | null; previous: string | null } {
	const before = offset - limit;
	return {
		next: offset + limit < total ? link(call, { limit, offset: offset + limit }) : null,
		previous: offset > 0 ? link(call, { limit, offset: before > 0 ? before : undefined }) : null,
	};
}

/** One page by `limit` and `offset`, as `{count,next,previous,results}`. */
export function byOffset<T>(call: Call, rows: Rows<T>, rule: LimitRule): Envelope<T> {
	const { limit, offset } = window(call, rule);
	return {
		count: rows.length,
		...offsetLinks(call, { limit, offset }, rows.length),
		results: rows.slice(offset, offset + limit),
	};
}

/** One page by `page`, as `{count,next,previous,results}`; a page past the end is a 404, as in the API's framework. */
export function byPage<T>(call: Call, rows: Rows<T>, size = 300): Envelope<T> {
	const asked = text(call.query, 'page') ?? '1';
	const page = /^\d+$/.test(asked) ? Number(asked) : 0;
	const pages = Math.max(1, Math.ceil(rows.length / size));
	if (page < 1 || page > pages) throw detail(404, 'Invalid page.');
	return {
		count: rows.length,
		next: page < pages ? link(call, { page: page + 1 }) : null,
		previous: page > 1 ? link(call, { page: page > 2 ? page - 1 : undefined }) : null,
		results: rows.slice((page - 1) * size, page * size),
	};
}

/** A list that takes `page`, or `limit` and `offset`. */
export function byPageOrOffset<T>(call: Call, rows: Rows<T>): Envelope<T> {
	const offset = text(call.query, 'limit') ?? text(call.query, 'offset');
	return offset === undefined ? byPage(call, rows) : byOffset(call, rows, { max: 300 });
}

/** One page by `page` and `size`, as `{total,page,size,results}`. */
export function byPageAndSize<T>(
	call: Call,
	rows: Rows<T>,
	max: number,
): { total: number; page: number; size: number; results: readonly T[] } {
	const size = countUpTo(call.query, 'size', 1, max) ?? max;
	const page = count(call.query, 'page', 1) ?? 1;
	return { total: rows.length, page, size, results: rows.slice((page - 1) * size, page * size) };
}

/** Cursors are opaque to clients: base64 of what the server needs to continue. */
export const encodeCursor = (value: string): string => Buffer.from(value).toString('base64');
export const decodeCursor = (cursor: string): string => Buffer.from(cursor, 'base64').toString();
