import type { INodeProperties } from 'n8n-workflow';

import { tagLocator } from '../../shared/fields/locators';
import { asDeleted } from '../../shared/fields/output';
import { byNext } from '../../transport/routing/paging';
import { sendSearch, tagGetAllDescription } from './getAll';
import { refuseRepeats } from '../../transport/routing/repeats';

const showOnlyForTags = { resource: ['tag'] };

export const tagDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: showOnlyForTags },
		options: [
			{
				name: 'Create',
				value: 'create',
				action: 'Create tag',
				description: 'Create a tag',
				routing: {
					request: { method: 'POST', url: '/api/v1/tags' },
				},
			},
			{
				name: 'Delete',
				value: 'delete',
				action: 'Delete tag',
				description: 'Delete a tag and remove it from all devices',
				routing: {
					request: { method: 'DELETE', url: '/api/v1/tags/{{tagId}}' },
					send: { preSend: [refuseRepeats()] },
					output: { postReceive: [asDeleted] },
				},
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many tags',
				description: 'Retrieve a list of tags',
				routing: {
					request: { method: 'GET', url: '/api/v1/tags' },
					send: { preSend: [sendSearch] },
					operations: { pagination: byNext({ items: 'results', key: 'id' }) },
				},
			},
			{
				name: 'Update',
				value: 'update',
				action: 'Update tag',
				description: 'Rename a tag. Devices with the tag keep it.',
				routing: {
					request: { method: 'PATCH', url: '/api/v1/tags/{{tagId}}' },
				},
			},
		],
		default: 'getAll',
	},
	tagLocator({ ...showOnlyForTags, operation: ['delete', 'update'] }),
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Finance',
		displayOptions: { show: { ...showOnlyForTags, operation: ['create', 'update'] } },
		description: 'Name of the tag',
		routing: { send: { type: 'body', property: 'name' } },
	},
	...tagGetAllDescription,
];
