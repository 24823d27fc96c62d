import type { IDataObject, IExecutePaginationFunctions, INodeProperties } from 'n8n-workflow';

import { byDisplayName, returnAllOrLimit } from '../../shared/fields/locators';
import { passesFilters } from '../../shared/fields/recordFilters';
import { datesFrom } from '../../shared/preSend/dates';
import type { Narrowing } from '../../transport/routing/paging';
import { auditEventFilters } from './filters';

const showOnlyForAuditEventGetAll = { resource: ['auditEvent'], operation: ['getAll'] };

export const sendDates = datesFrom('filters', [
	{ parameter: 'endDate', key: 'end_date', displayName: 'End Date' },
	{ parameter: 'startDate', key: 'start_date', displayName: 'Start Date' },
]);

/** Reads the filters that the API does not have. */
export async function filteredEvents(context: IExecutePaginationFunctions): Promise<Narrowing> {
	const values = context.getNodeParameter('filters', {}) as IDataObject;
	const isSet = auditEventFilters.some(({ property }) => property.name in values);
	return isSet ? { passes: passesFilters(auditEventFilters, values) } : {};
}

const afterReading =
	'Applied after reading the events, since the API has no such filter: dates make it read fewer';

const dateFields: INodeProperties[] = [
	{
		displayName: 'End Date',
		name: 'endDate',
		type: 'dateTime',
		default: '',
		description: 'Only events up to this time. A date without a time includes that entire day.',
	},
	{
		displayName: 'Start Date',
		name: 'startDate',
		type: 'dateTime',
		default: '',
		description: 'Only events from this time on',
	},
];

const filterFields = [
	...dateFields,
	...auditEventFilters.map(({ property }) => ({
		...property,
		description: `${property.description}. ${afterReading}.`,
	})),
].sort(byDisplayName);

export const auditEventGetAllDescription: INodeProperties[] = [
	...returnAllOrLimit(showOnlyForAuditEventGetAll),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: { show: showOnlyForAuditEventGetAll },
		options: filterFields,
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: showOnlyForAuditEventGetAll },
		options: [
			{
				displayName: 'Sort By',
				name: 'sortBy',
				type: 'options',
				options: [
					{ name: 'ID, Ascending', value: 'id' },
					{ name: 'ID, Descending', value: '-id' },
					{ name: 'Newest First', value: '-occurred_at' },
					{ name: 'Oldest First', value: 'occurred_at' },
				],
				default: '-occurred_at',
				description: 'Order of the events. Without this option, the oldest come first.',
				routing: { send: { type: 'query', property: 'sort_by' } },
			},
		],
	},
];
