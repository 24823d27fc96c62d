import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { getBaseUrl } from '../../../credentials/baseUrl';
import { inputError } from '../transport/http/errors';
import type { WatchedField } from './devices/record';
import type { DeviceSettings } from './devices/deviceSettings';
import { digest } from './digest';
import type { DeviceEvent, EventName } from './events';
import { deviceEvents } from './events';
import type { FeedSource } from './feeds/sources';
import { checkIns, feedKinds } from './feeds/sources';
import { deviceFilter, feedFilter } from './filters';

/** What one poll has to do. */
export interface TriggerSettings {
	/** In the order of the parameter. */
	events: EventName[];
	/** What to look for in the whole fleet; undefined when no event needs it. */
	devices?: DeviceSettings;
	/** Query parameters that narrow the list of devices down. */
	deviceQuery: IDataObject;
	/** Query parameters for devices that pass the filters, for samples. */
	sampleQuery: IDataObject;
	feeds: FeedSource[];
	/** Whether records are simplified. */
	simplify: boolean;
	/** The tenant, hashed. */
	tenant: string;
	/** Of everything that decides what is kept and emitted. */
	fingerprint: string;
}

const isDeviceEvent = (event: EventName): event is DeviceEvent =>
	(deviceEvents as readonly string[]).includes(event);

/** A credential that cannot be used is told about when it is: here it stands for no tenant. */
async function tenantOf(context: IPollFunctions): Promise<string> {
	const credentials = await context.getCredentials('kandjiApi');
	try {
		return digest(getBaseUrl(credentials), 8);
	} catch {
		return '';
	}
}

function positiveDays(context: IPollFunctions): number {
	const days = Number(context.getNodeParameter('daysNotSeen', 30));
	if (days > 0) return days;
	throw inputError(context, 'Days Without Check-In must be more than 0', 'Nothing was read.');
}

/**
 * Reads the node's parameters.
 *
 * @throws NodeOperationError naming the field when one is empty or malformed
 */
export async function readSettings(context: IPollFunctions): Promise<TriggerSettings> {
	const parameter = <T>(name: string, fallback: T): T =>
		context.getNodeParameter(name, fallback) as T;
	const events = [...new Set(parameter<EventName[]>('events', []))];
	if (events.length === 0) {
		throw inputError(context, 'Trigger On is empty', 'Choose at least one event.');
	}
	const chosen = new Set(events.filter(isDeviceEvent));
	const filter = await deviceFilter(context, chosen.size > 0);
	const watchedFields = chosen.has('deviceChanged')
		? parameter<WatchedField[]>('watchFields', [])
		: [];
	if (chosen.has('deviceChanged') && watchedFields.length === 0) {
		throw inputError(context, 'Watch Fields is empty', 'Choose at least one field.');
	}
	const deviceSettings: DeviceSettings = {
		events: chosen,
		watchedFields,
		days: chosen.has('deviceNotSeen') ? positiveDays(context) : 0,
		emitExisting: chosen.has('deviceEnrolled') && parameter('emitExisting', false),
		keepSerialNumbers: chosen.has('deviceRemoved') && parameter('keepSerialNumbers', true),
		matches: filter.matches,
	};
	const areCheckInsAlone = chosen.size === 1 && chosen.has('deviceCheckedIn');
	const feeds: FeedSource[] = [];
	if (areCheckInsAlone) {
		const query = () => ({ ...checkIns.query(), ...filter.query });
		feeds.push({ ...checkIns, query, matches: filter.matches });
	}
	const feedSettings: IDataObject = {};
	for (const kind of feedKinds.filter(({ event }) => events.includes(event))) {
		const { matches, settings } = feedFilter(context, kind.event);
		feeds.push({ ...kind, matches });
		feedSettings[kind.event] = settings;
	}
	const tenant = await tenantOf(context);
	const { days, emitExisting, keepSerialNumbers } = deviceSettings;
	const looks = [[...events].sort(), [...watchedFields].sort(), days];
	const settings = [tenant, looks, emitExisting, keepSerialNumbers, filter.settings, feedSettings];
	return {
		events,
		devices: chosen.size > 0 && !areCheckInsAlone ? deviceSettings : undefined,
		deviceQuery: filter.query,
		sampleQuery: filter.sampleQuery,
		feeds,
		simplify: parameter('simplify', true),
		tenant,
		fingerprint: digest(JSON.stringify(settings), 8),
	};
}
