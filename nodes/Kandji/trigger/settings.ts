import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { getBaseUrl } from '../../../credentials/baseUrl';
import { withCheckedFields } from '../transport/routing/fieldChecks';
import type { DeviceSettings } from './devices/deviceSettings';
import type { WatchedField } from './devices/record';
import { digest } from './digest';
import type { DeviceEvent, EventName } from './events';
import { deviceEvents, feedEventNames, feedEvents } from './events';
import type { Feed } from './feeds/read';
import { checkIns } from './feeds/sources';
import { triggerFields } from './fields';
import { deviceFilter, feedFilter } from './filters';

/** The node's parameters as a poll uses them. */
export interface TriggerSettings {
	/** As chosen, in this order. */
	events: EventName[];
	/** What to compare all devices for; undefined when no event needs it. */
	devices?: DeviceSettings;
	/** Query that restricts the sweep. */
	deviceQuery: IDataObject;
	/** Query for sample devices that pass the filters. */
	sampleQuery: IDataObject;
	feeds: Array<Feed & { event: EventName }>;
	/** Whether records are simplified. */
	simplify: boolean;
	/** Hash of the tenant. */
	tenant: string;
	/** Hash of everything that decides what is stored and emitted. */
	fingerprint: string;
}

const isDeviceEvent = (event: EventName): event is DeviceEvent => event in deviceEvents;

/** Hash of the tenant. An invalid credential is reported by the first request; here it yields ''. */
async function tenantOf(context: IPollFunctions): Promise<string> {
	const credentials = await context.getCredentials('kandjiApi');
	try {
		return digest(getBaseUrl(credentials), 8);
	} catch {
		return '';
	}
}

/**
 * Reads the node's parameters.
 *
 * @throws NodeOperationError naming the field when a value is missing or malformed
 */
export async function readSettings(pollContext: IPollFunctions): Promise<TriggerSettings> {
	const context = withCheckedFields(pollContext, triggerFields);
	const parameter = <T>(name: string, fallback: T): T =>
		context.getNodeParameter(name, fallback) as T;
	const events = [...new Set(parameter<EventName[]>('events', []))];
	const chosen = new Set(events.filter(isDeviceEvent));
	const filter = await deviceFilter(context, chosen.size > 0);
	const watchedFields = chosen.has('deviceChanged')
		? parameter<WatchedField[]>('watchFields', [])
		: [];
	const deviceSettings: DeviceSettings = {
		events: chosen,
		watchedFields,
		days: chosen.has('deviceNotSeen') ? parameter('daysNotSeen', 30) : 0,
		emitExisting: chosen.has('deviceEnrolled') && parameter('emitExisting', false),
		keepSerialNumbers: chosen.has('deviceRemoved') && parameter('keepSerialNumbers', true),
		matches: filter.matches,
	};
	const areCheckInsAlone = chosen.size === 1 && chosen.has('deviceCheckedIn');
	const feeds: TriggerSettings['feeds'] = [];
	if (areCheckInsAlone) {
		const query = () => ({ ...checkIns.query(), ...filter.query });
		feeds.push({ ...checkIns, event: 'deviceCheckedIn', query, matches: filter.matches });
	}
	const feedSettings: IDataObject = {};
	for (const event of feedEventNames.filter((name) => events.includes(name))) {
		const { feed, filters } = feedEvents[event];
		const { matches, settings } = feedFilter(context, filters);
		feeds.push({ ...feed, event, matches });
		feedSettings[event] = settings;
	}
	const tenant = await tenantOf(context);
	const { days, emitExisting, keepSerialNumbers } = deviceSettings;
	const chosenEvents = [[...events].sort(), [...watchedFields].sort(), days];
	const settings = [
		tenant,
		chosenEvents,
		emitExisting,
		keepSerialNumbers,
		filter.settings,
		feedSettings,
	];
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
