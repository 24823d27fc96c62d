import type { IDataObject } from 'n8n-workflow';

import { timeOf } from '../../shared/time';
import { serialKeyOf } from '../../transport/routing/matching';
import { digest } from '../digest';
import type { Row } from '../row';

/** Fields that Device Changed can watch and that are stored in a column: the API's name, and the editor's. */
const columnFields = {
	agent_version: 'Agent Version',
	asset_tag: 'Asset Tag',
	blueprint_id: 'Blueprint',
	device_name: 'Name',
	lost_mode_status: 'Lost Mode',
	os_version: 'OS Version',
	tags: 'Tags',
	user: 'User',
} as const;

type ColumnField = keyof typeof columnFields;

/** Columns that are stored to be shown in `changes` and are not compared: a blueprint that is renamed is the same. */
type ShownColumn = 'blueprint_name' | 'user_email';

/** Fields that Device Changed can watch and that are stored as a bit of {@link DeviceRecord.flags}. */
const flagFields = { is_missing: 'Missing', is_removed: 'Removed' } as const;

type FlagField = keyof typeof flagFields;

/** A field that Device Changed can watch, by its API name. */
export type WatchedField = ColumnField | FlagField;

/** What the editor calls the fields that Device Changed can watch. */
export const watchedFieldNames: Record<WatchedField, string> = { ...columnFields, ...flagFields };

/** All fields that Device Changed can watch. */
export const watchedFields = Object.keys(watchedFieldNames) as WatchedField[];

/** Whether a field is stored as a bit, with every device, and needs no column. */
export const isWatchedFlag = (field: WatchedField): field is FlagField => field in flagFields;

const watchedFlags = watchedFields.filter(isWatchedFlag);

/** What can be stored of a device besides its id and flags. */
export type Column =
	'last_check_in' | 'last_enrollment' | 'serial_number' | ColumnField | ShownColumn;

const shownColumns: Partial<Record<ColumnField, Array<ColumnField | ShownColumn>>> = {
	blueprint_id: ['blueprint_id', 'blueprint_name'],
	user: ['user_email'],
};

/** The columns with what `changes` shows of a watched field. */
export const shownColumnsOf = (field: ColumnField): Array<ColumnField | ShownColumn> =>
	shownColumns[field] ?? [field];

/** Bits of {@link DeviceRecord.flags}. */
export const flag = {
	is_removed: 1,
	is_missing: 2,
	/** The device passed the filters when it was last seen. */
	matches: 4,
	/** It had not checked in for the days of Device Not Seen, and that was reported or needs no report. */
	inactive: 8,
	/** It existed at activation, and its Device Enrolled event is still to be emitted. */
	initialEventPending: 16,
	/** Another record has its serial number and was emitted as enrolled: no event when this one goes. */
	replaced: 32,
} as const;

/** The name of a flag. */
export type FlagName = keyof typeof flag;

/** What is stored of one device from one poll to the next. */
export interface DeviceRecord {
	/** The UUID's 32 digits. */
	id: string;
	flags: number;
	/** By column: a {@link tick}, the hash of a user's ID, or a text. */
	values: Partial<Record<Column, number | string>>;
}

/** Whether a flag is set; false for a device that was not known. */
export const hasFlag = (record: DeviceRecord | undefined, name: FlagName): boolean =>
	record !== undefined && (record.flags & flag[name]) !== 0;

/** The devices of a tenant, by {@link DeviceRecord.id}. */
export type Fleet = Map<string, DeviceRecord>;

/**
 * Bytes of the hash of a user's ID, which would be the longest part of a record. With three, one change of user in 16
 * million has the hash of the old one and is missed.
 */
const hashBytes = 3;

/** The unit of stored times, in ms; no device checks in twice within one. */
const tickMs = 10;

/** The latest time that fits into five bytes, in the year 2318. */
const lastTick = 2 ** 40 - 1;

/** A date of the API in the unit of stored times; 0 when there is none. */
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

/** The serial number of a record in the form in which serial numbers are compared; '' when there is none. */
export const serialOfRow = ({ serial_number }: Row): string =>
	serialKeyOf({ serial_number } as IDataObject);

const textOf = (value: unknown): string => String(value ?? '');

function valueOf(row: Row, column: Column): number | string {
	if (column === 'last_check_in' || column === 'last_enrollment') return tick(row[column]);
	if (column === 'tags') {
		// The API lists them in any order.
		return Array.isArray(row.tags) ? row.tags.map(String).sort().join('\n') : '';
	}
	const user = row.user as Row | null | undefined;
	if (column === 'user') return parseInt(digest(textOf(user?.id), hashBytes), 16);
	if (column === 'user_email') return textOf(user?.email);
	return textOf(row[column]);
}

/** What is stored of a row of the device list. */
export function recordOf(
	id: string,
	row: Row,
	columns: readonly Column[],
	matches: boolean,
): DeviceRecord {
	let flags = matches ? flag.matches : 0;
	for (const field of watchedFlags) if (row[field] === true) flags |= flag[field];
	const values: DeviceRecord['values'] = {};
	for (const column of columns) values[column] = valueOf(row, column);
	return { id, flags, values };
}
