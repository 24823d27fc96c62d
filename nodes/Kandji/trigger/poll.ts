import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { inputError } from '../transport/http/errors';
import { Api } from './api';
import { columnsFor } from './devices/deviceSettings';
import { believableCount, FleetDiff } from './devices/diff';
import { packFleet } from './devices/pack';
import type { Fleet } from './devices/record';
import { sweepDevices } from './devices/sweep';
import type { TriggerEvent } from './events';
import { advanceFeed } from './feeds/feed';
import { readBaseline, readFeed } from './feeds/read';
import { asItem } from './output';
import { sampleEvents } from './sample';
import { scheduleWarning } from './schedule';
import type { TriggerSettings } from './settings';
import { readSettings } from './settings';
import type { FoundState, KnownState, NextState, StoredState } from './state';
import { findState, isFor, storedState } from './state';

/** About how many events of the devices, and of each feed, one poll emits; the others wait for the next poll. */
const maxEvents = 10_000;

/**
 * The running polls, by {@link identityOf} their nodes. An entry lives as long as its poll.
 */
const inFlight = new Map<unknown, Promise<unknown>>();

/**
 * States that n8n may not have saved, by workflow and node. In durable mode it drops what the poll at activation stores:
 * without this copy the next poll would take another baseline and miss the changes in between. An entry lives until a
 * poll finds its state saved, or until n8n restarts; there is at most one per node.
 */
const unsavedStates = new Map<string, StoredState>();

/** Identifies a node in this process. Copies of a node can share its ID, but not its name in one workflow. */
const nodeKey = (context: IPollFunctions): string => {
	const { id, name } = context.getNode();
	return JSON.stringify([context.getWorkflow().id, id, name]);
};

/**
 * What two polls of one node share, and no two nodes: the static data that n8n keeps for a node, whatever the nodes'
 * IDs are. In durable mode each poll has its own copy, and n8n stores what both make of it.
 */
const identityOf = (context: IPollFunctions, { isScheduled }: Api): unknown =>
	isScheduled ? nodeKey(context) : context.getWorkflowStaticData('node');

interface Outcome {
	events: TriggerEvent[];
	state: StoredState;
}

async function pollFeeds(api: Api, { feeds }: TriggerSettings, before: KnownState | undefined) {
	const events: TriggerEvent[] = [];
	const states: NextState['feeds'] = {};
	for (const feed of feeds) {
		const { event } = feed;
		const known = before?.feeds[event];
		if (known === undefined) {
			states[event] = await readBaseline(api, feed);
			continue;
		}
		const rows = await readFeed(api, feed, known, maxEvents);
		const step = { rows, now: api.now(), limit: maxEvents };
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
	{ devices, deviceQuery }: TriggerSettings,
	{ known: before, areExistingEmitted }: FoundState,
): Promise<{ events: TriggerEvent[]; fleet?: Fleet; baselineAt?: number }> {
	if (devices === undefined) return { events: [] };
	const emitExisting = devices.emitExisting && (before !== undefined || !areExistingEmitted);
	const pollId = before?.pollId.toString(36) ?? '';
	const diff = new FleetDiff(
		before?.fleet,
		{ ...devices, emitExisting },
		pollId,
		before?.baselineAt,
	);
	const isGone = await sweepDevices(api, diff, deviceQuery);
	const { fleet, events, lateExisting } = diff.finish(isGone, maxEvents);
	if (lateExisting > 0) {
		api.warn(
			`${lateExisting} devices that enrolled before this trigger was activated were not in the list that it read then. Nothing is emitted for them; from now on they are known.`,
		);
	}
	const removed = events.filter(({ event }) => event === 'deviceRemoved');
	const mayComeBack = removed.length > believableCount(diff.knownCount);
	const baselineAt = before === undefined ? api.now() : before.baselineAt;
	return { fleet, events, baselineAt: mayComeBack ? undefined : baselineAt };
}

/** One poll: all feeds and all devices. State and events must be stored together. */
async function pollOnce(api: Api, settings: TriggerSettings, stored: unknown): Promise<Outcome> {
	const found = await findState(stored, settings.fingerprint, settings.tenant);
	const { known: before } = found;
	if (found.isUnusable) {
		api.warn(
			'What was stored by the last poll is damaged, or was written by another release. Nothing is emitted now: this poll takes a new baseline, and the next one continues from it.',
		);
	}
	const { states, events: feedEvents } = await pollFeeds(api, settings, before);
	const { fleet, events, baselineAt } = await pollDevices(api, settings, found);
	for (const event of feedEvents) events.push(event);
	const pollId =
		before === undefined || events.length > 0
			? Math.max(api.now(), (before?.pollId ?? 0) + 1)
			: before.pollId;
	const state = storedState({
		fingerprint: settings.fingerprint,
		existingOf: settings.devices?.emitExisting ? settings.tenant : undefined,
		pollId,
		baselineAt,
		devices: settings.devices && fleet && (await packFleet(fleet, columnsFor(settings.devices))),
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

/** One poll from what is stored to what is stored. */
async function pollAndStore(
	context: IPollFunctions,
	api: Api,
	settings: TriggerSettings,
): Promise<INodeExecutionData[][] | null> {
	const staticData = context.getWorkflowStaticData('node');
	const key = nodeKey(context);
	const isSaved = isFor(staticData.state, settings.fingerprint);
	const stored =
		isSaved || !api.isScheduled ? staticData.state : (unsavedStates.get(key) ?? staticData.state);
	const { events, state } = await pollOnce(api, settings, stored);
	const items = events.map((event) => asItem(event, settings.simplify));
	if (isSaved) unsavedStates.delete(key);
	else unsavedStates.set(key, state);
	staticData.state = state;
	if (isSaved) {
		const warning = scheduleWarning(key, api.startedAt, api.requests);
		if (warning !== undefined) api.warn(warning);
	}
	return items.length === 0 ? null : [items];
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
	const api = new Api(context);
	const identity = identityOf(context, api);
	const running = inFlight.get(identity);
	if (running !== undefined) {
		// What the running poll finds is emitted by it; what comes after it is found by the next one. n8n stores no state
		// of a poll that leaves it unchanged.
		await running;
		return null;
	}
	const polling = pollAndStore(context, api, settings);
	inFlight.set(
		identity,
		polling.catch(() => undefined),
	);
	try {
		return await polling;
	} finally {
		inFlight.delete(identity);
	}
}
