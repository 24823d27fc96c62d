import type { IDataObject } from 'n8n-workflow';

import { timeOf } from '../time';

/** API fields that have a date: `created_at`, `date_requested`, `last_check_in`, `access_token_expiry`. */
const dateField =
	/(?:^|_)(?:at|date|datetime|time|timestamp|expires|expiry|expiration|created|updated|modified|scheduled)(?:_|$)|(?:^|_)(?:first|last|latest|next)_|_on$/;

/** API fields that have a text, whatever is before it: `updated_by`, `last_audit_log`, `last_user`. */
const textField = /(?:^|_)(?:by|id|log|name|note|status|text|user|version)$/;

const isDateField = (name: string): boolean => dateField.test(name) && !textField.test(name);

/** A day without a time stays one: it is no moment. */
const day = /^\d{4}-\d\d-\d\d$/;

/** Objects below this depth are left as they are. */
const maxDepth = 100;

/** A date of the API as ISO 8601 in UTC; another text, and a day without a time, as it is. */
export function isoDate(value: string): string {
	const time = day.test(value) ? undefined : timeOf(value);
	if (time === undefined) return value;
	// The API has microseconds; a `Date` would lose them.
	const [fraction = ''] = /\.\d+/.exec(value) ?? [];
	return new Date(time).toISOString().replace(/\.\d+/, fraction);
}

function isoDatesIn(value: unknown, name: string, depth: number): unknown {
	if (typeof value === 'string') return isDateField(name) ? isoDate(value) : value;
	if (typeof value !== 'object' || value === null || depth > maxDepth) return value;
	if (Array.isArray(value)) return value.map((entry) => isoDatesIn(entry, '', depth + 1));
	return Object.fromEntries(
		Object.entries(value).map(([path, field]) => {
			// Selected fields have a path as their key.
			const key = path.slice(path.lastIndexOf('.') + 1);
			return [path, isoDatesIn(field, key, depth + 1)];
		}),
	);
}

/**
 * A record of the API with its dates as ISO 8601 in UTC: `2026-07-23T14:11:37.150080Z`. A day without a time is kept,
 * and so is any text that does not stand in a field for dates.
 */
export const withIsoDates = (record: IDataObject): IDataObject =>
	isoDatesIn(record, '', 0) as IDataObject;
