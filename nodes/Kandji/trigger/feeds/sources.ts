import type { IDataObject } from 'n8n-workflow';

import { timeOf } from '../../shared/time';
import type { Pagination } from '../../transport/lists/pagination';
import { afterStyle, cursorStyle, offsetStyle } from '../../transport/lists/styles';
import { deviceList } from '../devices/list';
import { fleetId } from '../devices/record';
import { digest } from '../digest';
import type { Row } from '../row';
import type { FeedRules } from './feed';

/** Where and how a feed is read, and what identifies its records. */
export interface FeedSource extends Omit<FeedRules, 'matches'> {
	path: string;
	pagination: Pagination;
	/** Query for the records since a time in ms; without one, for the newest. */
	query: (since?: number) => IDataObject;
	/** The order of what {@link query} asks for. */
	order: (since?: number) => 'newestFirst' | 'oldestFirst' | 'unsorted';
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** How long after its own date, in hours, a threat, a detection or a vulnerability may appear, unless the user sets it. */
export const defaultLookBackHours = 72;

/** The overlap of a feed that looks back so many hours. */
export const lookBackMs = (hours: number): number => hours * hourMs;

const newestFirst = () => 'newestFirst' as const;

const offsetPagination = (pageSize: number, key?: string): Pagination => ({
	...offsetStyle({ pageSize }),
	items: 'results',
	key,
});

/** An ID as text; undefined when there is none. */
const idText = (id: unknown): string | undefined =>
	(typeof id === 'string' && id.trim() !== '') || typeof id === 'number' ? String(id) : undefined;

const ownId = ({ id }: Row): string | undefined => idText(id);

/** A key for records without an ID, made of the device and the fields that never change. */
const keyOfFields =
	(...fields: string[]) =>
	(row: Row): string | undefined =>
		idText(row.device_id) &&
		digest(JSON.stringify(['device_id', ...fields].map((field) => row[field] ?? null)), 16);

/** The devices by their last check-in: for Device Checked In when no other event needs all devices. */
export const checkIns: FeedSource = {
	overlapMs: 5 * minuteMs,
	timeOf: (row) => timeOf(row.last_check_in),
	needsTime: true,
	keyOf: (row) => fleetId(row) && `${String(row.device_id)}:${timeOf(row.last_check_in)}`,
	...deviceList,
	query: () => ({ ordering: '-last_check_in' }),
	order: newestFirst,
};

/** The tenant's audit log. */
export const auditEvents: FeedSource = {
	overlapMs: 2 * hourMs,
	timeOf: (row) => timeOf(row.occurred_at),
	keyOf: ownId,
	path: '/api/v1/audit/events',
	pagination: { ...cursorStyle({ pageSize: 500 }), items: 'results', key: 'id' },
	query: (since) =>
		since === undefined
			? { sort_by: '-occurred_at' }
			: { sort_by: 'occurred_at', start_date: new Date(since).toISOString() },
	order: (since) => (since === undefined ? 'newestFirst' : 'oldestFirst'),
};

/** Detections of suspicious processes. */
export const behavioralDetections: FeedSource = {
	overlapMs: lookBackMs(defaultLookBackHours),
	timeOf: (row) => timeOf(row.detection_date),
	keyOf: ownId,
	path: '/api/v1/behavioral-detections',
	pagination: offsetPagination(1000, 'id'),
	query: () => ({ sort_by: '-detection_date' }),
	order: newestFirst,
};

/** What Blueprint Routing did. */
export const routingActivity: FeedSource = {
	overlapMs: 2 * hourMs,
	timeOf: (row) => timeOf(row.activity_time),
	keyOf: ownId,
	path: '/api/v1/blueprint-routing/activity',
	pagination: offsetPagination(300, 'id'),
	query: () => ({}),
	order: newestFirst,
};

/** Threats, which have no ID. */
export const threats: FeedSource = {
	overlapMs: lookBackMs(defaultLookBackHours),
	timeOf: (row) => timeOf(row.detection_date),
	keyOf: keyOfFields('threat_name', 'file_hash', 'file_path', 'detection_date'),
	path: '/api/v1/threat-details',
	pagination: offsetPagination(1000),
	query: () => ({ sort_by: '-detection_date' }),
	order: newestFirst,
};

/** Vulnerable software on devices, which has no ID. */
export const vulnerabilityDetections: FeedSource = {
	overlapMs: lookBackMs(defaultLookBackHours),
	timeOf: (row) => timeOf(row.first_detection_date),
	keyOf: keyOfFields('cve_id', 'name', 'version', 'path', 'bundle_id', 'first_detection_date'),
	path: '/api/v1/vulnerability-management/detections',
	pagination: { ...afterStyle(), items: 'results' },
	// The list has no order. It can be filtered by the date of the latest detection, which is never before the first.
	query: (since) =>
		since === undefined
			? {}
			: {
					filter: JSON.stringify({ detection_datetime: { gte: new Date(since).toISOString() } }),
				},
	order: () => 'unsorted',
};
