import { timeOf } from '../dates';
import { digest } from '../digest';
import type { Row } from '../events';

/** Fields of a device whose values are kept as hashes, by their API names. */
export const hashedFields = [
	'agent_version',
	'asset_tag',
	'blueprint_id',
	'device_name',
	'lost_mode_status',
	'os_version',
	'tags',
	'user',
] as const;

export type HashedField = (typeof hashedFields)[number];

/** Fields of a device that are kept as one bit each. */
export const flagFields = ['is_missing', 'is_removed'] as const;

export type FlagField = (typeof flagFields)[number];

/** The fields that Device Changed can watch. */
export type WatchedField = HashedField | FlagField;

/** What is kept of every device besides its id and flags. */
export type Column = 'last_check_in' | 'last_enrollment' | HashedField | 'serial_number';

/** Bits of {@link DeviceRecord.flags}. */
export const flag = {
	is_removed: 1,
	is_missing: 2,
	/** The device passed the filters when it was last seen. */
	matches: 4,
	/** It has not checked in for the days of Device Not Seen. */
	silent: 8,
	/** It was there at activation and is still to be emitted. */
	initialEventPending: 16,
} as const;

/** What is known of one device since the last poll. */
export interface DeviceRecord {
	/** The UUID's 32 digits. */
	id: string;
	flags: number;
	/** By column: a {@link tick}, a hash, or the serial number. */
	values: Partial<Record<Column, number | string>>;
}

/** What a trigger knows of the tenant's devices, by {@link DeviceRecord.id}. */
export type Fleet = Map<string, DeviceRecord>;

/** Bytes of a hash: one change in 16 million would go unseen. */
export const hashBytes = 3;

/** Milliseconds in the unit that times are kept in; a device never checks in twice in one. */
const tickMs = 10;

/** The latest time that fits into five bytes, in the year 2318. */
const lastTick = 2 ** 40 - 1;

/** A date of the API in the unit that is kept; 0 when there is none. */
export function tick(date: unknown): number {
	const time = timeOf(date);
	return time === undefined ? 0 : Math.min(lastTick, Math.max(1, Math.floor(time / tickMs)));
}

/** A {@link tick} in milliseconds since 1970. */
export const tickTime = (ticks: number): number => ticks * tickMs;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The key of a device in a {@link Fleet}; undefined when the row has no UUID. */
export function fleetId(row: Row): string | undefined {
	const id = String(row.device_id).toLowerCase();
	return uuid.test(id) ? id.replaceAll('-', '') : undefined;
}

/** The `device_id` of a key in a {@link Fleet}. */
export const deviceId = (id: string): string =>
	id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

/** A field's value as a text that is the same for the same value: `user` and `tags` have several forms. */
function textOf(row: Row, field: HashedField): string {
	const value = row[field];
	if (field === 'tags') return Array.isArray(value) ? [...value].map(String).sort().join('\n') : '';
	if (field === 'user') return String((value as Row | null | undefined)?.id ?? '');
	return String(value ?? '');
}

function valueOf(row: Row, column: Column): number | string {
	if (column === 'last_check_in' || column === 'last_enrollment') return tick(row[column]);
	if (column === 'serial_number') return String(row.serial_number ?? '');
	return parseInt(digest(textOf(row, column), hashBytes), 16);
}

/** What is kept of a row of `GET /devices`. */
export function recordOf(
	id: string,
	row: Row,
	columns: readonly Column[],
	matches: boolean,
): DeviceRecord {
	let flags = matches ? flag.matches : 0;
	for (const field of flagFields) if (row[field] === true) flags |= flag[field];
	const values: DeviceRecord['values'] = {};
	for (const column of columns) values[column] = valueOf(row, column);
	return { id, flags, values };
}
