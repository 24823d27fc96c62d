import type { INodeProperties } from 'n8n-workflow';

import { datesFrom } from '../../shared/preSend/dates';
import { returnAllOrLimit } from '../../shared/fields/locators';

const showOnlyForAuditEventGetAll = { resource: ['auditEvent'], operation: ['getAll'] };

/** Puts the dates into the query. */
export const sendDates = datesFrom('filters', [
	{ parameter: 'endDate', key: 'end_date', displayName: 'End Date' },
	{ parameter: 'startDate', key: 'start_date', displayName: 'Start Date' },
]);

export const auditEventGetAllDescription: INodeProperties[] = [
	...returnAllOrLimit(showOnlyForAuditEventGetAll),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: { show: showOnlyForAuditEventGetAll },
		options: [
			{
				displayName: 'End Date',
				name: 'endDate',
				type: 'dateTime',
				default: '',
				description: 'Events up to this time; a day without a time counts to its end',
			},
			{
				displayName: 'Start Date',
				name: 'startDate',
				type: 'dateTime',
				default: '',
				description: 'Events from this time on',
			},
		],
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
				description: 'The order of the events; the oldest come first when this is not set',
				routing: { send: { type: 'query', property: 'sort_by' } },
			},
		],
	},
];
