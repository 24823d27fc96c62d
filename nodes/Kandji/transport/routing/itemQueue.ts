import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
	ITaskDataConnections,
	NodeApiError,
} from 'n8n-workflow';
import { NodeOperationError, sleep } from 'n8n-workflow';

import { setUrgency } from '../http/context';
import { inputError, shownError } from '../http/errors';
import { answersWithNone, itemsForNone } from './absence';
import { fitForModel } from './modelOutput';
import { redactPersonalData } from './redaction';
import { withholdSecrets } from './withheld';
import { cancelSignal } from '../http/wait';

/** An operation's `pagination` function. Every request of the node leaves through one. */
export type PaginationFunction = (
	this: IExecutePaginationFunctions,
	requestData: DeclarativeRestApiSettings.ResultOptions,
) => Promise<INodeExecutionData[]>;

/**
 * The outcome of an item's request: its output items, or the rest of the work once the next item may start, such as
 * waiting for a device.
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

/** A record that a parameter identifies. */
export interface Identified {
	id: string;
	/** The record as its list has it, if it was looked up there. */
	record?: IDataObject;
}

/** What the fields of an item call its record, by the names that the output has for it. */
type Words = () => Promise<IDataObject>;

/** One input item on its way through the node. */
interface QueuedItem {
	context: IExecuteSingleFunctions;
	/** The error that a pre-send function threw for the item. */
	error?: Error;
	finished: Promise<void>;
	finish: () => void;
	/** Settled once all items before it are finished. */
	before: Promise<void>;
	/** Aborted when an earlier item failed, so that a read sends no more requests. */
	abort: AbortController;
	/** What the parameters identify, by their names, found once for everything that is done for the item. */
	identified: Map<string, Promise<Identified>>;
	/** Reads what its fields call the record, for an output without it. */
	words: Words;
	progress: Progress;
}

/** What was carried out for an item. It is kept when n8n runs the node again ("Retry On Fail"). */
interface Progress {
	/** The input item: a tool's next call has another one, with the same index. */
	input: unknown;
	/** The outcome of the request, once it has one. */
	outcome?: Outcome;
	/** The output of the steps that are done, by their names, for an operation that sends several requests. */
	steps: Map<string, IDataObject>;
	/** What its output has besides: what its requests so far changed. */
	kept: IDataObject;
}

/** All items of one run of the node. */
interface Run {
	items: Map<number, QueuedItem>;
	/** Settled once every item registered so far is finished. */
	last: Promise<void>;
	allRegistered?: Promise<void>;
	/** The first item whose fields n8n will not be able to read, if any. */
	unreadable?: { index?: number };
	failedAt?: number;
	/** Resolved once the last item is registered; n8n's batching delays it. */
	complete: Promise<void>;
	setComplete: () => void;
	/** What {@link oncePerRun} does for all items together. */
	shared?: Promise<unknown>;
	/** By the item's index; shared with the runs that n8n retries this one with. */
	progress: Map<number, Progress>;
	/** Items that name the same record, by their indexes, once they were looked for. */
	repeated?: number[][];
	/** The item that each irreversible request was sent for, by what it reaches. */
	reached: Map<string, number>;
	/** What is read for several items, by its names. */
	lists: Map<string, unknown>;
	budget: Budget;
}

/** Whether the hour has enough requests left for the items of a run. */
interface Budget {
	/** Whether that was looked at. */
	isKnown: boolean;
	/** Set when it has not: how many are left, and how many were needed at least. */
	shortage?: { left: number; needed: number };
}

function newRun(progress = new Map<number, Progress>()): Run {
	let setComplete = () => {};
	const complete = new Promise<void>((resolve) => (setComplete = resolve));
	return {
		items: new Map(),
		last: Promise.resolve(),
		complete,
		setComplete,
		progress,
		reached: new Map(),
		lists: new Map(),
		budget: { isKnown: false },
	};
}

/**
 * The run of each execute data object, which n8n shares between all items of one run (and an AI agent between all
 * calls of its tools). An entry lives as long as n8n keeps that object.
 */
const runs = new WeakMap<object, Run>();

/** The queued item of each context that n8n creates for an item; an entry lives as long as the context. */
const queuedItems = new WeakMap<object, { run: Run; item: QueuedItem }>();

