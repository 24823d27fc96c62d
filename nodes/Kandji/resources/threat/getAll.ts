import type { INodeProperties } from 'n8n-workflow';

import { returnAllOrLimit } from '../../shared/fields/locators';
import { simplify } from '../../shared/fields/output';
import { sortOptions } from '../../shared/fields/sort';
import {
	choices,
	findingTags,
	managementState,
	severities,
} from '../../shared/fields/findingFields';
import { classification, detectedWithin, device, searchTerm } from './fields';
import { simplifiedThreat } from './simplified';

const showOnlyForThreatGetAll = { resource: ['threat'], operation: ['getAll'] };

export const threatGetAllDescription: INodeProperties[] = [
	{
		...choices(
			'Statuses',
			'statuses',
			'statuses',
			[
				{ name: 'Not Quarantined', value: 'not_quarantined' },
				{ name: 'Quarantined', value: 'quarantined' },
				{ name: 'Released', value: 'released' },
				{ name: 'Resolved', value: 'resolved' },
			],
			'Statuses of the threats to return. Select at least one.',
		),
		default: ['not_quarantined', 'quarantined'],
		required: true,
		displayOptions: { show: showOnlyForThreatGetAll },
	},
	...returnAllOrLimit(showOnlyForThreatGetAll),
	...simplify(showOnlyForThreatGetAll, simplifiedThreat),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: { show: showOnlyForThreatGetAll },
		options: [
			classification,
			{
				...detectedWithin,
				description:
					'Only threats from this number of past days. Ignored when Detected After or Detected Before is set.',
			},
			{
				displayName: 'Detected After',
				name: 'detectedAfter',
				type: 'dateTime',
				default: '',
				description: 'Only threats detected from this time on',
			},
			{
				displayName: 'Detected Before',
				name: 'detectedBefore',
				type: 'dateTime',
				default: '',
				description: 'Only threats detected up to this time',
			},
			device,
			managementState,
			searchTerm,
			severities,
			findingTags,
		],
	},
	sortOptions(showOnlyForThreatGetAll, [
		{ name: 'Associated Item', value: 'associated_item' },
		{ name: 'Detection Date', value: 'detection_date' },
		{ name: 'Device Name', value: 'device_name' },
		{ name: 'Management State', value: 'management_state' },
		{ name: 'Process Name', value: 'process_name' },
		{ name: 'Process Owner', value: 'process_owner' },
		{ name: 'Severity', value: 'severity' },
		{ name: 'Status', value: 'status' },
	]),
];
