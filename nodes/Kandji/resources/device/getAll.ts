import type { INodeProperties } from 'n8n-workflow';

import { returnAllOrLimit } from '../../shared/fields';
import { simplify } from '../../shared/output';
import { simplifiedDevice } from './simplified';

const showOnlyForDeviceGetAll = { resource: ['device'], operation: ['getAll'] };

const sortableFields = [
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
];

export const deviceGetAllDescription: INodeProperties[] = [
	...returnAllOrLimit(showOnlyForDeviceGetAll),
	simplify(showOnlyForDeviceGetAll, simplifiedDevice),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: { show: showOnlyForDeviceGetAll },
		options: [
			{
				displayName: 'Asset Tag',
				name: 'assetTag',
				type: 'string',
				default: '',
				placeholder: 'e.g. 1040',
				description: 'Devices whose asset tag contains this text',
				routing: { send: { type: 'query', property: 'asset_tag' } },
			},
			{
				displayName: 'Blueprint Name or ID',
				name: 'blueprintId',
				type: 'options',
				typeOptions: { loadOptionsMethod: 'getBlueprints' },
				default: '',
				description:
					'Devices in this blueprint. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
				routing: { send: { type: 'query', property: 'blueprint_id' } },
			},
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: showOnlyForDeviceGetAll },
		options: [
			{
				displayName: 'Sort By',
				name: 'sortBy',
				type: 'options',
				options: sortableFields,
				default: 'device_name',
				routing: { send: { type: 'query', property: 'ordering' } },
			},
		],
	},
];
