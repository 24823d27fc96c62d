import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { inputError } from '../transport/errors';
import { Api } from './api';
import { packFleet } from './devices/pack';
import type { Fleet } from './devices/record';
import { sweepDevices } from './devices/sweep';
import { FleetWatch } from './devices/watch';
import { columnsFor } from './devices/wish';
import type { TriggerEvent } from './events';
import type { FeedState } from './feeds/feed';
import { advanceFeed } from './feeds/feed';
import { beginFeed, readFeed } from './feeds/read';
import { asItem } from './output';
import type { Plan } from './plan';
import { planOf } from './plan';
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
const unkept = new Map<string, StoredState>();

interface Outcome {
	events: TriggerEvent[];
	state: StoredState;
}

async function pollFeeds(api: Api, { feeds }: Plan, before: KnownState | undefined) {
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
	{ devices, deviceQuery, tenant }: Plan,
	before: KnownState | undefined,
	emittedTenant: string | undefined,
): Promise<{ events: TriggerEvent[]; fleet?: Fleet }> {
	if (devices === undefined) return { events: [] };
	const emitExisting = devices.emitExisting && emittedTenant !== tenant;
	const mark = before?.mark.toString(36) ?? '';
	const watch = new FleetWatch(before?.fleet, { ...devices, emitExisting }, mark);
	const isGone = await sweepDevices(api, watch, deviceQuery);
	return watch.finish(isGone, maxEvents);
}

/** Looks at everything once. What it returns is only true as a whole. */
async function pollOnce(api: Api, plan: Plan, stored: unknown): Promise<Outcome> {
	const before = restoreState(stored, plan.fingerprint);
	const { states, events: feedEvents } = await pollFeeds(api, plan, before);
	const { fleet, events } = await pollDevices(api, plan, before, existingOf(stored));
	events.push(...feedEvents);
	const mark =
		before === undefined || events.length > 0
			? Math.max(api.now(), (before?.mark ?? 0) + 1)
			: before.mark;
	const state = storedState({
		fingerprint: plan.fingerprint,
		existingOf: plan.devices?.emitExisting ? plan.tenant : undefined,
		mark,
		devices: plan.devices && fleet && packFleet(fleet, columnsFor(plan.devices)),
		feeds: states,
	});
	return { events, state };
}

async function testEvents(context: IPollFunctions, plan: Plan): Promise<INodeExecutionData[][]> {
	const samples = await sampleEvents(new Api(context), plan);
	if (samples.length === 0) {
		throw inputError(
			context,
			'Kandji has nothing that these events could be about',
			'Loosen the filters, or choose other events. The workflow can be activated all the same.',
		);
	}
	return [samples.map((event) => asItem(event, plan.simplify))];
}

/**
 * The trigger's poll. It changes the static data once, at its end: a poll that throws leaves it as it was.
 *
 * @returns the items, or null when nothing happened, at activation, and while the node's last poll still runs
 * @throws NodeApiError and NodeOperationError in the words of the transport
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const plan = await planOf(context);
	if (context.getMode() === 'manual') return await testEvents(context, plan);
	const key = `${context.getWorkflow().id}:${context.getNode().id}`;
	const staticData = context.getWorkflowStaticData('node');
	while (inFlight.has(key)) {
		// n8n takes the expressions of credentials away from both polls when the first of them ends.
		await inFlight.get(key);
		// At activation the poll under way may be that of the parameters before: the baseline is taken all the same.
		if (isFor(staticData.state, plan.fingerprint)) return null;
	}
	const isKept = isFor(staticData.state, plan.fingerprint);
	const api = new Api(context);
	const stored =
		isKept || !api.isScheduled ? staticData.state : (unkept.get(key) ?? staticData.state);
	const polling = pollOnce(api, plan, stored);
	inFlight.set(
		key,
		polling.catch(() => undefined),
	);
	try {
		const { events, state } = await polling;
		const items = events.map((event) => asItem(event, plan.simplify));
		if (isKept) unkept.delete(key);
		else unkept.set(key, state);
		staticData.state = state;
		return items.length === 0 ? null : [items];
	} finally {
		inFlight.delete(key);
	}
}
