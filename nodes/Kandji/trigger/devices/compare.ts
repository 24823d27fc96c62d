import type { DeviceEvent, TriggerEvent } from '../events';
import { deviceEvents } from '../events';
import type { Row } from '../row';
import type { DeviceComparison, Finding } from './detectors';
import { existing, countsAsRemovedWhenGone } from './detectors';
import type { DeviceSettings } from './deviceSettings';
import type { DeviceRecord } from './record';
import { deviceId, hasFlag, tickTime } from './record';
import type { Holder } from './serials';

/** An event with the time in ms by which events are ordered. */
export interface TimedEvent {
	time: number;
	event: TriggerEvent;
}

function timedEvent(event: DeviceEvent, id: string, row: Row, finding: Finding): TimedEvent {
	const { idSuffix, time, details, record = row } = finding;
	const event_id = `${event}:${deviceId(id)}:${idSuffix}`;
	return { time, event: { event, event_id, ...(details && { details }), record } };
}

/** The events of a device at activation: Device Enrolled, if existing devices are wanted. */
export function initialEvents(
	{ events, emitExisting }: DeviceSettings,
	comparison: DeviceComparison,
): TimedEvent[] {
	const { now, row } = comparison;
	if (!emitExisting || !events.has('deviceEnrolled')) return [];
	if (!hasFlag(now, 'matches') || hasFlag(now, 'is_removed')) return [];
	return [timedEvent('deviceEnrolled', now.id, row, existing(comparison))];
}

/** The chosen events that happened to a device in the list. */
export function eventsOf({ events }: DeviceSettings, comparison: DeviceComparison): TimedEvent[] {
	const { before, now, row } = comparison;
	return [...events].flatMap((event) => {
		const passesFilters =
			hasFlag(now, 'matches') || (event === 'deviceRemoved' && hasFlag(before, 'matches'));
		const finding = passesFilters ? deviceEvents[event].detect(comparison) : undefined;
		return finding === undefined ? [] : [timedEvent(event, now.id, row, finding)];
	});
}

/** The events of a device that is no longer in the list. */
export function removalEvents(
	{ events }: DeviceSettings,
	before: DeviceRecord,
	pollId: string,
): TimedEvent[] {
	if (!events.has('deviceRemoved')) return [];
	if (!hasFlag(before, 'matches') || !countsAsRemovedWhenGone(before)) return [];
	const serial_number = before.values.serial_number ?? null;
	const record = { device_id: deviceId(before.id), serial_number };
	const time = tickTime(Number(before.values.last_check_in ?? 0));
	return [timedEvent('deviceRemoved', before.id, record, { idSuffix: pollId, time })];
}

/** Device Removed for a record that is still listed while a newer one has its serial number. */
export function replacementEvent(
	{ id, serialNumber, seenAt }: Holder,
	replacedBy: string,
	pollId: string,
): TimedEvent {
	const record = { device_id: deviceId(id), serial_number: serialNumber };
	const details = { replaced_by: deviceId(replacedBy) };
	return timedEvent('deviceRemoved', id, record, {
		idSuffix: pollId,
		time: tickTime(seenAt),
		details,
	});
}
