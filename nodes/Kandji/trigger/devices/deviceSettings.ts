import type { DeviceEvent } from '../events';
import { deviceEvents } from '../events';
import type { Row } from '../row';
import type { Column, WatchedField } from './record';
import { isWatchedFlag, shownColumnsOf } from './record';

/** The node's parameters for device events. */
export interface DeviceSettings {
	events: ReadonlySet<DeviceEvent>;
	/** Fields that Device Changed compares. */
	watchedFields: readonly WatchedField[];
	/** Days without a check-in until Device Not Seen. */
	days: number;
	/** Emits the devices that exist at activation, as enrolled. */
	emitExisting: boolean;
	/** Stores the serial number of every device, for Device Removed. */
	keepSerialNumbers: boolean;
	/** Whether a device that starts to pass the filters counts as enrolled, or as not seen, at that time. */
	startsToMatch: boolean;
	/** The filters. */
	matches: (row: Row) => boolean;
}

/** What must be stored of every device for the chosen events. */
export function columnsFor({ events, watchedFields, keepSerialNumbers }: DeviceSettings): Column[] {
	const columns = new Set([...events].flatMap((event): Column[] => deviceEvents[event].columns));
	if (events.has('deviceChanged')) {
		for (const field of watchedFields) {
			if (isWatchedFlag(field)) continue;
			for (const column of [field, ...shownColumnsOf(field)]) columns.add(column);
		}
	}
	if (events.has('deviceRemoved') && keepSerialNumbers) columns.add('serial_number');
	return [...columns];
}
