import type {
	DeclarativeRestApiSettings,
	IExecutePaginationFunctions,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
	ITaskDataConnections,
} from 'n8n-workflow';
import { NodeApiError, NodeOperationError, sleep } from 'n8n-workflow';

import { inputError } from '../http/errors';
import { redactPersonalData } from './redaction';
import { cancelSignal } from '../http/wait';

/** The signature of an operation's `pagination` function, which is how every request of the node leaves. */
export type Sender = (
	this: IExecutePaginationFunctions,
	requestData: DeclarativeRestApiSettings.ResultOptions,
) => Promise<INodeExecutionData[]>;

/**
 * What an item's work comes to: its items, or what is left to do once the next item may go, such as waiting for
 * a device.
 */
type Outcome = INodeExecutionData[] | (() => Promise<INodeExecutionData[]>);

type Work = (
	this: IExecutePaginationFunctions,
	requestData: DeclarativeRestApiSettings.ResultOptions,
) => Promise<Outcome>;

/** The signature of a pre-send function. */
export type PreSend = (
	this: IExecuteSingleFunctions,
	options: IHttpRequestOptions,
) => Promise<IHttpRequestOptions>;

/** One input item on its way through the node. */
interface QueuedItem {
	/** What a pre-send function found wrong with the item. */
	error?: Error;
	finished: Promise<void>;
	finish: () => void;
	/** Aborted when an item before it failed: what a read has not yet sent stays unsent. */
	abort: AbortController;
}

/** All items of one run of the node. */
interface Run {
	items: Map<number, QueuedItem>;
	last: Promise<void>;
	allRegistered?: Promise<void>;
	failedAt?: number;
	/** Resolved once the last item is registered, which n8n's batching delays. */
	complete: Promise<void>;
	setComplete: () => void;
}

function newRun(): Run {
	let setComplete = () => {};
	const complete = new Promise<void>((resolve) => (setComplete = resolve));
	return { items: new Map(), last: Promise.resolve(), complete, setComplete };
}

/** n8n hands the same execute data to all items of one run; an AI agent, to all calls of its tools as well. */
const runs = new WeakMap<object, Run>();

/** Each item's place, by the context that n8n makes for the item. */
const queuedItems = new WeakMap<object, { run: Run; item: QueuedItem }>();

/** How many items came into the node. */
export function numberOfItems(context: IExecuteSingleFunctions): number {
	// As an AI agent's tool the node has an input of its own, and the execute data is the agent's.
	const { inputData = context.getExecuteData().data } = context as {
		inputData?: ITaskDataConnections;
	};
	return Object.values(inputData)[0]?.[0]?.length ?? 0;
}

function register(context: IExecuteSingleFunctions): {
	run: Run;
	item: QueuedItem;
	before: Promise<void>;
} {
	const index = context.getItemIndex();
	const key = context.getExecuteData();
	let run = runs.get(key);
	if (run === undefined || run.items.has(index)) {
		// An item that comes again means that n8n runs the node again ("Retry On Fail").
		run = newRun();
		runs.set(key, run);
	}
	let end = () => {};
	const over = new Promise<void>((resolve) => (end = resolve));
	const item: QueuedItem = { finished: over, finish: end, abort: new AbortController() };
	const before = run.last;
	run.items.set(index, item);
	run.last = before.then(async () => await item.finished);
	if (run.items.size >= numberOfItems(context)) run.setComplete();
	queuedItems.set(context, { run, item });
	return { run, item, before };
}

function queuedItemOf(context: IExecuteSingleFunctions): { run: Run; item: QueuedItem } {
	// For paging n8n puts an object of its own before the item's context.
	const place =
		queuedItems.get(context) ?? queuedItems.get(Object.getPrototypeOf(context) as object);
	if (place !== undefined) return place;
	throw new NodeOperationError(context.getNode(), 'The item was not registered before its request');
}

/** True when n8n starts the items at intervals, so that late ones are still to come. */
const isBatched = (context: IExecuteSingleFunctions): boolean => {
	const options = context.getNodeParameter('requestOptions', {}) as {
		batching?: { batch?: { batchInterval?: number } };
	};
	return (options.batching?.batch?.batchInterval ?? 0) > 0;
};

/**
 * n8n prepares the items one by one and starts each at once. When the parameters of a later item cannot be
 * read it fails the node, and the earlier items would be sent all the same, with nobody to see the outcome.
 */
async function checkAllRegistered(context: IExecuteSingleFunctions, run: Run): Promise<void> {
	run.allRegistered ??= sleep(0);
	await run.allRegistered;
	if (run.items.size < numberOfItems(context) && !context.continueOnFail() && !isBatched(context)) {
		throw inputError(
			context,
			'Nothing was sent: the fields of a later item could not be read',
			`Item ${run.items.size} stopped the node before its first request.`,
		);
	}
}

