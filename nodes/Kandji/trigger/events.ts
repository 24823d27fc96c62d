import type { IDataObject } from 'n8n-workflow';

import { simplifiedDetection as simplifiedBehavior } from '../resources/behavioralDetection/simplified';
import { simplifiedDevice } from '../resources/device/simplified';
import { simplifiedLegacyThreat } from '../resources/threat/simplified';
import { simplifiedDetection as simplifiedVulnerability } from '../resources/vulnerability/simplified';
import type { Detector } from './devices/detectors';
import { changed, checkedIn, enrolled, notSeen, reEnrolled, removed } from './devices/detectors';
import type { Column } from './devices/record';
import type { FeedFilters } from './feeds/filters';
import {
	auditFilters,
	behavioralFilters,
	routingFilters,
	threatFilters,
	vulnerabilityFilters,
} from './feeds/filters';
import type { FeedSource } from './feeds/sources';
import {
	auditEvents,
	behavioralDetections,
	routingActivity,
	threats,
	vulnerabilityDetections,
} from './feeds/sources';
import type { Row } from './row';

interface EventKind {
	/** Name and description of the option in Trigger On. */
	name: string;
	description: string;
	/** Simplifies the record of the event; left out where the record is short as it is. */
	simplify?: (record: IDataObject) => IDataObject;
}

interface DeviceEventKind extends EventKind {
	detect: Detector;
	/** What the detector needs to have stored of every device, besides flags and watched fields. */
	columns: Column[];
}

interface FeedEventKind extends EventKind {
	feed: FeedSource;
	filters: FeedFilters;
	/** Records can appear hours after their own date: Look Back (Hours) says how many. */
	looksBack?: boolean;
}

/** Events that are found by comparing all devices with those of the last poll. */
export const deviceEvents = {
	deviceChanged: {
		name: 'Device Changed',
		description: 'A watched field of a device changed (with what it was and is)',
		simplify: simplifiedDevice,
		detect: changed,
		columns: [],
	},
	deviceCheckedIn: {
		name: 'Device Checked In',
		description: 'A device checked in with Kandji',
		simplify: simplifiedDevice,
		detect: checkedIn,
		columns: ['last_check_in'],
	},
	deviceEnrolled: {
		name: 'Device Enrolled',
		description: 'A device enrolled for the first time, or started to match the filters',
		simplify: simplifiedDevice,
		detect: enrolled,
		columns: [],
	},
	deviceNotSeen: {
		name: 'Device Not Seen',
		description:
			'A device has not checked in for a number of days (one event until it checks in again)',
		simplify: simplifiedDevice,
		detect: notSeen,
		columns: ['last_check_in'],
	},
	deviceReEnrolled: {
		name: 'Device Re-Enrolled',
		description: 'A known device enrolled again',
		simplify: simplifiedDevice,
		detect: reEnrolled,
		columns: ['last_enrollment'],
	},
	deviceRemoved: {
		name: 'Device Removed',
		description:
			'A device was deleted from Kandji, marked as removed, or replaced by a record with its serial number',
		detect: removed,
		columns: [],
	},
} satisfies Record<string, DeviceEventKind>;

/** Events that the tenant keeps a list of. */
export const feedEvents = {
	auditEvent: {
		name: 'Audit Event',
		description: 'Someone changed something in the tenant or viewed a secret',
		feed: auditEvents,
		filters: auditFilters,
	},
	behavioralDetection: {
		name: 'Behavioral Detection',
		description: 'A process showed malicious or suspicious behavior',
		simplify: simplifiedBehavior,
		feed: behavioralDetections,
		looksBack: true,
		filters: behavioralFilters,
	},
	blueprintRoutingActivity: {
		name: 'Blueprint Routing Activity',
		description: 'Blueprint Routing enrolled a device or assigned it to a blueprint',
		feed: routingActivity,
		filters: routingFilters,
	},
	threatDetected: {
		name: 'Threat Detected',
		description: 'Malware or a potentially unwanted application was found on a device',
		simplify: simplifiedLegacyThreat,
		feed: threats,
		looksBack: true,
		filters: threatFilters,
	},
	vulnerabilityDetected: {
		name: 'Vulnerability Detected',
		description: 'Software with a known vulnerability was found on a device',
		simplify: simplifiedVulnerability,
		feed: vulnerabilityDetections,
		looksBack: true,
		filters: vulnerabilityFilters,
	},
} satisfies Record<string, FeedEventKind>;

/** An event of {@link deviceEvents}. */
export type DeviceEvent = keyof typeof deviceEvents;

/** An event of {@link feedEvents}. */
export type FeedEvent = keyof typeof feedEvents;

/** Any event, as Trigger On stores it. */
export type EventName = DeviceEvent | FeedEvent;

/** All events. */
export const triggerEvents: Record<EventName, EventKind> = { ...feedEvents, ...deviceEvents };

/** Whether records of a feed can appear hours after their own date. */
export const looksBack = (event: FeedEvent): boolean => 'looksBack' in feedEvents[event];

/** The names of {@link deviceEvents}. */
export const deviceEventNames = Object.keys(deviceEvents) as DeviceEvent[];

/** The names of {@link feedEvents}. */
export const feedEventNames = Object.keys(feedEvents) as FeedEvent[];

/** Something that happened once. */
export interface TriggerEvent {
	event: EventName;
	/** Stable: a repeated poll emits the same id. */
	event_id: string;
	/** What the item has besides the record, such as `changed_fields`. */
	details?: Row;
	/** The API's record; for a removed device its ID and serial number alone. */
	record: Row;
}