function inputItems(context: IExecuteSingleFunctions): INodeExecutionData[] {
	// As an AI agent's tool the node has an input of its own, and the execute data is the agent's.
	const { inputData = context.getExecuteData().data } = context as {
		inputData?: ITaskDataConnections;
	};
	return Object.values(inputData)[0]?.[0] ?? [];
}

/** Number of input items of the node. */
export const numberOfItems = (context: IExecuteSingleFunctions): number =>
	inputItems(context).length;

/** What was carried out for the item in an earlier try of the same run; otherwise nothing yet. */
function progressOf(context: IExecuteSingleFunctions, run: Run, index: number): Progress {
	const input = inputItems(context)[index];
	const earlier = run.progress.get(index);
	if (input !== undefined && earlier?.input === input) return earlier;
	const progress: Progress = { input, steps: new Map(), kept: {} };
	run.progress.set(index, progress);
	return progress;
}

function register(context: IExecuteSingleFunctions): void {
	const index = context.getItemIndex();
	const key = context.getExecuteData();
	let run = runs.get(key);
	if (run === undefined || run.items.has(index)) {
		// An item that is registered again means that n8n runs the node again ("Retry On Fail").
		run = newRun(run?.progress);
		runs.set(key, run);
	}
	let finish = () => {};
	const finished = new Promise<void>((resolve) => (finish = resolve));
	const item: QueuedItem = {
		context,
		finished,
		finish,
		before: run.last,
		abort: new AbortController(),
		identified: new Map(),
		words: async () => ({}),
		progress: progressOf(context, run, index),
	};
	run.items.set(index, item);
	run.last = item.before.then(async () => await item.finished);
	if (run.items.size >= numberOfItems(context)) run.setComplete();
	queuedItems.set(context, { run, item });
}

function queuedItemOf(context: IExecuteSingleFunctions): { run: Run; item: QueuedItem } {
	// For a pagination function n8n derives an object of its own from the item's context, and so do we.
	let origin: object | null = context;
	while (origin !== null) {
		const queued = queuedItems.get(origin);
		if (queued !== undefined) return queued;
		origin = Object.getPrototypeOf(origin) as object | null;
	}
	throw new NodeOperationError(context.getNode(), 'The item was not registered before its request');
}

/** The records that the parameters of the context's item identify, as far as they are known yet. */
export const identifiedFor = (context: IExecuteSingleFunctions): Map<string, Promise<Identified>> =>
	queuedItemOf(context).item.identified;

/** Sets how to read what the fields of the context's item call its record. */
export function setWords(context: IExecuteSingleFunctions, words: Words): void {
	queuedItemOf(context).item.words = words;
}

/** What the fields of the context's item call its record. */
export const wordsFor = async (context: IExecuteSingleFunctions): Promise<IDataObject> =>
	await queuedItemOf(context).item.words();

function validItems(
	context: IExecuteSingleFunctions,
	run: Run,
): Map<number, IExecuteSingleFunctions> {
	const contexts = new Map<number, IExecuteSingleFunctions>();
	for (const [index, item] of run.items) {
		if (item.error === undefined) contexts.set(index, item.context);
		else if (!context.continueOnFail()) throw item.error;
	}
	return contexts;
}

/**
 * Does the work that an operation does once for all items of its run, such as reading what they are compared with. The
 * first item that asks for it does it, and all get the same result or error.
 *
 * @param work gets the contexts of the items whose fields are valid, by their index
 * @throws the error of an item whose fields are not, unless On Error is set to continue
 */
export async function oncePerRun<T>(
	context: IExecuteSingleFunctions,
	work: (items: Map<number, IExecuteSingleFunctions>) => Promise<T>,
): Promise<T> {
	const { run } = queuedItemOf(context);
	run.shared ??= work(validItems(context, run));
	return (await run.shared) as T;
}

/** The output of the steps that were done for the context's item, by their names, in this or an earlier try. */
export const stepsDoneFor = (context: IExecuteSingleFunctions): Map<string, IDataObject> =>
	queuedItemOf(context).item.progress.steps;

/** Fields that are added to the first output item of the context's item, with those of an earlier try. */
export const keptFor = (context: IExecuteSingleFunctions): IDataObject =>
	queuedItemOf(context).item.progress.kept;

