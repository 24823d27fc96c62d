import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { returnAllOrLimit } from '../../shared/fields/locators';
import { inputError } from '../../transport/http/errors';
import { preSend } from '../../transport/routing/itemQueue';

const showOnlyForTagGetAll = { resource: ['tag'], operation: ['getAll'] };

/** The API wants `search` on every request, empty for all tags. */
export const sendSearch = preSend(async function (options) {
	const filters = this.getNodeParameter('filters', {}) as IDataObject;
	const name = String(filters.name ?? '');
	if ('name' in filters && name.trim() === '') {
		throw inputError(
			this,
			'The filter Name is empty',
			'Nothing was sent: without a value it would match everything. Remove the filter, or check its expression.',
		);
	}
	return { ...options, qs: { ...options.qs, search: name } };
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
				description: 'Tags whose name contains this text',
			},
		],
	},
];
