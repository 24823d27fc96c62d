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
import { classification, detectedWithin, device, term } from './fields';
import { simplifiedThreatV2 } from './simplified';

const showOnlyForThreatGetAllV2 = { resource: ['threat'], operation: ['getAllV2'] };

export const threatGetAllV2Description: INodeProperties[] = [
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
			'Threats in any of these states; at least one',
		),
		default: ['not_quarantined', 'quarantined'],
		required: true,
		displayOptions: { show: showOnlyForThreatGetAllV2 },
	},
	...returnAllOrLimit(showOnlyForThreatGetAllV2),
	simplify(showOnlyForThreatGetAllV2, simplifiedThreatV2),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: { show: showOnlyForThreatGetAllV2 },
		options: [
			classification,
			{
				...detectedWithin,
				description:
					'Only threats found in so many days up to now; without effect beside Detected After or Detected Before',
			},
			{
				displayName: 'Detected After',
				name: 'detectedAfter',
				type: 'dateTime',
				default: '',
				description: 'Only threats found from this time on',
			},
			{
				displayName: 'Detected Before',
				name: 'detectedBefore',
				type: 'dateTime',
				default: '',
				description: 'Only threats found up to this time',
			},
			device,
			managementState,
			severities,
			findingTags,
			term,
		],
	},
	sortOptions(showOnlyForThreatGetAllV2, [
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
