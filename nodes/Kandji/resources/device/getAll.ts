import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { blueprintLocator, returnAllOrLimit, tagLocator, userLocator } from '../../shared/fields';
import { simplify } from '../../shared/output';
import { idOf } from '../../transport/path';
import { beforeSend } from '../../transport/turns';
import { simplifiedDevice } from './simplified';

const showOnlyForDeviceGetAll = { resource: ['device'], operation: ['getAll'] };

/** Filters that hold a locator, and the API's names of the filter and of the id. */
const locatorFilters = [
	{ filter: 'blueprintId', query: 'blueprint_id', id: 'blueprint_id' },
	{ filter: 'tagId', query: 'tag_id', id: 'tag_id' },
	{ filter: 'userId', query: 'user_id', id: 'user_id' },
];

/** Resolves the locators among the filters, so that a wrong one is refused instead of matching nothing. */
export const resolveFilters = beforeSend(async function (options) {
	const filters = this.getNodeParameter('filters', {}) as IDataObject;
	const qs = { ...options.qs };
	for (const { filter, query, id } of locatorFilters) {
		if (filter in filters) qs[query] = await idOf(this, id, filters[filter]);
	}
	return { ...options, qs };
});

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
			blueprintLocator(undefined, {
				required: false,
				description: 'Devices in this blueprint',
			}),
			{
				displayName: 'Device ID',
				name: 'deviceId',
				type: 'string',
				default: '',
				placeholder: 'e.g. 3de7b283-1a44-47ef-bde1-2f556a8a32f7',
				description: 'The device with this ID',
				routing: { send: { type: 'query', property: 'device_id' } },
			},
			{
				displayName: 'Device Name',
				name: 'deviceName',
				type: 'string',
				default: '',
				placeholder: "e.g. Ana's MacBook",
				description: 'Devices whose name contains this text',
				routing: { send: { type: 'query', property: 'device_name' } },
			},
			{
				displayName: 'FileVault Enabled',
				name: 'filevaultEnabled',
				type: 'boolean',
				default: true,
				description: 'Whether to return Macs with FileVault on; when off, those with FileVault off',
				routing: { send: { type: 'query', property: 'filevault_enabled' } },
			},
			{
				displayName: 'MAC Address',
				name: 'macAddress',
				type: 'string',
				default: '',
				placeholder: 'e.g. 00:0c:29:05:43:b6',
				description: 'The device with this network address',
				routing: { send: { type: 'query', property: 'mac_address' } },
			},
			{
				displayName: 'Model',
				name: 'model',
				type: 'string',
				default: '',
				placeholder: 'e.g. MacBook Air (M1, 2020)',
				description: 'Devices whose model contains this text',
				routing: { send: { type: 'query', property: 'model' } },
			},
			{
				displayName: 'OS Version',
				name: 'osVersion',
				type: 'string',
				default: '',
				placeholder: 'e.g. 15.6',
				description: 'Devices whose OS version contains this text',
				routing: { send: { type: 'query', property: 'os_version' } },
			},
			{
				displayName: 'Platform',
				name: 'platform',
				type: 'options',
				options: [
					{ name: 'Android', value: 'Android' },
					{ name: 'Apple TV', value: 'AppleTV' },
					{ name: 'iPad', value: 'iPad' },
					{ name: 'iPhone', value: 'iPhone' },
					{ name: 'Mac', value: 'Mac' },
					{ name: 'Windows', value: 'Windows' },
				],
				default: 'Mac',
				description: 'Devices of this platform',
				routing: { send: { type: 'query', property: 'platform' } },
			},
			{
				displayName: 'Serial Number',
				name: 'serialNumber',
				type: 'string',
				default: '',
				placeholder: 'e.g. FVHHFKF7Q6L4',
				description: 'Devices whose serial number contains this text',
				routing: { send: { type: 'query', property: 'serial_number' } },
			},
			tagLocator(undefined, { required: false, description: 'Devices with this tag' }),
			{
				displayName: 'Tag IDs',
				name: 'tagIds',
				type: 'string',
				default: '',
				placeholder:
					'e.g. 71dd53f1-104e-41a2-82ca-43a375b7f63d, 4fe23c39-7a9a-435c-bab3-d2e9fd1974c6',
				description: 'Devices with any of these tags, separated by commas',
				routing: { send: { type: 'query', property: 'tag_id_in' } },
			},
			{
				displayName: 'Tag Name',
				name: 'tagName',
				type: 'string',
				default: '',
				placeholder: 'e.g. Finance',
				description: 'Devices with the tag of exactly this name; capitals matter',
				routing: { send: { type: 'query', property: 'tag_name' } },
			},
			{
				displayName: 'Tag Names',
				name: 'tagNames',
				type: 'string',
				default: '',
				placeholder: 'e.g. Finance, Loaner',
				description: 'Devices with any of these tags, separated by commas; capitals matter',
				routing: { send: { type: 'query', property: 'tag_name_in' } },
			},
			userLocator(undefined, {
				required: false,
				description: 'Devices of this user',
			}),
			{
				displayName: 'User Email',
				name: 'userEmail',
				type: 'string',
				default: '',
				placeholder: 'e.g. @acme.example',
				description: "Devices whose user's e-mail address contains this text",
				routing: { send: { type: 'query', property: 'user_email' } },
			},
			{
				displayName: 'User Email Is',
				name: 'userEmailExact',
				type: 'string',
				default: '',
				placeholder: 'e.g. ana@acme.example',
				description: 'Devices of the user with exactly this e-mail address',
				routing: { send: { type: 'query', property: 'user_email_exact' } },
			},
			{
				displayName: 'User Name',
				name: 'userName',
				type: 'string',
				default: '',
				placeholder: 'e.g. Ana Silva',
				description: "Devices whose user's name contains this text",
				routing: { send: { type: 'query', property: 'user_name' } },
			},
			{
				displayName: 'User Text',
				name: 'user',
				type: 'string',
				default: '',
				placeholder: 'e.g. Silva',
				description: "Devices whose user's display name contains this text",
				routing: { send: { type: 'query', property: 'user' } },
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
				displayName: 'Sort',
				name: 'sort',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				placeholder: 'Add Sort Field',
				default: {},
				description: 'Fields to sort by, the most important first',
				options: [
					{
						displayName: 'Sort Field',
						name: 'fields',
						values: [
							{
								displayName: 'Field',
								name: 'field',
								type: 'options',
								options: [
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
								],
								default: 'device_name',
							},
							{
								displayName: 'Direction',
								name: 'direction',
								type: 'options',
								options: [
									{ name: 'Ascending', value: '' },
									{ name: 'Descending', value: '-' },
								],
								default: '',
							},
						],
					},
				],
				routing: {
					send: {
						type: 'query',
						property: 'ordering',
						value: '={{ $value.fields.map((sort) => sort.direction + sort.field).join(",") }}',
					},
				},
			},
		],
	},
];
