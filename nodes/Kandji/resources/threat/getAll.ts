import type { INodeProperties } from 'n8n-workflow';

import { returnAllOrLimit } from '../../shared/fields/locators';
import { simplify } from '../../shared/fields/output';
import { sortOptions } from '../../shared/fields/sort';
import { classification, detectedWithin, device, term } from './fields';
import { simplifiedThreat } from './simplified';

const showOnlyForThreatGetAll = { resource: ['threat'], operation: ['getAll'] };

export const threatGetAllDescription: INodeProperties[] = [
	...returnAllOrLimit(showOnlyForThreatGetAll),
	simplify(showOnlyForThreatGetAll, simplifiedThreat),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: { show: showOnlyForThreatGetAll },
		options: [
			classification,
			detectedWithin,
			device,
			{
				displayName: 'Status',
				name: 'status',
				type: 'options',
				options: [
					{ name: 'Not Quarantined', value: 'not_quarantined' },
					{ name: 'Quarantined', value: 'quarantined' },
					{ name: 'Released', value: 'released' },
				],
				default: 'quarantined',
				description: 'Only threats in this state',
				routing: { send: { type: 'query', property: 'status' } },
			},
			term,
		],
	},
	sortOptions(showOnlyForThreatGetAll, [
		{ name: 'Classification', value: 'classification' },
		{ name: 'Detection Date', value: 'detection_date' },
		{ name: 'Device Name', value: 'device_name' },
		{ name: 'Process Name', value: 'process_name' },
		{ name: 'Process Owner', value: 'process_owner' },
		{ name: 'Status', value: 'status' },
		{ name: 'Threat Name', value: 'threat_name' },
	]),
];
