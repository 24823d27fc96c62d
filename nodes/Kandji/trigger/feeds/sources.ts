import type { IDataObject } from 'n8n-workflow';

import type { Pagination } from '../../transport/lists/pagination';
import { timeOf } from '../dates';
import { deviceList, devicesPath } from '../devices/sweep';
import { digest } from '../digest';
import type { FeedEvent, Row } from '../events';
import type { FeedRules } from './feed';

/** How a feed is read. */
export interface FeedSource extends FeedRules {
	path: string;
	pagination: Pagination;
	/** Query for the records since a time in ms; without one, for the newest. */
	query: (since?: number) => IDataObject;
	/** The order of what {@link query} asks for. */
	order: (since?: number) => 'newestFirst' | 'oldestFirst' | 'unsorted';
}

/** A feed before the user's filters are known. */
export type FeedKind<E = FeedSource['event']> = Omit<FeedSource, 'event' | 'matches'> & {
	event: E;
};

const minuteMs = 60_000;

const newestFirst = () => 'newestFirst' as const;

const byOffset = (pageSize: number, key?: string): Pagination => ({
	pageSize,
	items: 'results',
	key,
	overlaps: true,
	range: (offset, limit) => ({ limit, offset }),
});

/** A key for records without an id, out of the fields that never change. */
const keyOfFields =
	(...fields: string[]) =>
	(row: Row): string =>
		digest(JSON.stringify(fields.map((field) => row[field] ?? null)), 16);

/** Check-ins when no other event needs the whole fleet: the devices by their last check-in. */
export const checkIns: FeedKind = {
	event: 'deviceCheckedIn',
	overlapMs: 5 * minuteMs,
	timeOf: (row) => timeOf(row.last_check_in),
	keyOf: (row) => `${String(row.device_id)}:${timeOf(row.last_check_in)}`,
	path: devicesPath,
	pagination: deviceList,
	query: () => ({ ordering: '-last_check_in' }),
	order: newestFirst,
};

/** The tenant's feeds. */
export const feedKinds: Array<FeedKind<FeedEvent>> = [
	{
		event: 'auditEvent',
		overlapMs: 10 * minuteMs,
		timeOf: (row) => timeOf(row.occurred_at),
		keyOf: (row) => String(row.id),
		path: '/api/v1/audit/events',
		pagination: { pageSize: 500, items: 'results', key: 'id', first: (limit) => ({ limit }) },
		query: (since) =>
			since === undefined
				? { sort_by: '-occurred_at' }
				: { sort_by: 'occurred_at', start_date: new Date(since).toISOString() },
		order: (since) => (since === undefined ? 'newestFirst' : 'oldestFirst'),
	},
	{
		event: 'behavioralDetection',
		overlapMs: 60 * minuteMs,
		timeOf: (row) => timeOf(row.detection_date),
		keyOf: (row) => String(row.id),
		path: '/api/v1/behavioral-detections',
		pagination: byOffset(1000, 'id'),
		query: () => ({ sort_by: '-detection_date' }),
		order: newestFirst,
	},
	{
		event: 'blueprintRoutingActivity',
		overlapMs: 10 * minuteMs,
		timeOf: (row) => timeOf(row.activity_time),
		keyOf: (row) => String(row.id),
		path: '/api/v1/blueprint-routing/activity',
		pagination: byOffset(300, 'id'),
		query: () => ({}),
		order: newestFirst,
	},
	{
		event: 'threatDetected',
		overlapMs: 60 * minuteMs,
		timeOf: (row) => timeOf(row.detection_date),
		keyOf: keyOfFields('device_id', 'threat_name', 'file_hash', 'file_path', 'detection_date'),
		path: '/api/v1/threat-details',
		pagination: byOffset(1000),
		query: () => ({ sort_by: '-detection_date' }),
		order: newestFirst,
	},
	{
		event: 'vulnerabilityDetected',
		overlapMs: 60 * minuteMs,
		timeOf: (row) => timeOf(row.first_detection_date),
		keyOf: keyOfFields(
			'device_id',
			'cve_id',
			'name',
			'version',
			'path',
			'bundle_id',
			'first_detection_date',
		),
		path: '/api/v1/vulnerability-management/detections',
		pagination: { pageSize: 300, items: 'results', first: (size) => ({ size }) },
		// The list has no order. The date that it filters by is the latest detection's, never before the first's.
		query: (since) =>
			since === undefined
				? {}
				: {
						filter: JSON.stringify({ detection_datetime: { gte: new Date(since).toISOString() } }),
					},
		order: () => 'unsorted',
	},
];
