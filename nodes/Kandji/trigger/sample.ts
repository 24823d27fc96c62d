import type { IDataObject } from 'n8n-workflow';

import { readPage } from '../transport/lists/pagination';
import type { Pagination } from '../transport/lists/pagination';
import type { Api } from './api';
import { daysNotSeen } from './devices/detectors';
import { deviceList, devicesPath } from './devices/sweep';
import type { EventName, Row, TriggerEvent } from './events';
import type { TriggerSettings } from './settings';

/** Most events that a test shows. */
const maxSamples = 3;

/** Records that are looked through for some that pass the filters. */
const sampleSize = 100;

/** The first rows of a list. */
async function firstRows(
	api: Api,
	path: string,
	pagination: Pagination,
	query: IDataObject,
	size: number,
): Promise<IDataObject[]> {
	const page = pagination.range?.(0, size) ?? pagination.first?.(size);
	const response = await api.get(path, { ...query, ...page });
	const list = readPage(response, pagination) ?? api.fail(path, 'Kandji’s answer holds no list');
	return list.rows;
}

/** What an event of this kind tells besides the record. */
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
 * Up to three events as they could happen, of the kinds that the user chose in turn, with real records.
 *
 * @returns an empty array when the tenant has no record that passes the filters
 */
export async function sampleEvents(api: Api, settings: TriggerSettings): Promise<TriggerEvent[]> {
	const rows = new Map<EventName, IDataObject[]>();
	for (const source of settings.feeds) {
		const { path, pagination, event, timeOf, matches } = source;
		const query = event === 'deviceCheckedIn' ? settings.sampleQuery : {};
		const found = await firstRows(
			api,
			path,
			pagination,
			{ ...source.query(), ...query },
			sampleSize,
		);
		rows.set(
			event,
			found.filter((row) => timeOf(row) !== undefined && matches(row)),
		);
	}
	const { devices } = settings;
	if (devices !== undefined) {
		const found = await firstRows(api, devicesPath, deviceList, settings.sampleQuery, sampleSize);
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
