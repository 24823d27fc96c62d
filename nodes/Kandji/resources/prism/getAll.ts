import type { IExecutePaginationFunctions, INodeProperties } from 'n8n-workflow';

import { returnAllOrLimit } from '../../shared/fields/locators';
import { simplify } from '../../shared/fields/output';
import { sortOptions } from '../../shared/fields/sort';
import { preSend } from '../../transport/routing/itemQueue';
import type { Narrowing } from '../../transport/routing/paging';
import { routedCategoryOptions } from './categories';
import { selectionFields, selectionOf } from './selection';
import { simplifiedRow } from './simplified';

const showOnlyForPrismGetAll = { resource: ['prism'], operation: ['getAll'] };

/** Adds the filters to the query, in the form that the API takes there. */
export const sendSelection = preSend(async function (options) {
	const { blueprint_ids, device_families, filter } = await selectionOf(this, 'filters');
	const qs = { ...options.qs };
	if (blueprint_ids !== undefined) qs.blueprint_ids = blueprint_ids.join(',');
	if (device_families !== undefined) qs.device_families = device_families.join(',');
	if (filter !== undefined) qs.filter = JSON.stringify(filter);
	return { ...options, qs };
});

/** Reads the conditions that the API does not have. */
export async function selectedRows(context: IExecutePaginationFunctions): Promise<Narrowing> {
	const { passes } = await selectionOf(context, 'filters');
	return { passes };
}

export const prismGetAllDescription: INodeProperties[] = [
	{
		displayName: 'Category',
		name: 'category',
		type: 'options',
		options: routedCategoryOptions,
		default: 'device_information',
		required: true,
		displayOptions: { show: showOnlyForPrismGetAll },
		description: 'Category of the records',
	},
	...returnAllOrLimit(showOnlyForPrismGetAll),
	...simplify(showOnlyForPrismGetAll, simplifiedRow),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: { show: showOnlyForPrismGetAll },
		options: selectionFields(true),
	},
	sortOptions(showOnlyForPrismGetAll),
];
