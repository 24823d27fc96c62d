import type { INodeProperties } from 'n8n-workflow';

export const prismGetExportDescription: INodeProperties[] = [
	{
		displayName: 'Export ID',
		name: 'exportId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 64cb5d3d-b180-4847-8b8a-34b14d8bc8d9',
		displayOptions: { show: { resource: ['prism'], operation: ['getExport'] } },
		description: 'ID of the export, as returned by Request Export',
	},
];
