import { timeOf } from '../../shared/time';
import { digest } from '../digest';
import type { Row } from '../row';
import { changesBetween } from './changes';
import type { DeviceRecord, WatchedField } from './record';
import { hasFlag, isWatchedFlag, tickTime, watchedFields } from './record';

/** A device at the last poll and now. */
export interface DeviceComparison {
	/** Undefined for a device that was not known. */
	before?: DeviceRecord;
	now: DeviceRecord;
	row: Row;
	/** The server's time, in ms. */
	time: number;
	/** Identifies the poll in event ids. */
	pollId: string;
	/** The fields that Device Changed compares. */
	watchedFields: readonly WatchedField[];
	/** Whether a device that starts to pass the filters counts as enrolled. */
	startsToMatch: boolean;
}

/** What a detector found. */
export interface Finding {
	/** The end of the event id: unique among the device's events of this kind. */
	idSuffix: string;
	/** The closest known time of the event, in ms: events are emitted in this order. */
	time: number;
	details?: Row;
	/** Replaces the API's record in the event. */
	record?: Row;
}

/** Decides whether one kind of event happened to a device. */
export type Detector = (comparison: DeviceComparison) => Finding | undefined;

const dayMs = 86_400_000;

/** How far, in ms, a device's clock may be ahead of the server's before its date is ignored. */
const skewMs = 300_000;

/** Whether a device that goes counts as removed: it was managed, and no other record has replaced it. */
export const countsAsRemovedWhenGone = (before: DeviceRecord | undefined): boolean =>
	before !== undefined && !hasFlag(before, 'is_removed') && !hasFlag(before, 'replaced');

/** Whether a date moved on. If the old date is in the future, from a wrong clock, every other date counts. */
function movedOn(before: unknown, now: unknown, time: number): boolean {
	if (typeof before !== 'number' || typeof now !== 'number' || now === 0) return false;
	return now > before || (now !== before && tickTime(before) > time + skewMs);
}

/** When a device enrolled, in ms; undefined when its record does not tell. */
export const enrollmentOf = (row: Row): number | undefined =>
	timeOf(row.last_enrollment) ?? timeOf(row.first_enrollment);

/** The time of the last check-in, or of the enrollment of a device that never checked in. */
const lastSeen = (row: Row): number | undefined => timeOf(row.last_check_in) ?? enrollmentOf(row);

/** Full days since a device was last seen; undefined when it never was. */
export function daysNotSeen(row: Row, time: number): number | undefined {
	const seen = lastSeen(row);
	return seen === undefined ? undefined : Math.floor((time - seen) / dayMs);
}

/** Whether a managed device has not been seen for at least so many days. */
export const isInactive = (row: Row, days: number, time: number): boolean =>
	row.is_removed !== true && (daysNotSeen(row, time) ?? -1) >= days;

/** The watched fields whose values differ, by their API names. A value that was not stored is not compared. */
function changedFields({ before, now, watchedFields: watched }: DeviceComparison): WatchedField[] {
	const differs = (field: WatchedField): boolean => {
		if (isWatchedFlag(field)) return hasFlag(before, field) !== hasFlag(now, field);
		const was = before?.values[field];
		return was !== undefined && was !== now.values[field];
	};
	return watchedFields.filter((field) => watched.includes(field) && differs(field)).sort();
}

const checkInTime = (row: Row): number => timeOf(row.last_check_in) ?? 0;
const enrollmentTime = (row: Row): number => timeOf(row.last_enrollment) ?? 0;

/** Device Enrolled for a device that existed at activation. */
export const existing = ({ row }: DeviceComparison): Finding => ({
	idSuffix: 'existing',
	time: enrollmentTime(row),
});

/**
 * Device Enrolled: a device that was not known, that existed at activation and is still to be emitted, or that did not
 * pass the filters before.
 */
export const enrolled: Detector = (comparison) => {
	const { before, now, row, pollId, startsToMatch } = comparison;
	if (hasFlag(now, 'is_removed')) return undefined;
	if (hasFlag(before, 'initialEventPending')) return existing(comparison);
	if (before === undefined) return { idSuffix: pollId, time: enrollmentTime(row) };
	if (!startsToMatch || hasFlag(before, 'matches')) return undefined;
	return { idSuffix: pollId, time: checkInTime(row), details: { started_to_match: true } };
};

/** Device Re-Enrolled: the date of the last enrollment moved on. */
export const reEnrolled: Detector = ({ before, now, row, time }) => {
	const was = before?.values.last_enrollment;
	if (was === 0 || !movedOn(was, now.values.last_enrollment, time)) return undefined;
	return { idSuffix: String(enrollmentTime(row)), time: enrollmentTime(row) };
};

/** Device Changed: watched fields differ. */
export const changed: Detector = (comparison) => {
	const { before, now, row, pollId } = comparison;
	if (before === undefined) return undefined;
	const changed_fields = changedFields(comparison);
	if (changed_fields.length === 0) return undefined;
	const values = digest(JSON.stringify([now.flags, now.values]), 4);
	const details = { changed_fields, changes: changesBetween(before, now, changed_fields) };
	return { idSuffix: `${pollId}-${values}`, time: checkInTime(row), details };
};

/** Device Checked In: the date of the last check-in moved on. */
export const checkedIn: Detector = ({ before, now, row, time }) => {
	const was = before === undefined ? 0 : before.values.last_check_in;
	if (!movedOn(was, now.values.last_check_in, time)) return undefined;
	return { idSuffix: String(checkInTime(row)), time: checkInTime(row) };
};

/** Whether Device Not Seen was reported for the period of inactivity that a device is in. */
export function isReportedInactive(before: DeviceRecord | undefined, now: DeviceRecord): boolean {
	const was = before?.values.last_check_in ?? now.values.last_check_in;
	return hasFlag(before, 'inactive') && was === now.values.last_check_in;
}

/** Device Not Seen: inactive for long enough, and not already reported for this period of inactivity. */
export const notSeen: Detector = ({ before, now, row, time }) => {
	if (!hasFlag(now, 'inactive') || isReportedInactive(before, now)) return undefined;
	const details = { days_not_seen: daysNotSeen(row, time) };
	return { idSuffix: String(lastSeen(row)), time: checkInTime(row), details };
};

/** Device Removed for a device that is still listed, marked as removed. */
export const removed: Detector = ({ before, now, row, pollId }) => {
	if (!countsAsRemovedWhenGone(before) || !hasFlag(now, 'is_removed')) return undefined;
	const { device_id, serial_number } = row;
	return { idSuffix: pollId, time: checkInTime(row), record: { device_id, serial_number } };
};
