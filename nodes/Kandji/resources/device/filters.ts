import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	INodeProperties,
} from 'n8n-workflow';

import {
	blueprintLocator,
	byDisplayName,
	tagLocator,
	userLocator,
} from '../../shared/fields/locators';
import { devicePlatforms } from '../../shared/fields/platforms';
import { idsFrom } from '../../shared/preSend/ids';
import { acceptsList } from '../../transport/routing/fieldChecks';
import type { Narrowing } from '../../transport/routing/paging';
import type { Passes } from './filtersAfterReading';
import { filtersAfterReading } from './filtersAfterReading';

/** Sends the filters by one record that the API has. */
export const resolveFilters = idsFrom('filters', 'qs', {
	blueprintId: 'blueprint_id',
	tagId: 'tag_id',
	userId: 'user_id',
});

/**
 * Reads the filters that the routing of their fields does not send: what the API can filter becomes a query, the rest a
 * test of each device.
 *
 * @throws NodeOperationError naming the field when a filter cannot be used, or names no record
 */
export async function narrowDevices(
	context: IExecutePaginationFunctions,
	{ options }: DeclarativeRestApiSettings.ResultOptions,
): Promise<Narrowing> {
	const values = context.getNodeParameter('filters', {}) as IDataObject;
	const query: IDataObject = {};
	const tests: Passes[] = [];
	for (const { field, read } of filtersAfterReading) {
		if (!(field.name in values)) continue;
		const { passes, sent } = await read(context, values[field.name]);
		const isSent =
			sent?.parameters.every((name) => !(name in { ...options.qs, ...query })) ?? false;
		if (isSent) Object.assign(query, sent?.query);
		if (!isSent || sent?.isExact !== true) tests.push(passes);
	}
	if (tests.length === 0) return { query };
	return { query, passes: (device) => tests.every((passes) => passes(device)) };
}

/** The filters that are sent as they are. */
const sentFilters: INodeProperties[] = [
	{
		displayName: 'Asset Tag',
		name: 'assetTag',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1040',
		description: 'Only devices whose asset tag contains this text',
		routing: { send: { type: 'query', property: 'asset_tag' } },
	},
	blueprintLocator(undefined, {
		required: false,
		description: 'Only devices in this blueprint',
	}),
	{
		displayName: 'Device ID',
		name: 'deviceId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 3de7b283-1a44-47ef-bde1-2f556a8a32f7',
		description: 'Only the device with this ID',
		routing: { send: { type: 'query', property: 'device_id' } },
	},
	{
		displayName: 'Device Name',
		name: 'deviceName',
		type: 'string',
		default: '',
		placeholder: "e.g. Ana's MacBook",
		description: 'Only devices whose name contains this text',
		routing: { send: { type: 'query', property: 'device_name' } },
	},
	{
		displayName: 'FileVault Enabled',
		name: 'fileVaultEnabled',
		type: 'boolean',
		default: true,
		description:
			'Whether to return only Macs with FileVault on. If off, only Macs with FileVault off.',
		routing: { send: { type: 'query', property: 'filevault_enabled' } },
	},
	{
		displayName: 'MAC Address',
		name: 'macAddress',
		type: 'string',
		default: '',
		placeholder: 'e.g. 00:0c:29:05:43:b6',
		description: 'Only the device with this MAC address',
		routing: { send: { type: 'query', property: 'mac_address' } },
	},
	{
		displayName: 'Model',
		name: 'model',
		type: 'string',
		default: '',
		placeholder: 'e.g. MacBook Air (M1, 2020)',
		description: 'Only devices whose model contains this text',
		routing: { send: { type: 'query', property: 'model' } },
	},
	{
		displayName: 'OS Version',
		name: 'osVersion',
		type: 'string',
		default: '',
		placeholder: 'e.g. 15.6',
		description: 'Only devices whose OS version contains this text',
		routing: { send: { type: 'query', property: 'os_version' } },
	},
	{
		displayName: 'Platform',
		name: 'platform',
		type: 'options',
		options: devicePlatforms,
		default: 'Mac',
		description: 'Only devices of this platform',
		routing: { send: { type: 'query', property: 'platform' } },
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
	tagLocator(undefined, { required: false, description: 'Only devices with this tag' }),
	acceptsList({
		displayName: 'Tag IDs',
		name: 'tagIds',
		type: 'string',
		default: '',
		placeholder: 'e.g. 71dd53f1-104e-41a2-82ca-43a375b7f63d, 4fe23c39-7a9a-435c-bab3-d2e9fd1974c6',
		description: 'Comma-separated list of tag IDs. Only devices with any of these tags.',
		routing: { send: { type: 'query', property: 'tag_id_in' } },
	}),
	{
		displayName: 'Tag Name',
		name: 'tagName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Finance',
		description: 'Only devices with this tag. Exact match, case-sensitive.',
		routing: { send: { type: 'query', property: 'tag_name' } },
	},
	acceptsList({
		displayName: 'Tag Names',
		name: 'tagNames',
		type: 'string',
		default: '',
		placeholder: 'e.g. Finance, Loaner',
		description:
			'Comma-separated list of tag names, case-sensitive. Only devices with any of these tags.',
		routing: { send: { type: 'query', property: 'tag_name_in' } },
	}),
	userLocator(undefined, {
		required: false,
		description: 'Only devices of this user',
	}),
	{
		displayName: 'User Display Name',
		name: 'userDisplayName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Silva',
		description: "Only devices whose user's display name contains this text",
		routing: { send: { type: 'query', property: 'user' } },
	},
	{
		displayName: 'User Email',
		name: 'userEmail',
		type: 'string',
		default: '',
		placeholder: 'e.g. @acme.example',
		description: "Only devices whose user's email contains this text",
		routing: { send: { type: 'query', property: 'user_email' } },
	},
	{
		displayName: 'User Email (Exact)',
		name: 'userEmailExact',
		type: 'string',
		default: '',
		placeholder: 'e.g. ana@acme.example',
		description: 'Only devices of the user with exactly this email',
		routing: { send: { type: 'query', property: 'user_email_exact' } },
	},
	{
		displayName: 'User Name',
		name: 'userName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Ana Silva',
		description: "Only devices whose user's name contains this text",
		routing: { send: { type: 'query', property: 'user_name' } },
	},
];

/** The filters of the device list, in the order of the editor. */
export const deviceFilterFields: INodeProperties[] = [
	...sentFilters,
	...filtersAfterReading.map(({ field }) => field),
].sort(byDisplayName);
