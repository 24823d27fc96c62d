import type { INodeProperties } from 'n8n-workflow';

import { apiRequestSendDescription, buildRequest, refuseRepeatedPath, sendRequest } from './send';

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
				value: 'send',
				action: 'Send API request',
				description:
					'Call an endpoint that this node does not cover yet, with the same pagination, rate limiting and retries',
				routing: {
					send: { preSend: [refuseRepeatedPath, buildRequest] },
					operations: { pagination: sendRequest },
				},
			},
		],
		default: 'send',
	},
	...apiRequestSendDescription,
];
