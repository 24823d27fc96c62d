import type { IDataObject } from 'n8n-workflow';

import type { Column, DeviceRecord, WatchedField } from './record';
import { hasFlag, isWatchedFlag, shownColumnsOf } from './record';

/** A value that changed, as an event shows it. */
export interface Change extends IDataObject {
	/** The API's name, or `blueprint_name` and `user_email`. */
	field: string;
	/** Null where there was none. */
	from: string | string[] | boolean | null;
	to: string | string[] | boolean | null;
}

function shown({ values }: DeviceRecord, column: Column): string | string[] | null {
	const text = String(values[column] ?? '');
	if (column === 'tags') return text === '' ? [] : text.split('\n');
	return text === '' ? null : text;
}

/**
 * What watched fields of a device were and are.
 *
 * @returns one entry for each field, for a blueprint its ID and its name, and for a user the email
 */
export function changesBetween(
	before: DeviceRecord,
	now: DeviceRecord,
	fields: readonly WatchedField[],
): Change[] {
	return fields.flatMap((field): Change[] => {
		if (isWatchedFlag(field)) {
			return [{ field, from: hasFlag(before, field), to: hasFlag(now, field) }];
		}
		return shownColumnsOf(field).map((column) => ({
			field: column,
			from: shown(before, column),
			to: shown(now, column),
		}));
	});
}
