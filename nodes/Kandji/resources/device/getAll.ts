import type { INodeProperties } from 'n8n-workflow';

import { returnAllOrLimit } from '../../shared/fields/locators';
import { simplify } from '../../shared/fields/output';
import { orderingOptions } from '../../shared/fields/sort';
import { deviceFilterFields } from './filters';
import { simplifiedDevice, usualDeviceFields } from './simplified';

const showOnlyForDeviceGetAll = { resource: ['device'], operation: ['getAll'] };

export const deviceGetAllDescription: INodeProperties[] = [
	...returnAllOrLimit(showOnlyForDeviceGetAll),
	...simplify(showOnlyForDeviceGetAll, simplifiedDevice, usualDeviceFields),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: { show: showOnlyForDeviceGetAll },
		options: deviceFilterFields,
	},
	orderingOptions(showOnlyForDeviceGetAll, [
		{ name: 'Asset Tag', value: 'asset_tag' },
		{ name: 'Blueprint ID', value: 'blueprint_id' },
		{ name: 'Device ID', value: 'device_id' },
		{ name: 'Device Name', value: 'device_name' },
		{ name: 'Last Check-In', value: 'last_check_in' },
		{ name: 'Model', value: 'model' },
		{ name: 'OS Version', value: 'os_version' },
		{ name: 'Platform', value: 'platform' },
		{ name: 'Serial Number', value: 'serial_number' },
		{ name: 'User', value: 'user' },
	]),
];
