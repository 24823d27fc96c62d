import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	INodeExecutionData,
	NodeApiError,
} from 'n8n-workflow';

import { budgetRuleOf, isExhaustion } from '../http/budgetRule';
import { apiError } from '../http/errors';
import { checkPagesLeft } from '../http/hourlyBudget';
import type { RequestDetails } from '../http/request';
import type { Pagination } from '../lists/pagination';
import { receive, sendRouted, targetOf } from './singleRequest';
import { readList } from '../lists/readList';
import {
	afterStyle,
	cursorStyle,
	nextStyle,
	offsetOrCursorStyle,
	offsetStyle,
	pageStyle,
	sizedPageStyle,
} from '../lists/styles';
import type { PaginationFunction } from './itemQueue';
import { inItemOrder } from './itemQueue';
import { recordsToRead } from './modelOutput';

type ResultOptions = DeclarativeRestApiSettings.ResultOptions;

/** What filters leave of a list. */
export interface Narrowing {
	/** What the API filters. */
	query?: IDataObject;
	/** Whether a row passes the filters that the API does not have. The user's limit counts the rows that pass. */
	passes?: (row: IDataObject) => boolean;
}

/** Reads an item's filters, before the first page of its list. */
type Narrow = (
	context: IExecutePaginationFunctions,
	requestData: ResultOptions,
) => Promise<Narrowing>;

/**
 * Reads the list that an item's request names, up to the user's limit. If the hourly quota is exhausted meanwhile, and
 * the item is to return what was read, each item has a text as `incomplete`.
 *
 * @throws NodeApiError when any other page fails: half a list never passes for a whole one
 */
export async function readPaged(
	context: IExecutePaginationFunctions,
	requestData: ResultOptions,
	pagination: Pagination,
	details: RequestDetails = {},
	{ query: narrowed, passes }: Narrowing = {},
): Promise<INodeExecutionData[]> {
	const limit = recordsToRead(context);
	const target = await targetOf(context, requestData);
	const { method = 'GET', qs } = requestData.options;
	const order = limit === Infinity ? pagination.steadyOrder : {};
	const wanted = passes === undefined ? limit : Infinity;
	let items: INodeExecutionData[] = [];
	let read = 0;
	let total: number | undefined;
	await readList({
		pagination,
		wanted,
		fetch: async (query) =>
			await sendRouted(
				context,
				requestData,
				target,
				{ ...order, ...(qs as object), ...narrowed, ...query },
				{ ...details, retry: pagination.retry, isPage: true },
			),
		receive: async (rows, page) => {
			read += rows.length;
			({ total } = page);
			await checkPagesLeft(context, Math.min(wanted, total ?? 0) - read, pagination.pageSize);
			const passing = passes ? rows.filter(passes).slice(0, limit - items.length) : rows;
			const received = await receive(
				context,
				requestData,
				page.response,
				passing.map((json) => ({ json })),
			);
			for (const item of received) items.push(item);
			return passes && items.length >= limit ? 'stop' : received.length;
		},
		restart: () => {
			items = [];
			read = 0;
		},
		fail: (problem) => {
			throw apiError(context, { method, path: target.path, ids: target.ids, problem });
		},
	}).catch((error: NodeApiError) => {
		const returnsPart = isExhaustion(error) && budgetRuleOf(context) === 'returnRead';
		if (!returnsPart || items.length === 0) throw error;
		const incomplete = `Only ${read}${total === undefined ? '' : ` of ${total}`} records were read: ${error.message}`;
		for (const { json } of items) json.incomplete = incomplete;
	});
	return items;
}

const paged = (pagination: Pagination, narrow?: Narrow): PaginationFunction =>
	inItemOrder(async function (requestData) {
		return await readPaged(this, requestData, pagination, {}, await narrow?.(this, requestData));
	});

type ListOptions = Pick<Pagination, 'items'> &
	Partial<Pick<Pagination, 'pageSize' | 'key' | 'steadyOrder' | 'retry'>> & { narrow?: Narrow };

const inStyle =
	(style: (settings: ListOptions) => Omit<Pagination, 'items'>) =>
	({ narrow, ...list }: ListOptions): PaginationFunction =>
		paged({ ...list, ...style(list) }, narrow);

/** Lists with `limit` and `offset`. */
export const byOffset = inStyle(offsetStyle);

/** Prism: `limit` and `offset`, or a cursor that starts empty. */
export const byOffsetOrCursor = inStyle(offsetOrCursorStyle);

/** Lists with `page`, starting at 1, and a page size that the API chooses. */
export const byPage = inStyle(pageStyle);

/** Lists with `page`, starting at 1, and `size`. */
export const bySizedPage = inStyle(sizedPageStyle);

/** Lists whose `next` link contains a cursor, with `limit` where the API supports it. */
export const byCursor = inStyle(cursorStyle);

/** Lists with `size` and an `after` cursor in the `next` link. */
export const byAfter = inStyle(afterStyle);

/** Lists without documented pagination: one page, or several if the API ever sends a `next` link. */
export const byNext = inStyle(nextStyle);
