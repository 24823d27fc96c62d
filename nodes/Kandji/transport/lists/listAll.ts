import type { IDataObject } from 'n8n-workflow';

import type { ApiContext } from '../http/context';
import { apiError } from '../http/errors';
import type { Pagination } from './pagination';
import { readList } from './readList';
import type { RequestDetails } from '../http/request';
import { send } from '../http/request';

/** How the lists are paged that operations look records up in. */
export const listEndpoints = {
	devices: {
		pageSize: 300,
		items: '',
		key: 'device_id',
		overlaps: true,
		range: (offset, limit) => ({ limit, offset }),
	},
	commands: {
		pageSize: 300,
		items: 'commands.results',
		key: 'uuid',
		overlaps: true,
		range: (offset, limit) => ({ limit, offset }),
	},
	blueprints: {
		pageSize: 300,
		items: 'results',
		key: 'id',
		overlaps: true,
		range: (offset, limit) => ({ limit, offset }),
	},
	users: { pageSize: 300, items: 'results', key: 'id', first: () => ({}) },
	tags: { pageSize: 300, items: 'results', key: 'id', first: () => ({}) },
} satisfies Record<string, Pagination>;

/**
 * Reads a full list that an operation needs besides its own request.
 *
 * @returns the API's rows, untouched
 * @throws NodeApiError when any page fails: half a list is never returned
 */
export async function listAll(
	context: ApiContext,
	url: string,
	qs: IDataObject,
	pagination: Pagination,
	details: RequestDetails = {},
): Promise<IDataObject[]> {
	let all: IDataObject[] = [];
	await readList({
		pagination,
		wanted: Infinity,
		fetch: async (query) =>
			await send(context, { method: 'GET', url, qs: { ...qs, ...query } }, details),
		receive: async (rows) => {
			all.push(...rows);
			return rows.length;
		},
		restart: () => {
			all = [];
		},
		fail: (problem) => {
			throw apiError(context, {
				path: details.path ?? url,
				ids: details.ids,
				problem,
			});
		},
	});
	return all;
}
