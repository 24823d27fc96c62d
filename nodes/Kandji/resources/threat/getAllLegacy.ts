import type { INodeProperties } from 'n8n-workflow';

import { returnAllOrLimit } from '../../shared/fields/locators';
import { simplify } from '../../shared/fields/output';
import { sortOptions } from '../../shared/fields/sort';
import { classification, detectedWithin, device, searchTerm } from './fields';
import { simplifiedLegacyThreat, usualThreatFields } from './simplified';

const showOnlyForThreatGetAllLegacy = { resource: ['threat'], operation: ['getAllLegacy'] };

export const threatGetAllLegacyDescription: INodeProperties[] = [
	...returnAllOrLimit(showOnlyForThreatGetAllLegacy),
	...simplify(showOnlyForThreatGetAllLegacy, simplifiedLegacyThreat, usualThreatFields),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: { show: showOnlyForThreatGetAllLegacy },
		options: [
			classification,
			detectedWithin,
			device,
			searchTerm,
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
				description: 'Only threats with this status',
				routing: { send: { type: 'query', property: 'status' } },
			},
		],
	},
	sortOptions(showOnlyForThreatGetAllLegacy, [
		{ name: 'Classification', value: 'classification' },
		{ name: 'Detection Date', value: 'detection_date' },
		{ name: 'Device Name', value: 'device_name' },
		{ name: 'Process Name', value: 'process_name' },
		{ name: 'Process Owner', value: 'process_owner' },
		{ name: 'Status', value: 'status' },
		{ name: 'Threat Name', value: 'threat_name' },
	]),
];