/** The groups of items that name the same record, found once for all items of the run. */
export function repeatedItems(
	context: IExecuteSingleFunctions,
	find: () => number[][],
): number[][] {
	const { run } = queuedItemOf(context);
	run.repeated ??= find();
	return run.repeated;
}

/**
 * Notes what an irreversible request of the context's item reaches.
 *
 * @returns the other item of the run that reached it before, if there is one
 */
export function reachFirst(context: IExecuteSingleFunctions, what: string): number | undefined {
	const { reached } = queuedItemOf(context).run;
	const index = reached.get(what) ?? context.getItemIndex();
	reached.set(what, index);
	return index === context.getItemIndex() ? undefined : index;
}

/** What is known of the hourly quota for the context's run. */
export const budgetOfRun = (context: IExecuteSingleFunctions): Budget =>
	queuedItemOf(context).run.budget;

/** What is read for several items of the context's run, by names of its own. */
export const listsOfRun = (context: IExecuteSingleFunctions): Map<string, unknown> =>
	queuedItemOf(context).run.lists;

/**
 * Reads what several items of a run need, once for all of them. A failed read is not kept: the next item tries again.
 *
 * @param name what is read; the same name stands for the same result
 */
export async function readOncePerRun<T>(
	context: IExecuteSingleFunctions,
	name: string,
	read: () => Promise<T>,
): Promise<T> {
	const lists = listsOfRun(context) as Map<string, Promise<T>>;
	const result = lists.get(name) ?? read();
	lists.set(name, result);
	result.catch(() => lists.delete(name));
	return await result;
}

/** True when n8n's batching option starts the items at intervals. */
const isBatched = (context: IExecuteSingleFunctions): boolean => {
	const options = context.getNodeParameter('requestOptions', {}) as {
		batching?: { batch?: { batchInterval?: number } };
	};
	return (options.batching?.batch?.batchInterval ?? 0) > 0;
};

function expressionsIn(value: unknown): string[] {
	if (typeof value === 'string') return value.startsWith('=') ? [value.slice(1)] : [];
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(expressionsIn);
}

/** The first item from `start` on with an expression that fails. */
function firstUnreadable(context: IExecuteSingleFunctions, start: number): number | undefined {
	const expressions = expressionsIn(context.getNode().parameters);
	for (let index = start; index < numberOfItems(context); index++) {
		try {
			for (const expression of expressions) context.evaluateExpression(expression, index);
		} catch {
			return index;
		}
	}
	return undefined;
}

/**
 * n8n prepares the items one by one and starts each immediately. When it cannot read the parameters of a later item it
 * fails the node, but the requests of the earlier items would still leave, and nobody would see their outcome. With
 * batching it prepares later items only when it is their time, so that their expressions are tried ahead.
 */
async function checkAllReadable(context: IExecuteSingleFunctions, run: Run): Promise<void> {
	run.allRegistered ??= sleep(0);
	await run.allRegistered;
	const registered = run.items.size;
	if (registered >= numberOfItems(context) || context.continueOnFail()) return;
	run.unreadable ??= {
		index: isBatched(context) ? firstUnreadable(context, registered) : registered,
	};
	if (run.unreadable.index !== undefined) {
		throw inputError(
			context,
			'Nothing was sent, because the fields of a later item could not be read',
			`Item ${run.unreadable.index} stopped the node before its first request.`,
		);
	}
}

function checkCanContinue(context: IExecuteSingleFunctions, run: Run): void {
	if (cancelSignal(context)?.aborted) {
		throw inputError(context, 'The execution was stopped');
	}
	if (run.failedAt !== undefined && run.failedAt < context.getItemIndex()) {
		throw inputError(
			context,
			`Not sent, because item ${run.failedAt} failed`,
			'To process each item independently, set the node setting On Error to Continue.',
		);
	}
}

const isWrite = ({ method = 'GET' }: { method?: string }): boolean => method !== 'GET';

/** Adds the item to the run's queue. It is the first pre-send function of every operation. */
export const enqueueItem: PreSend = async function (options) {
	register(this);
	setUrgency(this, isWrite(options) ? 'write' : 'read');
	return options;
};

