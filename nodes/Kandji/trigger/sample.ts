import type { IDataObject } from 'n8n-workflow';

import { readPage } from '../transport/lists/pagination';
import type { Pagination } from '../transport/lists/pagination';
import type { Api } from './api';
import { changesBetween } from './devices/changes';
import { columnsFor } from './devices/deviceSettings';
import { daysNotSeen } from './devices/detectors';
import { deviceList } from './devices/list';
import { fleetId, recordOf } from './devices/record';
import type { EventName, TriggerEvent } from './events';
import type { Row } from './row';
import type { TriggerSettings } from './settings';

/** How many records are read to find some that pass the filters. */
const sampleSize = 100;

/** A record for a sample event, and its key in the event id. */
interface Sample {
	key: string;
	row: IDataObject;
}

/** The first rows of a list. */
async function firstRows(
	api: Api,
	{ path, pagination }: { path: string; pagination: Pagination },
	query: IDataObject,
): Promise<IDataObject[]> {
	const page = pagination.range?.(0, sampleSize) ?? pagination.first?.(sampleSize);
	const response = await api.get(path, { ...query, ...page });
	const list =
		readPage(response, pagination) ??
		api.fail(path, 'Kandji’s response contains no list of records');
	return list.rows;
}

/** What an event of this kind has besides the record. */
function sampleDetails(
	settings: TriggerSettings,
	event: EventName,
	row: Row,
	now: number,
): Row | undefined {
	if (event === 'deviceChanged') {
		const changed_fields = [...settings.devices!.watchedFields].sort();
		const device = recordOf('', row, columnsFor(settings.devices!), true);
		return { changed_fields, changes: changesBetween(device, device, changed_fields) };
	}
	if (event === 'deviceNotSeen') return { days_not_seen: daysNotSeen(row, now) ?? null };
	return undefined;
}

function sampleOf(
	settings: TriggerSettings,
	event: EventName,
	{ key, row }: Sample,
	now: number,
): TriggerEvent {
	const record =
		event === 'deviceRemoved'
			? { device_id: row.device_id, serial_number: row.serial_number }
			: row;
	const details = sampleDetails(settings, event, row, now);
	return { event, event_id: `${event}:${key}:sample`, ...(details && { details }), record };
}

/**
 * One sample event of each chosen kind, with a real record. A kind of which no record passes the filters has none.
 *
 * @returns the events in the order in which their kinds were chosen
 */
export async function sampleEvents(api: Api, settings: TriggerSettings): Promise<TriggerEvent[]> {
	const samples = new Map<EventName, Sample>();
	for (const feed of settings.feeds) {
		const { event, keyOf, timeOf, needsTime, matches } = feed;
		const query = { ...feed.query(), ...(event === 'deviceCheckedIn' && settings.sampleQuery) };
		for (const row of await firstRows(api, feed, query)) {
			const key = keyOf(row);
			const isRecord = key !== undefined && !(needsTime && timeOf(row) === undefined);
			if (!isRecord || !matches(row)) continue;
			samples.set(event, { key, row });
			break;
		}
	}
	const { devices } = settings;
	if (devices !== undefined) {
		const found = await firstRows(api, deviceList, settings.sampleQuery);
		const row = found.find((device) => fleetId(device) !== undefined && devices.matches(device));
		const sample = row && { key: String(row.device_id), row };
		for (const event of devices.events) if (sample) samples.set(event, sample);
	}
	return settings.events.flatMap((event) => {
		const sample = samples.get(event);
		return sample ? [sampleOf(settings, event, sample, api.now())] : [];
	});
}
