import { timeOf } from '../dates';
import { digest } from '../digest';
import type { DeviceEvent, Row, TriggerEvent } from '../events';
import type { DeviceRecord, WatchedField } from './record';
import { deviceId, flag, flagFields, hashedFields, tickTime } from './record';
import type { DeviceSettings } from './deviceSettings';

/** A device then and now. */
export interface DeviceComparison {
	/** Undefined when the device is new. */
	before?: DeviceRecord;
	now: DeviceRecord;
	row: Row;
	/** The server's time, in ms. */
	time: number;
	/** Tells this poll's events from those of others. */
	pollId: string;
}

/** An event with the time in ms at which it happened, as far as the device tells. */
export interface TimedEvent {
	time: number;
	event: TriggerEvent;
}

/** What a detector found; the record is the API's when left out. */
interface Finding {
	/** What tells this event of the device from others of its kind. */
	idSuffix: string;
	time: number;
	details?: Row;
	record?: Row;
}

const dayMs = 86_400_000;

/** How far in ms a device's date may be ahead of the server's time before it is not believed. */
const skewMs = 300_000;

const has = (record: DeviceRecord | undefined, bit: number): boolean =>
	record !== undefined && (record.flags & bit) !== 0;

/** True when a date moved on. From one in the future, which a wrong clock made, any step is on. */
function movedOn(before: unknown, now: unknown, time: number): boolean {
	if (typeof before !== 'number' || typeof now !== 'number' || now === 0) return false;
	return now > before || (now !== before && tickTime(before) > time + skewMs);
}

/** The last sign of life: the last check-in, or the enrollment of a device that never checked in. */
const lastSeen = (row: Row): number | undefined =>
	timeOf(row.last_check_in) ?? timeOf(row.last_enrollment) ?? timeOf(row.first_enrollment);

/** Whole days since a device's last sign of life; undefined when it never gave one. */
export function daysNotSeen(row: Row, time: number): number | undefined {
	const seen = lastSeen(row);
	return seen === undefined ? undefined : Math.floor((time - seen) / dayMs);
}

/** True for a device that has been silent for the days that the user waits for. */
export const isSilent = ({ days }: DeviceSettings, row: Row, time: number): boolean =>
	row.is_removed !== true && (daysNotSeen(row, time) ?? -1) >= days;

/** The watched fields that differ, by their API names. */
function changedFields(
	before: DeviceRecord,
	now: DeviceRecord,
	watched: readonly WatchedField[],
): WatchedField[] {
	const hashed = hashedFields.filter(
		(field) => before.values[field] !== undefined && before.values[field] !== now.values[field],
	);
	const flags = flagFields.filter((field) => has(before, flag[field]) !== has(now, flag[field]));
	return [...hashed, ...flags].filter((field) => watched.includes(field)).sort();
}

const checkInTime = (row: Row): number => timeOf(row.last_check_in) ?? 0;
const enrollmentTime = (row: Row): number => timeOf(row.last_enrollment) ?? 0;

type Detector = (comparison: DeviceComparison, settings: DeviceSettings) => Finding | undefined;

const detectors: Record<DeviceEvent, Detector> = {
	deviceEnrolled({ before, now, row, pollId }) {
		const isOwed = has(before, flag.initialEventPending);
		if ((before !== undefined && !isOwed) || has(now, flag.is_removed)) return undefined;
		return { idSuffix: isOwed ? 'existing' : pollId, time: enrollmentTime(row) };
	},

	deviceReEnrolled({ before, now, row, time }) {
		const was = before?.values.last_enrollment;
		if (was === 0 || !movedOn(was, now.values.last_enrollment, time)) return undefined;
		return { idSuffix: String(enrollmentTime(row)), time: enrollmentTime(row) };
	},

	deviceChanged({ before, now, row, pollId }, { watchedFields }) {
		if (before === undefined) return undefined;
		const changed_fields = changedFields(before, now, watchedFields);
		if (changed_fields.length === 0) return undefined;
		const state = digest(JSON.stringify([now.flags, now.values]), 4);
		return { idSuffix: `${pollId}-${state}`, time: checkInTime(row), details: { changed_fields } };
	},

	deviceCheckedIn({ before, now, row, time }) {
		const was = before === undefined ? 0 : before.values.last_check_in;
		if (!movedOn(was, now.values.last_check_in, time)) return undefined;
		return { idSuffix: String(checkInTime(row)), time: checkInTime(row) };
	},

	deviceNotSeen({ before, now, row, time }) {
		const was = before?.values.last_check_in ?? now.values.last_check_in;
		const isSameSilence = has(before, flag.silent) && was === now.values.last_check_in;
		if (!has(now, flag.silent) || isSameSilence) return undefined;
		const details = { days_not_seen: daysNotSeen(row, time) };
		return { idSuffix: String(lastSeen(row)), time: checkInTime(row), details };
	},

	deviceRemoved({ before, now, row, pollId }) {
		if (before === undefined || has(before, flag.is_removed) || !has(now, flag.is_removed)) {
			return undefined;
		}
		const { device_id, serial_number } = row;
		return { idSuffix: pollId, time: checkInTime(row), record: { device_id, serial_number } };
	},
};

function timed(name: DeviceEvent, id: string, row: Row, finding: Finding): TimedEvent {
	const { idSuffix: sign, time, details, record = row } = finding;
	const event_id = `${name}:${deviceId(id)}:${sign}`;
	return { time, event: { event: name, event_id, ...(details && { details }), record } };
}

/** The event for a device that was there at activation, when the user wants those. */
export function initialEvents({ now, row }: DeviceComparison): TimedEvent[] {
	if (!has(now, flag.matches) || has(now, flag.is_removed)) return [];
	const finding = { idSuffix: 'existing', time: enrollmentTime(row) };
	return [timed('deviceEnrolled', now.id, row, finding)];
}

/** What happened to a device that was seen, of the things that the user wants to know. */
export function eventsOf(settings: DeviceSettings, comparison: DeviceComparison): TimedEvent[] {
	const events: TimedEvent[] = [];
	for (const event of settings.events) {
		const isConcerned =
			has(comparison.now, flag.matches) ||
			(event === 'deviceRemoved' && has(comparison.before, flag.matches));
		const finding = isConcerned ? detectors[event](comparison, settings) : undefined;
		if (finding !== undefined)
			events.push(timed(event, comparison.now.id, comparison.row, finding));
	}
	return events;
}

/** What to tell of a device that is gone. */
export function removalEvents(
	settings: DeviceSettings,
	before: DeviceRecord,
	pollId: string,
): TimedEvent[] {
	if (!settings.events.has('deviceRemoved')) return [];
	if (!has(before, flag.matches) || has(before, flag.is_removed)) return [];
	const serial_number = before.values.serial_number ?? null;
	const record = { device_id: deviceId(before.id), serial_number };
	const time = tickTime(Number(before.values.last_check_in ?? 0));
	return [timed('deviceRemoved', before.id, record, { idSuffix: pollId, time })];
}
