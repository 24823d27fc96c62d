import { PollContext } from 'n8n-core';
import {
	deepCopy,
	type IDataObject,
	type INodeExecutionData,
	type INodeParameters,
	type Logger,
} from 'n8n-workflow';

import type { KandjiCredential } from './credentials';
import { createNodeWorkflow, withIsolate } from './nodeWorkflow';
import { loadNodeType } from './package';
import { fillParameters } from './parameters';

export interface PollerOptions {
	credential: KandjiCredential;
	/** The `staticData` of an earlier poller, as after a restart of n8n. */
	staticData?: IDataObject;
	/** `manual` is "Fetch Test Event": its static data is thrown away afterwards. */
	mode?: 'trigger' | 'manual';
	/** n8n's durable polling: static data is kept when a poll ends well and discarded when it throws. */
	durable?: boolean;
	/** The poll's budget in milliseconds; n8n gives 36,000 in durable mode, 300,000 otherwise. */
	budgetMs?: number;
	/** The trigger node's own name in the package; `kandjiTrigger` by default. */
	node?: string;
}

export interface Poller {
	/** One poll as n8n's schedule does it; null when there is nothing to emit, else its items. Throws what the node throws. */
	poll(): Promise<INodeExecutionData[] | null>;
	/** A copy of what n8n has in its database, to inspect or to start another poller with. */
	readonly staticData: IDataObject;
	/** What the node wrote to n8n's log as warnings. */
	readonly warnings: readonly string[];
}

/**
 * Polls a trigger node in n8n-core's own PollContext, with n8n's rules for static data. In the default
 * mode changes reach the database only when a poll emits, though later polls of the same process see
 * them, even those of a poll that threw.
 */
export async function createPoller(
	parameters: INodeParameters,
	{
		credential,
		staticData = {},
		mode = 'trigger',
		durable = false,
		budgetMs = durable ? 36_000 : 300_000,
		node: nodeName = 'kandjiTrigger',
	}: PollerOptions,
): Promise<Poller> {
	const { description } = await loadNodeType(nodeName);
	const { workflow, node, nodeType, additionalData } = await createNodeWorkflow(
		nodeName,
		fillParameters(description, parameters),
		credential,
		{ [`node:${description.displayName}`]: deepCopy(staticData) },
	);
	const { poll } = nodeType;
	if (poll === undefined) throw new Error(`${description.displayName} is not a polling trigger`);

	let stored = deepCopy(staticData);
	let staged: IDataObject = {};
	const isStaged = durable || mode === 'manual';
	const inMemory = () => workflow.getStaticData('node', node);
	const context = new PollContext(
		workflow,
		node,
		additionalData,
		mode,
		mode === 'manual' ? 'manual' : 'update',
		undefined,
		undefined,
		undefined,
		undefined,
		() => (isStaged ? staged : inMemory()),
		() => budgetMs,
	);
	const warnings: string[] = [];
	const ignore = () => undefined;
	const logger: Logger = {
		debug: ignore,
		error: ignore,
		info: ignore,
		warn: (message) => void warnings.push(message),
	};
	Object.defineProperty(context, 'logger', { value: logger });
	return {
		warnings,
		get staticData() {
			return deepCopy(stored);
		},
		async poll() {
			staged = deepCopy(stored);
			const outputs = await withIsolate(workflow, async () => await poll.call(context));
			const isKept = mode === 'trigger' && (durable || outputs !== null);
			if (isKept) stored = deepCopy(isStaged ? staged : inMemory());
			return outputs === null ? null : outputs.flat();
		},
	};
}
