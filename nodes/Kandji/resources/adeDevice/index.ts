import type { INodeProperties } from 'n8n-workflow';

import { adeDeviceLocator } from '../../shared/fields/locators';
import { idsFrom } from '../../shared/preSend/ids';
import { byPage } from '../../transport/routing/paging';
import { adeDeviceGetDescription } from './get';
import { adeDeviceGetAllDescription, locatedFilters } from './getAll';
import { adeDeviceUpdateDescription, buildUpdate } from './update';

const showOnlyForAdeDevices = { resource: ['adeDevice'] };

export const adeDeviceDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: showOnlyForAdeDevices },
		options: [
			{
				name: 'Get',
				value: 'get',
				action: 'Get ADE device',
				description: 'Retrieve a device from Apple Business Manager',
				routing: {
					request: { method: 'GET', url: '/api/v1/integrations/apple/ade/devices/{{adeDeviceId}}' },
				},
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many ADE devices',
				description:
					'Retrieve a list of devices from Apple Business Manager, both enrolled and awaiting enrollment',
				routing: {
					request: { method: 'GET', url: '/api/v1/integrations/apple/ade/devices' },
					send: { preSend: [idsFrom('filters', 'qs', locatedFilters)] },
					operations: { pagination: byPage({ items: 'results', key: 'id' }) },
				},
			},
			{
				name: 'Update',
				value: 'update',
				action: 'Update ADE device',
				description:
					'Update the blueprint, user or asset tag that a device is assigned when it enrolls',
				routing: {
					request: {
						method: 'PATCH',
						url: '/api/v1/integrations/apple/ade/devices/{{adeDeviceId}}',
					},
					send: { preSend: [buildUpdate] },
				},
			},
		],
		default: 'getAll',
	},
	adeDeviceLocator({ ...showOnlyForAdeDevices, operation: ['get', 'update'] }),
	...adeDeviceGetDescription,
	...adeDeviceGetAllDescription,
	...adeDeviceUpdateDescription,
];
