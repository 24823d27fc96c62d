import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { getBaseUrl } from '../../../credentials/baseUrl';
import { withCheckedFields } from '../transport/routing/fieldChecks';
import type { DeviceSettings } from './devices/deviceSettings';
import type { WatchedField } from './devices/record';
import { digest } from './digest';
import type { DeviceEvent, EventName } from './events';
import { deviceEvents, feedEventNames, feedEvents, looksBack } from './events';
import type { Feed } from './feeds/read';
import { checkIns, defaultLookBackHours, lookBackMs } from './feeds/sources';
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
	/** Hash of everything that decides what is stored: a poll with another takes a new baseline. */
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

/** Options that are left out in the editor have these values. */
const defaultOptions = { lookBackHours: defaultLookBackHours, startsToMatch: true };

/** What the user entered, before records are looked up. */
function readParameters(context: IPollFunctions) {
	const parameter = <T>(name: string, fallback: T): T =>
		context.getNodeParameter(name, fallback) as T;
	const events = [...new Set(parameter<EventName[]>('events', []))];
	const chosen = new Set(events.filter(isDeviceEvent));
	const watchedFields = chosen.has('deviceChanged')
		? parameter<WatchedField[]>('watchFields', [])
		: [];
	const { lookBackHours, startsToMatch } = { ...defaultOptions, ...parameter('options', {}) };
	const filters: IDataObject = chosen.size > 0 ? parameter('filters', {}) : {};
	const feedFilters = feedEventNames
		.filter((event) => events.includes(event))
		.map((event) => {
			const { feed, filters: fields } = feedEvents[event];
			const filter = feedFilter(fields, parameter<IDataObject>(fields.name, {}));
			const overlapMs = looksBack(event) ? lookBackMs(lookBackHours) : feed.overlapMs;
			return { event, feed: { ...feed, overlapMs }, ...filter };
		});
	return {
		events,
		chosen,
		watchedFields,
		days: chosen.has('deviceNotSeen') ? parameter('daysNotSeen', 30) : 0,
		emitExisting: chosen.has('deviceEnrolled') && parameter('emitExisting', false),
		keepSerialNumbers: chosen.has('deviceRemoved') && parameter('keepSerialNumbers', true),
		simplify: parameter('simplify', true),
		startsToMatch,
		filters,
		feedFilters,
	};
}

/**
 * Reads the node's parameters, all of them before it first waits: when another poll of the workflow ends meanwhile, n8n
 * takes away what evaluates expressions.
 *
 * @throws NodeOperationError naming the field when a value is missing or malformed
 */
export async function readSettings(pollContext: IPollFunctions): Promise<TriggerSettings> {
	const context = withCheckedFields(pollContext, triggerFields);
	const { chosen, events, filters, feedFilters, simplify, ...parameters } = readParameters(context);
	const { watchedFields, days, emitExisting, keepSerialNumbers, startsToMatch } = parameters;
	const filter = await deviceFilter(context, filters);
	const tenant = await tenantOf(context);
	const { matches } = filter;
	const areCheckInsAlone = chosen.size === 1 && chosen.has('deviceCheckedIn');
	const feeds: TriggerSettings['feeds'] = feedFilters.map(({ event, feed, matches: passes }) => ({
		...feed,
		event,
		matches: passes,
	}));
	if (areCheckInsAlone) {
		const query = () => ({ ...checkIns.query(), ...filter.query });
		feeds.unshift({ ...checkIns, event: 'deviceCheckedIn', query, matches });
	}
	const fingerprinted = [
		tenant,
		[[...events].sort(), [...watchedFields].sort(), days],
		emitExisting,
		keepSerialNumbers,
		filter.settings,
		Object.fromEntries(feedFilters.map(({ event, settings }) => [event, settings])),
	];
	return {
		events,
		devices:
			chosen.size > 0 && !areCheckInsAlone
				? {
						events: chosen,
						watchedFields,
						days,
						emitExisting,
						keepSerialNumbers,
						startsToMatch,
						matches,
					}
				: undefined,
		deviceQuery: filter.query,
		sampleQuery: filter.sampleQuery,
		feeds,
		simplify,
		tenant,
		fingerprint: digest(JSON.stringify(fingerprinted), 8),
	};
}