function checkMayGoOn(context: IExecuteSingleFunctions, run: Run): void {
	if (cancelSignal(context)?.aborted) {
		throw new NodeOperationError(context.getNode(), 'The execution was stopped');
	}
	if (run.failedAt !== undefined && run.failedAt < context.getItemIndex()) {
		throw inputError(
			context,
			`Not sent, because item ${run.failedAt} failed`,
			'Set On Error to Continue to handle every item on its own.',
		);
	}
}

/**
 * Puts the item in line. It is the first pre-send function of every operation. A write waits here until
 * all items before it are through, so that writes go out one by one in the order of the items, and none
 * follows a failed one. Reads do not wait.
 */
export const enqueueItem: PreSend = async function (options) {
	const { run, item, before } = register(this);
	try {
		if ((options.method ?? 'GET') !== 'GET') {
			await checkAllRegistered(this, run);
			await before;
		}
	} catch (error) {
		item.error = error as Error;
	}
	return options;
};

/**
 * A pre-send function of an operation. What it throws is kept until the item's request is due, so that the
 * item fails in its item like any other.
 */
export const preSend = (work: PreSend): PreSend =>
	async function (options) {
		const { run, item } = queuedItemOf(this);
		if (item.error !== undefined) return options;
		try {
			checkMayGoOn(this, run);
			return await work.call(this, options);
		} catch (error) {
			item.error = error as Error;
			return options;
		}
	};

function asNodeError(
	context: IExecuteSingleFunctions,
	error: unknown,
): NodeApiError | NodeOperationError {
	const nodeError =
		error instanceof NodeApiError || error instanceof NodeOperationError
			? error
			: new NodeOperationError(context.getNode(), error as Error, {
					itemIndex: context.getItemIndex(),
				});
	// n8n stores and logs the node with its error. A PIN may stand in the fields, so only two of them stay.
	const { node } = nodeError;
	const { resource, operation } = node.parameters;
	return Object.assign(nodeError, { node: { ...node, parameters: { resource, operation } } });
}

/** The same context, with a cancel signal that also tells when an item before it failed. */
function withAbortSignal(
	context: IExecutePaginationFunctions,
	{ abort: abandoned }: QueuedItem,
): IExecutePaginationFunctions {
	const stop = cancelSignal(context);
	const signal = stop ? AbortSignal.any([stop, abandoned.signal]) : abandoned.signal;
	return Object.create(context, {
		getExecutionCancelSignal: { value: () => signal },
	}) as IExecutePaginationFunctions;
}

function fail(run: Run, failedAt: number): void {
	run.failedAt = failedAt;
	for (const [index, item] of run.items) if (index > failedAt) item.abort.abort();
}

function appendProgress(
	context: IExecuteSingleFunctions,
	error: NodeApiError | NodeOperationError,
	method: string,
): void {
	const total = numberOfItems(context);
	if (method === 'GET' || total < 2) return;
	const index = context.getItemIndex();
	const done =
		index === 0
			? 'No item was done before it'
			: index === 1
				? 'Item 0 was done before it'
				: `Items 0 to ${index - 1} were done before it`;
	const left = total - index - 1;
	const rest = left === 0 ? '' : `; ${left} after it ${left === 1 ? 'was' : 'were'} not sent`;
	error.description = `${error.description ?? ''} ${done}${rest}.`.trim();
}

/**
 * Makes the `pagination` function of an operation: does `work` for the item in its item, links the results to
 * the item, and settles the item. With On Error set to continue, a failed item becomes an error item
 * that is linked too.
 */
export const inItemOrder = (work: Work): Sender =>
	async function (requestData) {
		const { run, item } = queuedItemOf(this);
		const pairedItem = { item: this.getItemIndex() };
		let error: NodeApiError | NodeOperationError;
		let isSent = false;
		try {
			if (item.error === undefined) {
				checkMayGoOn(this, run);
				const outcome = await work.call(withAbortSignal(this, item), requestData);
				isSent = typeof outcome === 'function';
				if (isSent) item.finish();
				const items = typeof outcome === 'function' ? await outcome() : outcome;
				redactPersonalData(this, items);
				for (const item of items) item.pairedItem = pairedItem;
				item.finish();
				return items;
			}
			error = asNodeError(this, item.error);
		} catch (caught) {
			error = asNodeError(this, caught);
		}
		if (!this.continueOnFail() && !isSent && run.failedAt === undefined) {
			fail(run, this.getItemIndex());
			appendProgress(this, error, requestData.options.method ?? 'GET');
		}
		item.finish();
		if (this.continueOnFail()) return [{ json: { error: error.message }, error, pairedItem }];
		// n8n looks at the outcomes once it has started all items; an earlier failure would count as unhandled.
		await run.complete;
		throw error;
	};
