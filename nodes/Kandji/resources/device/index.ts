import type { INodeProperties } from 'n8n-workflow';

import { deviceLocator } from '../../shared/fields';
import { byOffset } from '../../transport/paging';
import { deviceGetAllDescription } from './getAll';

const showOnlyForDevices = { resource: ['device'] };

export const deviceDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: showOnlyForDevices },
		options: [
			{
				name: 'Get',
				value: 'get',
				action: 'Get device',
				description: 'Retrieve a device',
				routing: { request: { method: 'GET', url: '/api/v1/devices/{device_id}' } },
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many devices',
				description:
					'Retrieve a list of devices, filtered by user, blueprint, tag, platform and more',
				routing: {
					request: { method: 'GET', url: '/api/v1/devices' },
					operations: {
						pagination: byOffset({
							items: '',
							key: 'device_id',
							steadyOrder: { ordering: 'device_id' },
						}),
					},
				},
			},
		],
		default: 'getAll',
	},
	deviceLocator({ ...showOnlyForDevices, operation: ['get'] }),
	...deviceGetAllDescription,
];
