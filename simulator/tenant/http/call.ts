import type { FastifyReply, FastifyRequest } from 'fastify';

import { fieldError, notFoundPage } from './errors';

/** A parsed query string: a repeated key becomes a list. */
export type Query = Record<string, string | string[] | undefined>;

/** One request as handlers see it. */
export interface Call {
	/** Path with its query string. */
	url: string;
	params: Record<string, string>;
	query: Query;
	body: unknown;
	request: FastifyRequest;
	reply: FastifyReply;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The last value of a query parameter; missing and blank are undefined, as the API ignores blank filters. */
export function text(query: Query, name: string): string | undefined {
	const value = query[name];
	const last = Array.isArray(value) ? value.at(-1) : value;
	return last === '' ? undefined : last;
}

/** A comma-separated list in the query; undefined when it is missing. */
export function list(query: Query, name: string): string[] | undefined {
	return text(query, name)
		?.split(',')
		.map((part) => part.trim())
		.filter((part) => part !== '');
}

/** `true` or `false` in the query in any case; anything else is ignored. */
export function flag(query: Query, name: string): boolean | undefined {
	const value = text(query, name)?.toLowerCase();
	return value === 'true' ? true : value === 'false' ? false : undefined;
}

/** A path parameter that must be a UUID: the API answers anything else with its HTML page. */
export function uuidParam(call: Call, name: string): string {
	const value = call.params[name] ?? '';
	if (!UUID.test(value)) throw notFoundPage();
	return value.toLowerCase();
}

/** A positive integer in the query, at least `min`; anything else is ignored, as the API does. */
export function count(query: Query, name: string, min: number): number | undefined {
	const value = text(query, name);
	const number = value !== undefined && /^\d+$/.test(value) ? Number(value) : NaN;
	return number >= min ? number : undefined;
}

/** As {@link count}, rejected above `max` with the API's message. */
export function countUpTo(
	query: Query,
	name: string,
	min: number,
	max: number,
): number | undefined {
	const value = count(query, name, min);
	if (value !== undefined && value > max) {
		throw fieldError(name, `Ensure this value is less than or equal to ${max}.`);
	}
	return value;
}
