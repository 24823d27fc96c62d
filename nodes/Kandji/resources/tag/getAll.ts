import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { returnAllOrLimit } from '../../shared/fields/locators';
import { preSend } from '../../transport/routing/itemQueue';

const showOnlyForTagGetAll = { resource: ['tag'], operation: ['getAll'] };

/** Adds `search`, which the API requires even for all tags. */
export const sendSearch = preSend(async function (options) {
	const filters = this.getNodeParameter('filters', {}) as IDataObject;
	return { ...options, qs: { ...options.qs, search: filters.name ?? '' } };
});

export const tagGetAllDescription: INodeProperties[] = [
	...returnAllOrLimit(showOnlyForTagGetAll),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: { show: showOnlyForTagGetAll },
		options: [
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '',
				placeholder: 'e.g. Finance',
				description: 'Only tags whose name contains this text',
			},
		],
	},
];
