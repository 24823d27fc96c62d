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
				description: 'Name of the field in the raw data',
			}
		: { type: 'options', options: fields }),
});

interface Sort {
	/** The key in the query. */
	property: 'ordering' | 'sort_by';
	/** The fields that the list can be sorted by. Left out if that is any field of the raw data. */
	fields?: INodePropertyOptions[];
	/** Sorts by several fields, the first one first. */
	multiple?: boolean;
}

const sortBy = ({ property, fields, multiple = false }: Sort): INodeProperties => ({
	displayName: 'Sort',
	name: 'sort',
	type: 'fixedCollection',
	...(multiple && { typeOptions: { multipleValues: true } }),
	placeholder: 'Add Sort Field',
	default: {},
	description: multiple ? 'Fields to sort by, the most important first' : 'The field to sort by',
	options: [
		{
			displayName: 'Sort Field',
			name: 'fields',
			values: [
				sortField(fields),
				{
					displayName: 'Direction',
					name: 'direction',
					type: 'options',
					options: [
						{ name: 'Ascending', value: 'ascending' },
						{ name: 'Descending', value: 'descending' },
					],
					default: 'ascending',
				},
			],
		},
	],
	routing: {
		send: {
			type: 'query',
			property,
			value:
				'={{ [$value?.fields ?? []].flat().filter((sort) => sort.field).map((sort) => (sort.direction === "descending" ? "-" : "") + sort.field).join(",") }}',
		},
	},
});

const optionsOf = (show: Show, sort: Sort): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	displayOptions: { show },
	options: [sortBy(sort)],
});

/** Makes the Options of a list that is sorted by one field: one of `fields`, or any field of the raw data. */
export const sortOptions = (show: Show, fields?: INodePropertyOptions[]): INodeProperties =>
	optionsOf(show, { property: 'sort_by', fields });

/** Makes the Options of a list that is sorted by several fields. */
export const orderingOptions = (show: Show, fields: INodePropertyOptions[]): INodeProperties =>
	optionsOf(show, { property: 'ordering', fields, multiple: true });
