import type { INodeProperties } from 'n8n-workflow';

import { returnAllOrLimit } from '../../shared/fields/locators';
import { byOffset } from '../../transport/routing/paging';
import { blueprintRoutingUpdateDescription, buildRouting } from './update';

const showOnlyForBlueprintRouting = { resource: ['blueprintRouting'] };

export const blueprintRoutingDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: showOnlyForBlueprintRouting },
		options: [
			{
				name: 'Get',
				value: 'get',
				action: 'Get blueprint routing',
				description: 'Retrieve the enrollment settings of Blueprint Routing',
				routing: { request: { method: 'GET', url: '/api/v1/blueprint-routing/' } },
			},
			{
				name: 'Get Activity',
				value: 'getActivity',
				action: 'Get activity of blueprint routing',
				description:
					'Retrieve the activity log of Blueprint Routing: enrolled devices, their blueprints and changed settings, newest first',
				routing: {
					request: { method: 'GET', url: '/api/v1/blueprint-routing/activity' },
					operations: { pagination: byOffset({ items: 'results', key: 'id' }) },
				},
			},
			{
				name: 'Update',
				value: 'update',
				action: 'Update blueprint routing',
				description: 'Update the enrollment settings of Blueprint Routing',
				routing: {
					request: { method: 'PATCH', url: '/api/v1/blueprint-routing/' },
					send: { preSend: [buildRouting] },
				},
			},
		],
		default: 'get',
	},
	...returnAllOrLimit({ ...showOnlyForBlueprintRouting, operation: ['getActivity'] }),
	...blueprintRoutingUpdateDescription,
];
