import type { IDataObject } from 'n8n-workflow';

import { readPage } from '../transport/lists/pagination';
import type { Pagination } from '../transport/lists/pagination';
import type { Api } from './api';
import { daysNotSeen } from './devices/detectors';
import { deviceList } from './devices/list';
import type { EventName, TriggerEvent } from './events';
import type { Row } from './row';
import type { TriggerSettings } from './settings';

/** Most events that Fetch Test Event shows. */
const maxSamples = 3;

/** How many records are read to find some that pass the filters. */
const sampleSize = 100;

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
	if (event === 'deviceChanged')
		return { changed_fields: [...settings.devices!.watchedFields].sort() };
	if (event === 'deviceNotSeen') return { days_not_seen: daysNotSeen(row, now) ?? null };
	return undefined;
}

function sampleOf(
	settings: TriggerSettings,
	event: EventName,
	row: Row,
	now: number,
): TriggerEvent {
	const record =
		event === 'deviceRemoved'
			? { device_id: row.device_id, serial_number: row.serial_number }
			: row;
	const id = String(row.id ?? row.device_id);
	const details = sampleDetails(settings, event, row, now);
	return { event, event_id: `${event}:${id}:sample`, ...(details && { details }), record };
}

/**
 * Up to three sample events with real records, one of each chosen kind before a second of any.
 *
 * @returns an empty array when no record of the tenant passes the filters
 */
export async function sampleEvents(api: Api, settings: TriggerSettings): Promise<TriggerEvent[]> {
	const rows = new Map<EventName, IDataObject[]>();
	for (const feed of settings.feeds) {
		const { event, timeOf, matches } = feed;
		const query = { ...feed.query(), ...(event === 'deviceCheckedIn' && settings.sampleQuery) };
		const found = await firstRows(api, feed, query);
		rows.set(
			event,
			found.filter((row) => timeOf(row) !== undefined && matches(row)),
		);
	}
	const { devices } = settings;
	if (devices !== undefined) {
		const found = await firstRows(api, deviceList, settings.sampleQuery);
		const devicesFound = found.filter(devices.matches);
		for (const event of devices.events) rows.set(event, devicesFound);
	}
	const samples: TriggerEvent[] = [];
	for (let index = 0; index < maxSamples; index++) {
		for (const event of settings.events) {
			const row = rows.get(event)?.[index];
			if (row === undefined || samples.length === maxSamples) continue;
			samples.push(sampleOf(settings, event, row, api.now()));
		}
	}
	return samples;
}
