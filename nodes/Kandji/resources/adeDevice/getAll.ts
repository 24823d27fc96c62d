import type { INodeProperties } from 'n8n-workflow';

import {
	adeIntegrationLocator,
	blueprintLocator,
	returnAllOrLimit,
	userLocator,
} from '../../shared/fields/locators';
import { simplify } from '../../shared/fields/output';
import { simplifiedAdeDevice, usualAdeDeviceFields } from './simplified';

const showOnlyForAdeDeviceGetAll = { resource: ['adeDevice'], operation: ['getAll'] };

/** The filters that are locators, and the query parameters for their ids. */
export const locatedFilters = {
	adeIntegrationId: 'dep_account',
	blueprintId: 'blueprint_id',
	userId: 'user_id',
};

export const adeDeviceGetAllDescription: INodeProperties[] = [
	...returnAllOrLimit(showOnlyForAdeDeviceGetAll),
	...simplify(showOnlyForAdeDeviceGetAll, simplifiedAdeDevice, usualAdeDeviceFields),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: { show: showOnlyForAdeDeviceGetAll },
		options: [
			adeIntegrationLocator(undefined, {
				required: false,
				description: 'Only devices of this ADE integration',
			}),
			blueprintLocator(undefined, {
				required: false,
				description: 'Only devices that enroll in this blueprint',
			}),
			{
				displayName: 'Device Family',
				name: 'deviceFamily',
				type: 'options',
				options: [
					{ name: 'Apple TV', value: 'AppleTV' },
					{ name: 'iPad', value: 'iPad' },
					{ name: 'iPhone', value: 'iPhone' },
					{ name: 'iPod', value: 'iPod' },
					{ name: 'Mac', value: 'Mac' },
					{ name: 'Vision', value: 'Vision' },
				],
				default: 'Mac',
				description: 'Only devices of this family',
				routing: { send: { type: 'query', property: 'device_family' } },
			},
			{
				displayName: 'Model',
				name: 'model',
				type: 'string',
				default: '',
				placeholder: 'e.g. MacBook Air',
				description: 'Only devices whose model contains this text',
				routing: { send: { type: 'query', property: 'model' } },
			},
			{
				displayName: 'Operating System',
				name: 'os',
				type: 'options',
				options: [
					{ name: 'iOS', value: 'iOS' },
					{ name: 'iPadOS', value: 'iPadOS' },
					{ name: 'macOS', value: 'OSX' },
					{ name: 'tvOS', value: 'tvOS' },
					{ name: 'visionOS', value: 'visionOS' },
				],
				default: 'OSX',
				description: 'Only devices with this operating system',
				routing: { send: { type: 'query', property: 'os' } },
			},
			{
				displayName: 'Profile Status',
				name: 'profileStatus',
				type: 'options',
				options: [
					{
						name: 'Assigned',
						value: 'assigned',
						description: 'Not yet installed on the device',
					},
					{ name: 'Empty', value: 'empty' },
					{ name: 'Pushed', value: 'pushed', description: 'Installed on the device' },
					{ name: 'Removed', value: 'removed' },
				],
				default: 'assigned',
				description: 'Only devices whose enrollment profile has this status',
				routing: { send: { type: 'query', property: 'profile_status' } },
			},
			{
				displayName: 'Serial Number',
				name: 'serialNumber',
				type: 'string',
				default: '',
				placeholder: 'e.g. FVHHFKF7Q6L4',
				description: 'Only devices whose serial number contains this text',
				routing: { send: { type: 'query', property: 'serial_number' } },
			},
			userLocator(undefined, {
				required: false,
				description: 'Only devices assigned to this user',
			}),
		],
	},
];
