import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type * as SendAction from '../../nodes/Kandji/resources/deviceAction/sendAction';
import type * as ListAll from '../../nodes/Kandji/transport/lists/listAll';
import type { RetryRule } from '../../nodes/Kandji/transport/http/retry';
import type * as ItemQueue from '../../nodes/Kandji/transport/routing/itemQueue';
import type * as SingleRequest from '../../nodes/Kandji/transport/routing/singleRequest';
import type * as Paging from '../../nodes/Kandji/transport/routing/paging';
import type * as Request from '../../nodes/Kandji/transport/http/request';
import type { PaginationFunction } from '../../nodes/Kandji/transport/routing/itemQueue';
import { loadNodeType } from '../../simulator/engine/engine';
import { builtModule } from './support';

/** Where each of the probe's operations reads, and the field that tells its rows apart. */
export const probedLists = {
	byOffset: { path: '/api/v1/devices', key: 'device_id' },
	byOffsetInside: { path: '/api/v1/blueprint-routing/activity', key: 'id' },
	byOffsetOrCursor: { path: '/api/v1/prism/device_information', key: 'device_id' },
	byPage: { path: '/api/v1/library/custom-profiles', key: 'id' },
	bySizedPage: { path: '/api/v1/vulnerability-management/vulnerabilities', key: 'cve_id' },
	byCursor: { path: '/api/v1/users', key: 'id' },
	byCursorAndLimit: { path: '/api/v1/audit/events', key: 'id' },
	byAfter: { path: '/api/v1/vulnerability-management/detections', key: undefined },
	byNext: { path: '/api/v1/tags', key: 'id' },
} as const;

export type ProbedList = keyof typeof probedLists;

/** The retry rule of every operation of the probe. */
const retry: RetryRule = {
	isRetryable: (status, text) => status === 409 && text === 'Busy.',
	budgetMs: 60_000,
};

/** The other ways in which a request leaves: each sends one to the tags. */
export const probedRequests = ['single', 'action', 'call', 'listOnTheWay'] as const;

function requestSenders(): Record<(typeof probedRequests)[number], PaginationFunction> {
	const { retryWhileBusy } = builtModule<typeof SingleRequest>(
		'transport/routing/singleRequest.js',
	);
	const { inItemOrder } = builtModule<typeof ItemQueue>('transport/routing/itemQueue.js');
	const { actionSender } = builtModule<typeof SendAction>('resources/deviceAction/sendAction.js');
	const { listAll, listEndpoints } = builtModule<typeof ListAll>('transport/lists/listAll.js');
	const { send } = builtModule<typeof Request>('transport/http/request.js');
	const url = '/api/v1/tags';
	return {
		single: retryWhileBusy(retry),
		action: actionSender(retry),
		call: inItemOrder(async function () {
			const { body } = await send(this, { method: 'POST', url }, { retry });
			return [{ json: body as IDataObject }];
		}),
		listOnTheWay: inItemOrder(async function () {
			const rows = await listAll(this, url, {}, listEndpoints.tags, { retry });
			return rows.map((json) => ({ json }));
		}),
	};
}

function senders(): Record<ProbedList, PaginationFunction> {
	const paging = builtModule<typeof Paging>('transport/routing/paging.js');
	const { byAfter, byCursor, byNext, byOffset, byOffsetOrCursor, byPage, bySizedPage } = paging;
	return {
		byOffset: byOffset({
			retry,
			items: '',
			key: 'device_id',
			steadyOrder: { ordering: 'device_id' },
		}),
		byOffsetInside: byOffset({ retry, items: 'results', key: 'id' }),
		byOffsetOrCursor: byOffsetOrCursor({
			retry,
			items: 'data',
			key: 'device_id',
		}),
		byPage: byPage({ retry, items: 'results', key: 'id' }),
		bySizedPage: bySizedPage({ retry, items: 'results', key: 'cve_id' }),
		byCursor: byCursor({ retry, items: 'results', key: 'id' }),
		byCursorAndLimit: byCursor({ retry, items: 'results', key: 'id', pageSize: 500 }),
		byAfter: byAfter({ retry, items: 'results' }),
		byNext: byNext({ retry, items: 'results', key: 'id' }),
	};
}

/**
 * Adds a resource `probe` to the built node, with one operation for each way of paging. So the ways are proved
 * apart from the operations that use them.
 */
export async function addProbe(): Promise<void> {
	const { properties } = (await loadNodeType()).description;
	const resource = properties.find(({ name }) => name === 'resource');
	if (resource === undefined) throw new Error('The node has no resources');
	const pagination = senders();
	const operations = Object.entries(probedLists).map(([value, { path }]) => ({
		name: value,
		value,
		routing: {
			request: { method: 'GET', url: path },
			operations: { pagination: pagination[value as ProbedList] },
		},
	})) as INodePropertyOptions[];
	for (const [value, sender] of Object.entries(requestSenders())) {
		operations.push({
			name: value,
			value,
			routing: {
				request: { method: 'POST', url: '/api/v1/tags' },
				operations: { pagination: sender },
			},
		});
	}
	const show = { resource: ['probe'] };
	const field = (name: string, rest: Partial<INodeProperties>): INodeProperties => ({
		displayName: name,
		name,
		type: 'string',
		default: '',
		displayOptions: { show },
		...rest,
	});
	resource.options = [...(resource.options ?? []), { name: 'Probe', value: 'probe' }];
	properties.push(
		field('operation', { type: 'options', options: operations, default: 'byOffset' }),
		field('returnAll', { type: 'boolean', default: false }),
		field('limit', { type: 'number', typeOptions: { minValue: 1 }, default: 50 }),
	);
}
