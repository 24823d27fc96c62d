import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	INodeExecutionData,
} from 'n8n-workflow';

import { apiError } from '../http/errors';
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
 * Reads the list that an item's request names, up to the user's limit.
 *
 * @throws NodeApiError when any page fails: half a list is never returned
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
	let items: INodeExecutionData[] = [];
	await readList({
		pagination,
		wanted: passes === undefined ? limit : Infinity,
		fetch: async (query) =>
			await sendRouted(
				context,
				requestData,
				target,
				{ ...order, ...(qs as object), ...narrowed, ...query },
				{ ...details, retry: pagination.retry, isPage: true },
			),
		receive: async (rows, { response }) => {
			const passing = passes ? rows.filter(passes).slice(0, limit - items.length) : rows;
			const received = await receive(
				context,
				requestData,
				response,
				passing.map((json) => ({ json })),
			);
			for (const item of received) items.push(item);
			return passes && items.length >= limit ? 'stop' : received.length;
		},
		restart: () => {
			items = [];
		},
		fail: (problem) => {
			throw apiError(context, { method, path: target.path, ids: target.ids, problem });
		},
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
