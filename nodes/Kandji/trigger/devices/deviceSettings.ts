import type { DeviceEvent, Row } from '../events';
import type { Column, WatchedField } from './record';
import { hashedFields } from './record';

/** What a user wants to know of the devices. */
export interface DeviceSettings {
	events: ReadonlySet<DeviceEvent>;
	/** Fields that Device Changed looks at. */
	watchedFields: readonly WatchedField[];
	/** Days without a check-in that Device Not Seen waits for. */
	days: number;
	/** Emits the devices that are there at activation, as enrolled. */
	emitExisting: boolean;
	/** Keeps the serial number of every device, for the day on which it is gone. */
	keepSerialNumbers: boolean;
	/** The filters. */
	matches: (row: Row) => boolean;
}

/** What must be kept of every device for these events. */
export function columnsFor({ events, watchedFields, keepSerialNumbers }: DeviceSettings): Column[] {
	const columns: Column[] = [];
	if (events.has('deviceCheckedIn') || events.has('deviceNotSeen')) columns.push('last_check_in');
	if (events.has('deviceReEnrolled')) columns.push('last_enrollment');
	if (events.has('deviceChanged')) {
		columns.push(...hashedFields.filter((field) => watchedFields.includes(field)));
	}
	if (events.has('deviceRemoved') && keepSerialNumbers) columns.push('serial_number');
	return columns;
}
