import type { INodeProperties } from 'n8n-workflow';

export const licenseDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['license'] } },
		options: [
			{
				name: 'Get',
				value: 'get',
				action: 'Get license',
				description:
					'Retrieve the number of devices per platform and the device limits of the license',
				routing: { request: { method: 'GET', url: '/api/v1/settings/licensing' } },
			},
		],
		default: 'get',
	},
];
