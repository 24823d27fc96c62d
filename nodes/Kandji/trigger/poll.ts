import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { inputError } from '../transport/http/errors';
import { Api } from './api';
import { columnsFor } from './devices/deviceSettings';
import { FleetDiff } from './devices/diff';
import { packFleet } from './devices/pack';
import type { Fleet } from './devices/record';
import { sweepDevices } from './devices/sweep';
import type { TriggerEvent } from './events';
import { advanceFeed } from './feeds/feed';
import { readBaseline, readFeed } from './feeds/read';
import { asItem } from './output';
import { sampleEvents } from './sample';
import type { TriggerSettings } from './settings';
import { readSettings } from './settings';
import type { KnownState, StoredState } from './state';
import { existingOf, isFor, restoreState, storedState } from './state';

/** About how many events of the devices, and of each feed, one poll emits; the others wait for the next poll. */
const maxEvents = 10_000;

/** The running polls of this process, by workflow and node. An entry lives as long as its poll. */
const inFlight = new Map<string, Promise<unknown>>();

/**
 * States that n8n may not have saved, by workflow and node. In durable mode it drops what the poll at activation stores:
 * without this copy the next poll would take another baseline and miss the changes in between. An entry lives until a
 * poll finds its state saved, or until n8n restarts; there is at most one per node.
 */
const unsavedStates = new Map<string, StoredState>();

interface Outcome {
	events: TriggerEvent[];
	state: StoredState;
}

async function pollFeeds(api: Api, { feeds }: TriggerSettings, before: KnownState | undefined) {
	const events: TriggerEvent[] = [];
	const states: StoredState['feeds'] = {};
	for (const feed of feeds) {
		const { event } = feed;
		const known = before?.feeds[event];
		if (known === undefined) {
			states[event] = await readBaseline(api, feed);
			continue;
		}
		const reading = await readFeed(api, feed, known, maxEvents);
		const step = { ...reading, now: api.now(), limit: maxEvents };
		const { state, records } = advanceFeed(known, feed, step);
		states[event] = state;
		for (const record of records) {
			events.push({ event, event_id: `${event}:${feed.keyOf(record)}`, record });
		}
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

/** One poll: all feeds and all devices. State and events must be stored together. */
async function pollOnce(api: Api, settings: TriggerSettings, stored: unknown): Promise<Outcome> {
	const before = restoreState(stored, settings.fingerprint);
	const { states, events: feedEvents } = await pollFeeds(api, settings, before);
	const { fleet, events } = await pollDevices(api, settings, before, existingOf(stored));
	for (const event of feedEvents) events.push(event);
	const pollId =
		before === undefined || events.length > 0
			? Math.max(api.now(), (before?.pollId ?? 0) + 1)
			: before.pollId;
	const state = storedState({
		fingerprint: settings.fingerprint,
		existingOf: settings.devices?.emitExisting ? settings.tenant : undefined,
		pollId,
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
			'Kandji has no record for a test event',
			'Loosen the filters or choose other events. You can activate the workflow anyway.',
		);
	}
	return [samples.map((event) => asItem(event, settings.simplify))];
}

/**
 * The trigger's poll. It replaces the static data once, at its end: a poll that throws leaves it unchanged.
 *
 * @returns the items; null without any, and when another poll of the node was running
 * @throws NodeApiError and NodeOperationError of the transport
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const settings = await readSettings(context);
	if (context.getMode() === 'manual') return await testEvents(context, settings);
	const key = `${context.getWorkflow().id}:${context.getNode().id}`;
	const staticData = context.getWorkflowStaticData('node');
	while (inFlight.has(key)) {
		// When the first of two overlapping polls ends, n8n releases the expression evaluator of both: they must not overlap.
		await inFlight.get(key);
		// At activation the running poll may still have the old parameters: then a baseline is needed all the same.
		if (isFor(staticData.state, settings.fingerprint)) return null;
	}
	const isSaved = isFor(staticData.state, settings.fingerprint);
	const api = new Api(context);
	const stored =
		isSaved || !api.isScheduled ? staticData.state : (unsavedStates.get(key) ?? staticData.state);
	const polling = pollOnce(api, settings, stored);
	inFlight.set(
		key,
		polling.catch(() => undefined),
	);
	try {
		const { events, state } = await polling;
		const items = events.map((event) => asItem(event, settings.simplify));
		if (isSaved) unsavedStates.delete(key);
		else unsavedStates.set(key, state);
		staticData.state = state;
		return items.length === 0 ? null : [items];
	} finally {
		inFlight.delete(key);
	}
}
