import type { z } from 'zod';

import type { Call } from './call';
import { ApiError, detail } from './errors';

type Kind = 'application/json' | 'application/x-www-form-urlencoded' | 'multipart/form-data';

/** Refuses a body of another content type with 415, as the API's framework does. */
export function requireType(call: Call, kind: Kind): void {
	const sent = (call.request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
	if (sent !== kind) throw detail(415, `Unsupported media type "${sent}" in request.`);
}

/** The JSON body checked against `schema`; anything it does not name is refused as `{"field": ["…"]}`. */
export function json<T extends z.ZodTypeAny>(call: Call, schema: T): z.output<T> {
	if (call.body !== undefined) requireType(call, 'application/json');
	return check(call.body ?? {}, schema);
}

/** A form-urlencoded body checked against `schema`. */
export function form<T extends z.ZodTypeAny>(call: Call, schema: T): z.output<T> {
	requireType(call, 'application/x-www-form-urlencoded');
	return check({ ...(call.body as Record<string, unknown>) }, schema);
}

/** Any value checked against `schema`, refused in the API's form. */
export function check<T extends z.ZodTypeAny>(value: unknown, schema: T): z.output<T> {
	const result = schema.safeParse(value);
	if (result.success) return result.data as z.output<T>;
	const body: Record<string, string[]> = {};
	for (const issue of result.error.issues) {
		const fields =
			issue.code === 'unrecognized_keys'
				? issue.keys
				: [String(issue.path[0] ?? 'non_field_errors')];
		const missing = issue.code === 'invalid_type' && issue.received === 'undefined';
		for (const field of fields) {
			body[field] = [
				...(body[field] ?? []),
				issue.code === 'unrecognized_keys'
					? 'Unknown field.'
					: missing
						? 'This field is required.'
						: issue.message,
			];
		}
	}
	throw new ApiError(400, body);
}
