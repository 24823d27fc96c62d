import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Show } from './locators';

const sortField = (fields?: INodePropertyOptions[]): INodeProperties => ({
	displayName: 'Field',
	name: 'field',
	default: '',
	...(fields === undefined
		? {
				type: 'string',
				placeholder: 'e.g. device__name',
				description: 'The field as the raw rows name it',
			}
		: { type: 'options', options: fields }),
});

/**
 * Makes the Sort field of a list that is sorted by one field.
 *
 * @param fields what the list can be sorted by; left out where that is any field of its rows
 */
export const sortBy = (fields?: INodePropertyOptions[]): INodeProperties => ({
	displayName: 'Sort By',
	name: 'sort',
	type: 'fixedCollection',
	placeholder: 'Add Sort Field',
	default: {},
	description: 'The field to sort by',
	options: [
		{
			displayName: 'Sort Field',
			name: 'by',
			values: [
				sortField(fields),
				{
					displayName: 'Direction',
					name: 'direction',
					type: 'options',
					options: [
						{ name: 'Ascending', value: '' },
						{ name: 'Descending', value: '-' },
					],
					default: '',
				},
			],
		},
	],
	routing: {
		send: {
			type: 'query',
			property: 'sort_by',
			value: '={{ $value.by?.field ? $value.by.direction + $value.by.field : "" }}',
		},
	},
});

/** Makes the Options of a list that can be sorted by one field. */
export const sortOptions = (show: Show, fields?: INodePropertyOptions[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	displayOptions: { show },
	options: [sortBy(fields)],
});