/**
 * Lets a write wait until all earlier items are finished, so that writes leave one at a time in item order, and none
 * after a failure. Reads do not wait. What comes before it in the list of pre-send functions is done for all items
 * before the first write.
 */
export const awaitTurn: PreSend = async function (options) {
	const { run, item } = queuedItemOf(this);
	if (!isWrite(options)) return options;
	try {
		await checkAllReadable(this, run);
		await item.before;
	} catch (error) {
		item.error ??= error as Error;
	}
	return options;
};

/**
 * Makes a pre-send function of an operation. An error that `work` throws is kept until the item's request is due, so
 * that errors surface in item order.
 */
export const preSend = (work: PreSend): PreSend =>
	async function (options) {
		const { run, item } = queuedItemOf(this);
		if (item.error !== undefined || item.progress.outcome !== undefined) return options;
		try {
			checkCanContinue(this, run);
			return await work.call(this, options);
		} catch (error) {
			item.error = error as Error;
			return options;
		}
	};

/** The same context with a cancel signal that also aborts when an earlier item fails. */
function withAbortSignal(
	context: IExecutePaginationFunctions,
	{ abort }: QueuedItem,
): IExecutePaginationFunctions {
	const stop = cancelSignal(context);
	const signal = stop ? AbortSignal.any([stop, abort.signal]) : abort.signal;
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
	error: NodeApiError,
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
 * The item of an error, with what its fields call the record. n8n would leave nothing but the message of an item that
 * carries its error. On the error output it takes only one with nothing but a message, and adds the input's fields.
 */
async function errorItem(
	context: IExecuteSingleFunctions,
	{ words }: QueuedItem,
	{ message }: NodeApiError,
): Promise<INodeExecutionData> {
	if (context.getNode().onError === 'continueErrorOutput') return { json: { error: message } };
	const named = { json: await words() };
	redactPersonalData(context, [named]);
	return { json: { ...named.json, error: message } };
}

/**
 * Makes the `pagination` function of an operation: runs `work` when the item is due, links its output items to the
 * input item, and lets the next item start. A record that does not exist is an answer where If None Found says so. With
 * On Error set to continue, a failed item becomes an error item that is linked too.
 *
 * @throws NodeApiError when the item failed and On Error is not set to continue
 */
export const inItemOrder = (work: Work): PaginationFunction =>
	async function (requestData) {
		const { run, item } = queuedItemOf(this);
		const pairedItem = { item: this.getItemIndex() };
		let error: NodeApiError;
		let isRequestDone = false;
		try {
			if (item.error === undefined) {
				checkCanContinue(this, run);
				const { progress } = item;
				const ifNone = async (problem: Error): Promise<Outcome> => {
					if (answersWithNone(this, problem)) return itemsForNone(this, await item.words());
					throw problem;
				};
				const outcome =
					progress.outcome ??
					(await work.call(withAbortSignal(this, item), requestData).catch(ifNone));
				// A read may be repeated. What was carried out may not, when n8n runs the node again.
				if (isWrite(requestData.options)) progress.outcome = outcome;
				isRequestDone = typeof outcome === 'function';
				if (isRequestDone) {
					item.finish();
					// What remains is to look how far Kandji or the device has got.
					setUrgency(this, 'poll');
				}
				const items = typeof outcome === 'function' ? await outcome() : outcome;
				Object.assign(items[0]?.json ?? {}, progress.kept);
				if (progress.outcome !== undefined) progress.outcome = items;
				redactPersonalData(this, items);
				withholdSecrets(this, items);
				const returned = fitForModel(this, items);
				for (const output of returned) output.pairedItem = pairedItem;
				item.finish();
				return returned;
			}
			error = shownError(this, item.error);
		} catch (caught) {
			error = shownError(this, caught);
		}
		if (!this.continueOnFail() && !isRequestDone && run.failedAt === undefined) {
			fail(run, this.getItemIndex());
			appendProgress(this, error, requestData.options.method ?? 'GET');
		}
		item.finish();
		if (this.continueOnFail()) return [{ ...(await errorItem(this, item, error)), pairedItem }];
		// n8n awaits the outcomes once it has started all items; an earlier rejection would count as unhandled.
		await run.complete;
		throw error;
	};
