import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { notice } from '../../shared/fields/notice';
import { inItemOrder } from '../../transport/routing/itemQueue';
import { readDevices, readInventory } from './complianceData';
import { rulesField } from './complianceFields';
import { checkDevice, deviceResult, isCompliant, summaryResult } from './complianceResult';
import { rulesOf } from './complianceSettings';
import { deviceFilterFields } from './filters';

const showOnlyForCheckCompliance = { resource: ['device'], operation: ['checkCompliance'] };

/** Checks the devices that the filters let through against the rules. */
export const checkCompliance = inItemOrder(async function (requestData) {
	const rules = await rulesOf(this);
	const { ifPermissionMissing = 'unknown' } = this.getNodeParameter('options', {}) as IDataObject;
	const filters = this.getNodeParameter('filters', {}) as IDataObject;
	const devices = await readDevices(this, requestData);
	const inventory = await readInventory(this, rules, devices, {
		isNarrow: Object.keys(filters).length > 0,
		ifPermissionMissing,
	});
	const now = Date.now();
	const checked = devices.map((device) => checkDevice(device, rules, inventory, now));
	const returned = this.getNodeParameter('return', 'all');
	if (returned === 'summary') return [{ json: summaryResult(checked, rules, now) }];
	return checked
		.filter((one) => returned === 'all' || !isCompliant(one))
		.map((one) => ({ json: deviceResult(one, rules, now) }));
});

export const deviceCheckComplianceDescription: INodeProperties[] = [
	notice(
		'complianceNotice',
		'The device list is always read. Rules on security settings and apps also need the permissions for their Prism categories, and rules on library items and threats those for the statuses and threats.',
		showOnlyForCheckCompliance,
	),
	rulesField,
	{
		displayName: 'Return',
		name: 'return',
		type: 'options',
		options: [
			{ name: 'All Devices', value: 'all', description: 'An item for each device' },
			{
				name: 'Non-Compliant Devices',
				value: 'nonCompliant',
				description: 'An item for each device with a failed or unknown rule',
			},
			{
				name: 'Summary',
				value: 'summary',
				description: 'One item with the number of devices by rule, blueprint and platform',
			},
		],
		default: 'all',
		displayOptions: { show: showOnlyForCheckCompliance },
		description: 'Which devices to return',
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: { show: showOnlyForCheckCompliance },
		options: deviceFilterFields,
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: showOnlyForCheckCompliance },
		options: [
			{
				displayName: 'If a Permission Is Missing',
				name: 'ifPermissionMissing',
				type: 'options',
				options: [
					{ name: 'Fail', value: 'fail', description: 'Fail the item' },
					{
						name: 'Report as Unknown',
						value: 'unknown',
						description: 'List the rules that need it as unknown, with the reason',
					},
				],
				default: 'unknown',
				description: 'What to do if the API token may not read what a rule needs',
			},
		],
	},
];
