import type { INodeProperties } from 'n8n-workflow';

import { datesFrom } from '../../shared/preSend/dates';
import { returnAllOrLimit } from '../../shared/fields/locators';

const showOnlyForAuditEventGetAll = { resource: ['auditEvent'], operation: ['getAll'] };

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
				description: 'Only events up to this time. A date without a time includes that entire day.',
			},
			{
				displayName: 'Start Date',
				name: 'startDate',
				type: 'dateTime',
				default: '',
				description: 'Only events from this time on',
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
				description: 'Order of the events. Without this option, the oldest come first.',
				routing: { send: { type: 'query', property: 'sort_by' } },
			},
		],
	},
];
