import type { INodeProperties } from 'n8n-workflow';

import { apiError } from '../../transport/http/errors';
import { listEndpoints } from '../../transport/lists/listAll';
import { readList } from '../../transport/lists/readList';
import { inItemOrder } from '../../transport/routing/itemQueue';
import { sendRouted, targetOf } from '../../transport/routing/singleRequest';
import { deviceFilterFields, narrowDevices } from './filters';

/** Counts the devices that the filters let through: as the API tells their total, else by reading them. */
export const countDevices = inItemOrder(async function (requestData) {
	const target = await targetOf(this, requestData);
	const { path, ids } = target;
	const { query: narrowed, passes } = await narrowDevices(this, requestData);
	let count = 0;
	await readList({
		pagination: listEndpoints.devices,
		wanted: Infinity,
		fetch: async (query) =>
			await sendRouted(
				this,
				requestData,
				target,
				{ ordering: 'device_id', ...narrowed, ...query },
				{ isPage: true },
			),
		receive: async (rows, { total }) => {
			if (passes === undefined && total !== undefined && total >= rows.length) {
				count = total;
				return 'stop';
			}
			count += passes === undefined ? rows.length : rows.filter(passes).length;
			return rows.length;
		},
		restart: () => {
			count = 0;
		},
		fail: (problem) => {
			throw apiError(this, { path, ids, problem });
		},
	});
	return [{ json: { count } }];
});

export const deviceCountDescription: INodeProperties[] = [
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: { show: { resource: ['device'], operation: ['count'] } },
		options: deviceFilterFields,
	},
];
