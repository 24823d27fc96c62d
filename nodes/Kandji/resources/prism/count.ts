import type { INodeProperties } from 'n8n-workflow';

import { categoryOptions } from './categories';

export const prismCountDescription: INodeProperties[] = [
	{
		displayName: 'Category',
		name: 'category',
		type: 'options',
		options: categoryOptions,
		default: 'device_information',
		required: true,
		displayOptions: { show: { resource: ['prism'], operation: ['count'] } },
		description: 'Category of the records to count',
		routing: { send: { type: 'query', property: 'category' } },
	},
];
