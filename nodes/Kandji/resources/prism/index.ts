import type { INodeProperties } from 'n8n-workflow';

import { byOffsetOrCursor } from '../../transport/routing/paging';
import { prismCountDescription } from './count';
import { checkExportable, exportRows, prismExportDescription } from './export';
import { countRows, prismGetAllDescription, sendSelection } from './getAll';
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
				action: 'Count prism rows',
				description: 'Retrieve how many rows a category of Prism has over the whole fleet',
				routing: { request: { method: 'GET', url: '/api/v1/prism/count' } },
			},
			{
				name: 'Export',
				value: 'export',
				action: 'Export prism rows',
				description:
					'Export a category of Prism in one step: request the CSV file, wait until it is made, and return it as a file or as items',
				routing: {
					request: { method: 'POST', url: '/api/v1/prism/export' },
					send: { preSend: [checkExportable, buildExport] },
					operations: { pagination: exportRows },
				},
			},
			{
				name: 'Get Export',
				value: 'getExport',
				action: 'Get prism export',
				description:
					'Retrieve the state of an export; once it succeeded, the signed URL of its CSV file',
				routing: { request: { method: 'GET', url: '/api/v1/prism/export/{{exportId}}' } },
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many prism rows',
				description:
					'Retrieve one kind of inventory of many devices at once, such as apps, profiles, FileVault, local users or certificates',
				routing: {
					request: { method: 'GET', url: '/api/v1/prism/{{category}}' },
					send: { preSend: [sendSelection] },
					operations: { pagination: byOffsetOrCursor({ items: 'data', countRows }) },
				},
			},
			{
				name: 'Request Export',
				value: 'requestExport',
				action: 'Request prism export',
				description:
					'Ask for a category of Prism as a CSV file, which is made in the background; follow it with Get Export',
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
