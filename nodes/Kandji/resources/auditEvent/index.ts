import type { INodeProperties } from 'n8n-workflow';

import { byCursor } from '../../transport/routing/paging';
import { auditEventGetAllDescription, filteredEvents, sendDates } from './getAll';

export const auditEventDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['auditEvent'] } },
		options: [
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many audit events',
				description:
					'Retrieve a list of audit log events from the last year, such as changes to blueprints, library items, devices and users, or views of device secrets',
				routing: {
					request: { method: 'GET', url: '/api/v1/audit/events' },
					send: { preSend: [sendDates] },
					operations: {
						pagination: byCursor({
							items: 'results',
							key: 'id',
							pageSize: 500,
							narrow: filteredEvents,
						}),
					},
				},
			},
		],
		default: 'getAll',
	},
	...auditEventGetAllDescription,
];
