import type { INodeProperties } from 'n8n-workflow';

import { apiRequestSendDescription, buildRequest, sendRequest } from './send';

export const apiRequestDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['apiRequest'] } },
		options: [
			{
				name: 'Send',
				value: 'sendRequest',
				action: 'Send API request',
				description:
					'Send any request to the Kandji API, with the paging, pace and errors of the other operations',
				routing: {
					send: { preSend: [buildRequest] },
					operations: { pagination: sendRequest },
				},
			},
		],
		default: 'sendRequest',
	},
	...apiRequestSendDescription,
];
