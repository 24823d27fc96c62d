import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { inputError } from '../transport/http/errors';
import { Api } from './api';
import { packFleet } from './devices/pack';
import type { Fleet } from './devices/record';
import { sweepDevices } from './devices/sweep';
import { FleetDiff } from './devices/diff';
import { columnsFor } from './devices/deviceSettings';
import type { TriggerEvent } from './events';
import type { FeedState } from './feeds/feed';
import { advanceFeed } from './feeds/feed';
import { beginFeed, readFeed } from './feeds/read';
import { asItem } from './output';
import type { TriggerSettings } from './settings';
import { readSettings } from './settings';
import { sampleEvents } from './sample';
import type { KnownState, StoredState } from './state';
import { existingOf, isFor, restoreState, storedState } from './state';

/** About how many events of the devices, and of each feed, one poll emits; the rest waits for the next. */
const maxEvents = 10_000;

/** The polls that are under way in this process, by workflow and node. */
const inFlight = new Map<string, Promise<unknown>>();

/**
 * States that n8n may not have kept, by workflow and node. In its durable mode it throws away what the poll at
 * activation stores: without them the next poll would take another baseline, and miss what happened between.
 */
const unsavedStates = new Map<string, StoredState>();

interface Outcome {
	events: TriggerEvent[];
	state: StoredState;
}

async function pollFeeds(api: Api, { feeds }: TriggerSettings, before: KnownState | undefined) {
	const events: TriggerEvent[] = [];
	const states: Record<string, FeedState> = {};
	for (const source of feeds) {
		const state = before?.feeds[source.event];
		if (state === undefined) {
			states[source.event] = await beginFeed(api, source);
			continue;
		}
		const reading = await readFeed(api, source, state, maxEvents);
		const step = advanceFeed(state, source, { ...reading, now: api.now(), limit: maxEvents });
		states[source.event] = step.state;
		events.push(...step.events);
	}
	return { events, states };
}

async function pollDevices(
	api: Api,
	{ devices, deviceQuery, tenant }: TriggerSettings,
	before: KnownState | undefined,
	emittedTenant: string | undefined,
): Promise<{ events: TriggerEvent[]; fleet?: Fleet }> {
	if (devices === undefined) return { events: [] };
	const emitExisting = devices.emitExisting && emittedTenant !== tenant;
	const pollId = before?.pollId.toString(36) ?? '';
	const diff = new FleetDiff(before?.fleet, { ...devices, emitExisting }, pollId);
	const isGone = await sweepDevices(api, diff, deviceQuery);
	return diff.finish(isGone, maxEvents);
}

/** Looks at everything once. What it returns is only true as a whole. */
async function pollOnce(api: Api, settings: TriggerSettings, stored: unknown): Promise<Outcome> {
	const before = restoreState(stored, settings.fingerprint);
	const { states, events: feedEvents } = await pollFeeds(api, settings, before);
	const { fleet, events } = await pollDevices(api, settings, before, existingOf(stored));
	events.push(...feedEvents);
	const pollId =
		before === undefined || events.length > 0
			? Math.max(api.now(), (before?.pollId ?? 0) + 1)
			: before.pollId;
	const state = storedState({
		fingerprint: settings.fingerprint,
		existingOf: settings.devices?.emitExisting ? settings.tenant : undefined,
		pollId: pollId,
		devices: settings.devices && fleet && packFleet(fleet, columnsFor(settings.devices)),
		feeds: states,
	});
	return { events, state };
}

async function testEvents(
	context: IPollFunctions,
	settings: TriggerSettings,
): Promise<INodeExecutionData[][]> {
	const samples = await sampleEvents(new Api(context), settings);
	if (samples.length === 0) {
		throw inputError(
			context,
			'Kandji has nothing that these events could be about',
			'Loosen the filters, or choose other events. The workflow can be activated all the same.',
		);
	}
	return [samples.map((event) => asItem(event, settings.simplify))];
}

/**
 * The trigger's poll. It changes the static data once, at its end: a poll that throws leaves it was.
 *
 * @returns the items, or null when nothing happened, at activation, and while the node's last poll still runs
 * @throws NodeApiError and NodeOperationError in the words of the transport
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const settings = await readSettings(context);
	if (context.getMode() === 'manual') return await testEvents(context, settings);
	const key = `${context.getWorkflow().id}:${context.getNode().id}`;
	const staticData = context.getWorkflowStaticData('node');
	while (inFlight.has(key)) {
		// n8n takes the expressions of credentials away from both polls when the first of them ends.
		await inFlight.get(key);
		// At activation the poll under way may be that of the parameters before: the baseline is taken all the same.
		if (isFor(staticData.state, settings.fingerprint)) return null;
	}
	const isKept = isFor(staticData.state, settings.fingerprint);
	const api = new Api(context);
	const stored =
		isKept || !api.isScheduled ? staticData.state : (unsavedStates.get(key) ?? staticData.state);
	const polling = pollOnce(api, settings, stored);
	inFlight.set(
		key,
		polling.catch(() => undefined),
	);
	try {
		const { events, state } = await polling;
		const items = events.map((event) => asItem(event, settings.simplify));
		if (isKept) unsavedStates.delete(key);
		else unsavedStates.set(key, state);
		staticData.state = state;
		return items.length === 0 ? null : [items];
	} finally {
		inFlight.delete(key);
	}
}
