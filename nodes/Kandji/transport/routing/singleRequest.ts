import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
	INodeExecutionData,
} from 'n8n-workflow';

import { budgetRuleOf } from '../http/budgetRule';
import { inputError } from '../http/errors';
import { leftThisHour, shortageError } from '../http/hourlyBudget';
import type { Target } from './ids';
import { isBlankFilter } from './fieldChecks';
import { fillPath } from './ids';
import { isDryRun } from './dryRun';
import { approvalCard } from './approvalCard';
import type { ApiResponse, RequestDetails } from '../http/request';
import { send } from '../http/request';
import type { RetryRule } from '../http/retry';
import type { PaginationFunction } from './itemQueue';
import { budgetOfRun, inItemOrder, numberOfItems } from './itemQueue';
import { checkReached } from './repeats';

type ResultOptions = DeclarativeRestApiSettings.ResultOptions;

/**
 * The IDs in the path of the request that each response answers, and what is known of their records, for post-receive
 * functions that add them to the output. An entry lives as long as its response.
 */
const sentIds = new WeakMap<object, IDataObject>();

/**
 * The IDs in the path of the request that `response` answers, by their API names, and what is known of their records:
 * `serial_number` and `device_name`, `blueprint_name`, `library_item_name`.
 */
export const idsOf = (response: object): IDataObject => sentIds.get(response) ?? {};

/**
 * Fills the path of an operation's request from the node's parameters.
 *
 * @throws NodeOperationError when an id is empty, malformed or names nothing
 */
export const targetOf = async (
	context: IExecutePaginationFunctions,
	{ options }: ResultOptions,
): Promise<Target> =>
	await fillPath(context, options.url ?? '', (name) => context.getNodeParameter(name));

/**
 * Sends an operation's request.
 *
 * @param requestData the request that n8n assembled from the routing of the displayed fields
 * @param qs additional query parameters, such as those of a page
 */
export async function sendRouted(
	context: IExecutePaginationFunctions,
	requestData: ResultOptions,
	{ url, path, ids, facts }: Target,
	qs: IDataObject = {},
	details: RequestDetails = {},
): Promise<ApiResponse> {
	const options = requestData.options as IHttpRequestOptions;
	checkQuery(context, options.qs ?? {});
	const response = await send(
		context,
		{ ...options, url, qs: { ...options.qs, ...qs } },
		{ path, ids, ...details },
	);
	sentIds.set(response, { ...ids, ...facts });
	return response;
}

/**
 * Refuses an empty query parameter, such as one of API Request. The API ignores it, so a workflow that is meant for one
 * person's devices would continue with the entire fleet.
 */
function checkQuery(context: IExecutePaginationFunctions, qs: IDataObject): void {
	for (const [key, value] of Object.entries(qs)) {
		if (key === 'search' || !isBlankFilter(value)) continue;
		throw inputError(
			context,
			`The query parameter ${key} is empty`,
			'Nothing was sent, because an empty filter matches everything. Remove the parameter, or check its expression.',
		);
	}
}

/** Runs the operation's post-receive functions on `items`, in the order in which the description lists them. */
export async function receive(
	context: IExecutePaginationFunctions,
	{ postReceive }: ResultOptions,
	response: ApiResponse,
	items: INodeExecutionData[],
): Promise<INodeExecutionData[]> {
	let received = items;
	for (const action of postReceive.flatMap(({ actions }) => actions)) {
		if (typeof action !== 'function') continue;
		received = await action.call(context, received, response as IN8nHttpFullResponse);
	}
	return received;
}

/**
 * Refuses an item when the hour has fewer requests left than there are items to do, each of which takes at least one:
 * a run that would stop halfway does not start. It is looked at once for all items of a run, as soon as an answer has
 * said what is left.
 *
 * @throws NodeApiError that names both numbers, unless the items are to wait
 */
async function checkItemsLeft(context: IExecutePaginationFunctions): Promise<void> {
	const budget = budgetOfRun(context);
	if (!budget.isKnown && budgetRuleOf(context) === 'throwError') {
		const left = await leftThisHour(context);
		// With none left, the answer to the request says when there will be more.
		if (left === undefined || left === 0) return;
		const needed = numberOfItems(context) - context.getItemIndex();
		budget.isKnown = true;
		if (needed > left) budget.shortage = { left, needed };
	}
	if (budget.shortage === undefined) return;
	throw shortageError(context, budget.shortage.left, budget.shortage.needed);
}

const asItems = (body: unknown): INodeExecutionData[] =>
	(Array.isArray(body) ? body : [body]).map((json: IDataObject) => ({ json }));

/**
 * Sends an item's only request; with Dry Run on, returns a write instead of sending it.
 *
 * @param onResponse gets the response before it becomes items
 */
export async function sendItem(
	context: IExecutePaginationFunctions,
	requestData: ResultOptions,
	details: RequestDetails = {},
	onResponse?: (response: ApiResponse) => void,
): Promise<INodeExecutionData[]> {
	const target = await targetOf(context, requestData);
	const options = requestData.options as IHttpRequestOptions;
	if (options.method !== 'GET' && isDryRun(context)) {
		const request = { ...options, url: target.url };
		return [{ json: await approvalCard(context, options.url ?? '', target, request) }];
	}
	await checkItemsLeft(context);
	checkReached(context, options, target.url);
	const response = await sendRouted(context, requestData, target, {}, details);
	onResponse?.(response);
	return await receive(context, requestData, response, asItems(response.body));
}

const single = (retry?: RetryRule): PaginationFunction =>
	inItemOrder(async function (requestData) {
		return await sendItem(this, requestData, { retry });
	});

/** The default of every operation: one request per item. */
export const singleRequest = single();

/** As {@link singleRequest}, with a retry rule, such as for a request that the API is not ready for yet. */
export const retryWhileBusy = (retry: RetryRule): PaginationFunction => single(retry);
