import type { IDataObject } from 'n8n-workflow';

import type { ApiContext } from '../http/context';
import { apiError } from '../http/errors';
import { checkPagesLeft } from '../http/hourlyBudget';
import type { Pagination } from './pagination';
import { readList } from './readList';
import type { RequestDetails } from '../http/request';
import { send } from '../http/request';
import { cursorStyle, nextStyle, offsetStyle, pageStyle } from './styles';

/** How the lists are paged that operations look records up in. */
export const listEndpoints = {
	devices: { ...offsetStyle(), items: '', key: 'device_id' },
	deviceNotes: { ...nextStyle(), items: '', key: 'note_id' },
	commands: { ...offsetStyle(), items: 'commands.results', key: 'uuid' },
	adeIntegrations: { ...nextStyle(), items: 'results', key: 'id' },
	adeDevices: { ...pageStyle(), items: 'results', key: 'id' },
	blueprints: { ...offsetStyle(), items: 'results', key: 'id' },
	libraryItems: { ...pageStyle(), items: 'results', key: 'id' },
	selfServiceCategories: { ...nextStyle(), items: '', key: 'id' },
	users: { ...cursorStyle(), items: 'results', key: 'id' },
	tags: { ...nextStyle(), items: 'results', key: 'id' },
} satisfies Record<string, Pagination>;

/**
 * Reads a full list that an operation needs besides its own request, unless it has more rows than `most`.
 *
 * @returns the API's rows, untouched; undefined as soon as there are known to be more
 * @throws NodeApiError when any page fails: half a list is never returned
 */
export async function listUpTo(
	most: number,
	context: ApiContext,
	url: string,
	qs: IDataObject,
	pagination: Pagination,
	details: RequestDetails = {},
): Promise<IDataObject[] | undefined> {
	let all: IDataObject[] = [];
	let isLonger = false;
	await readList({
		pagination,
		wanted: Infinity,
		fetch: async (query) =>
			await send(
				context,
				{ method: 'GET', url, qs: { ...qs, ...query } },
				{ ...details, isPage: true },
			),
		receive: async (rows, { total = 0 }) => {
			for (const row of rows) all.push(row);
			isLonger = all.length > most || total > most;
			if (!isLonger) await checkPagesLeft(context, total - all.length, pagination.pageSize);
			return isLonger ? 'stop' : rows.length;
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
	return isLonger ? undefined : all;
}

/** As {@link listUpTo}, however long the list is. */
export const listAll = async (
	context: ApiContext,
	url: string,
	qs: IDataObject,
	pagination: Pagination,
	details: RequestDetails = {},
): Promise<IDataObject[]> =>
	(await listUpTo(Infinity, context, url, qs, pagination, details)) ?? [];
