import type { INodeProperties } from 'n8n-workflow';

import { byOffsetOrCursor } from '../../transport/routing/paging';
import { prismCountDescription } from './count';
import { exportRows, prismExportDescription } from './export';
import { prismGetAllDescription, selectedRows, sendSelection } from './getAll';
import { prismGetExportDescription } from './getExport';
import { buildExport, prismRequestExportDescription } from './requestExport';

export const prismDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['prism'] } },
		options: [
			{
				name: 'Count',
				value: 'count',
				action: 'Count inventory records',
				description: 'Retrieve the number of records in a category, across all devices',
				routing: { request: { method: 'GET', url: '/api/v1/prism/count' } },
			},
			{
				name: 'Export',
				value: 'export',
				action: 'Export inventory records',
				description:
					'Export a category to CSV, wait until the export is ready, and return it as a file or as items',
				routing: {
					request: { method: 'POST', url: '/api/v1/prism/export' },
					send: { preSend: [buildExport] },
					operations: { pagination: exportRows },
				},
			},
			{
				name: 'Get Export',
				value: 'getExport',
				action: 'Get inventory export',
				description:
					'Retrieve the status of an export and, once it is ready, the download URL of its CSV file',
				routing: { request: { method: 'GET', url: '/api/v1/prism/export/{{exportId}}' } },
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many inventory records',
				description:
					'Retrieve a list of inventory records of many devices, such as apps, profiles, local users or certificates',
				routing: {
					request: { method: 'GET', url: '/api/v1/prism/{{category}}' },
					send: { preSend: [sendSelection] },
					operations: { pagination: byOffsetOrCursor({ items: 'data', narrow: selectedRows }) },
				},
			},
			{
				name: 'Request Export',
				value: 'requestExport',
				action: 'Request inventory export',
				description:
					'Request the export of a category to CSV without waiting for it. Use Get Export to check its status.',
				routing: {
					request: { method: 'POST', url: '/api/v1/prism/export' },
					send: { preSend: [buildExport] },
				},
			},
		],
		default: 'getAll',
	},
	...prismCountDescription,
	...prismExportDescription,
	...prismGetAllDescription,
	...prismGetExportDescription,
	...prismRequestExportDescription,
];
