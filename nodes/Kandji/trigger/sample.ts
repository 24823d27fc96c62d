import type { IDataObject } from 'n8n-workflow';

import { readPage } from '../transport/lists';
import type { Idiom } from '../transport/lists';
import type { Api } from './api';
import { daysNotSeen } from './devices/compare';
import { deviceList, devicesPath } from './devices/sweep';
import type { EventName, Row, TriggerEvent } from './events';
import type { Plan } from './plan';

/** Most events that a test shows. */
const maxSamples = 3;

/** Records that are looked through for some that pass the filters. */
const sampleSize = 100;

/** The first rows of a list. */
async function firstRows(
	api: Api,
	path: string,
	idiom: Idiom,
	query: IDataObject,
	size: number,
): Promise<IDataObject[]> {
	const page = idiom.range?.(0, size) ?? idiom.first?.(size);
	const response = await api.get(path, { ...query, ...page });
	const list = readPage(response, idiom) ?? api.fail(path, 'Kandji’s answer holds no list');
	return list.rows;
}

/** What an event of this kind tells besides the record. */
function sampleDetails(plan: Plan, event: EventName, row: Row, now: number): Row | undefined {
	if (event === 'deviceChanged') return { changed_fields: [...plan.devices!.watchedFields].sort() };
	if (event === 'deviceNotSeen') return { days_not_seen: daysNotSeen(row, now) ?? null };
	return undefined;
}

function sampleOf(plan: Plan, event: EventName, row: Row, now: number): TriggerEvent {
	const record =
		event === 'deviceRemoved'
			? { device_id: row.device_id, serial_number: row.serial_number }
			: row;
	const id = String(row.id ?? row.device_id);
	const details = sampleDetails(plan, event, row, now);
	return { event, event_id: `${event}:${id}:sample`, ...(details && { details }), record };
}

/**
 * Up to three events as they could happen, of the kinds that the user chose in turn, with real records.
 *
 * @returns an empty array when the tenant has no record that passes the filters
 */
export async function sampleEvents(api: Api, plan: Plan): Promise<TriggerEvent[]> {
	const rows = new Map<EventName, IDataObject[]>();
	for (const source of plan.feeds) {
		const { path, idiom, event, timeOf, matches } = source;
		const query = event === 'deviceCheckedIn' ? plan.sampleQuery : {};
		const found = await firstRows(api, path, idiom, { ...source.query(), ...query }, sampleSize);
		rows.set(
			event,
			found.filter((row) => timeOf(row) !== undefined && matches(row)),
		);
	}
	const { devices } = plan;
	if (devices !== undefined) {
		const found = await firstRows(api, devicesPath, deviceList, plan.sampleQuery, sampleSize);
		const devicesFound = found.filter(devices.matches);
		for (const event of devices.events) rows.set(event, devicesFound);
	}
	const samples: TriggerEvent[] = [];
	for (let index = 0; index < maxSamples; index++) {
		for (const event of plan.events) {
			const row = rows.get(event)?.[index];
			if (row === undefined || samples.length === maxSamples) continue;
			samples.push(sampleOf(plan, event, row, api.now()));
		}
	}
	return samples;
}
