import type { INodeProperties } from 'n8n-workflow';

import { confirmSerialNumber } from '../../shared/preSend/confirm';
import { asDeleted, rowsAt, unwrapped, withIds } from '../../shared/fields/output';
import { byOffset } from '../../transport/routing/paging';
import { addTags, deviceAddTagsDescription } from './addTags';
import { deviceAssignUserDescription, userToAssign } from './assignUser';
import { checkCompliance, deviceCheckComplianceDescription } from './checkCompliance';
import { countDevices, deviceCountDescription } from './count';
import { deviceDeleteDescription } from './delete';
import { deviceFindDescription, findDevice } from './find';
import { deviceGetDescription } from './get';
import { deviceGetActivityDescription } from './getActivity';
import { narrowDevices, resolveFilters } from './filters';
import { deviceGetAllDescription } from './getAll';
import { deviceGetAppsDescription } from './getApps';
import { deviceGetCommandsDescription } from './getCommands';
import { deviceGetDetailsDescription } from './getDetails';
import { fullRecord } from './getFullRecord';
import { deviceGetLibraryItemsDescription } from './getLibraryItems';
import { blueprintToMoveTo, deviceMoveToBlueprintDescription } from './moveToBlueprint';
import { deviceRemoveTagsDescription, removeTags } from './removeTags';
import { updateDevice } from './sendUpdate';
import { deviceSyncFromTableDescription, syncFromTable } from './syncFromTable';
import { deviceUndoDescription, undoChanges } from './undo';
import { buildUpdate, deviceUpdateDescription } from './update';
import { updateFromRow } from './updateFromRow';

const showOnlyForDevices = { resource: ['device'] };

export const deviceDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: showOnlyForDevices },
		options: [
			{
				name: 'Add Tags',
				value: 'addTags',
				action: 'Add tags to device',
				description: 'Add tags to a device and keep its other tags',
				routing: {
					request: { method: 'PATCH', url: '/api/v1/devices/{{deviceId}}' },
					operations: { pagination: addTags },
				},
			},
			{
				name: 'Assign User',
				value: 'assignUser',
				action: 'Assign user to device',
				description: 'Assign a device to a user',
				routing: {
					request: { method: 'PATCH', url: '/api/v1/devices/{{deviceId}}' },
					send: { preSend: [userToAssign] },
					operations: { pagination: updateDevice },
				},
			},
			{
				name: 'Check Compliance',
				value: 'checkCompliance',
				action: 'Check compliance of devices',
				description:
					'Check devices against rules such as FileVault, minimum OS version and apps, with a few requests for all devices',
				routing: {
					request: { method: 'GET', url: '/api/v1/devices' },
					send: { preSend: [resolveFilters] },
					operations: { pagination: checkCompliance },
				},
			},
			{
				name: 'Count',
				value: 'count',
				action: 'Count devices',
				description:
					'Count the devices that filters such as platform, tag or OS version let through',
				routing: {
					request: { method: 'GET', url: '/api/v1/devices' },
					send: { preSend: [resolveFilters] },
					operations: { pagination: countDevices },
				},
			},
			{
				name: 'Delete',
				value: 'delete',
				action: 'Delete device',
				description:
					'Delete a device and end its management permanently, after its serial number is confirmed',
				routing: {
					request: { method: 'DELETE', url: '/api/v1/devices/{{deviceId}}' },
					send: { preSend: [confirmSerialNumber.check] },
					output: { postReceive: [asDeleted, withIds] },
				},
			},
			{
				name: 'Find',
				value: 'find',
				action: 'Find device',
				description:
					'Find a device by its exact serial number, user email, name, asset tag or MAC address',
				routing: {
					request: { method: 'GET', url: '/api/v1/devices' },
					operations: { pagination: findDevice },
				},
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get device',
				description: 'Retrieve a device',
				routing: { request: { method: 'GET', url: '/api/v1/devices/{{deviceId}}' } },
			},
			{
				name: 'Get Activity',
				value: 'getActivity',
				action: 'Get activity of device',
				description: 'Retrieve the activity log of a device, such as enrollments and name changes',
				routing: {
					request: { method: 'GET', url: '/api/v1/devices/{{deviceId}}/activity' },
					operations: { pagination: byOffset({ items: 'activity.results', key: 'id' }) },
					output: { postReceive: [withIds] },
				},
			},
			{
				name: 'Get Apps',
				value: 'getApps',
				action: 'Get apps of device',
				description: 'Retrieve the apps installed on a device',
				routing: {
					request: { method: 'GET', url: '/api/v1/devices/{{deviceId}}/apps' },
					output: { postReceive: [rowsAt('apps')] },
				},
			},
			{
				name: 'Get Commands',
				value: 'getCommands',
				action: 'Get commands of device',
				description: 'Retrieve the MDM commands sent to a device and their status',
				routing: {
					request: { method: 'GET', url: '/api/v1/devices/{{deviceId}}/commands' },
					operations: { pagination: byOffset({ items: 'commands.results', key: 'uuid' }) },
				},
			},
			{
				name: 'Get Details',
				value: 'getDetails',
				action: 'Get details of device',
				description:
					'Retrieve the full inventory of a device: hardware, network, security, profiles and users',
				routing: { request: { method: 'GET', url: '/api/v1/devices/{{deviceId}}/details' } },
			},
			{
				name: 'Get Full Record',
				value: 'getFullRecord',
				action: 'Get full record of device',
				description:
					'Retrieve a device with its details, apps, library items, parameters, status and notes as one item',
				routing: {
					request: { method: 'GET', url: '/api/v1/devices/{{deviceId}}' },
					operations: { pagination: fullRecord },
				},
			},
			{
				name: 'Get Library Items',
				value: 'getLibraryItems',
				action: 'Get library items of device',
				description: 'Retrieve the library items of a device and their status',
				routing: {
					request: { method: 'GET', url: '/api/v1/devices/{{deviceId}}/library-items' },
					output: { postReceive: [rowsAt('library_items')] },
				},
			},
			{
				name: 'Get Lost Mode',
				value: 'getLostMode',
				action: 'Get lost mode of device',
				description: 'Retrieve the Lost Mode status and last location of an iPhone or iPad',
				routing: {
					request: { method: 'GET', url: '/api/v1/devices/{{deviceId}}/details/lostmode' },
					output: { postReceive: [unwrapped('lost_mode'), withIds] },
				},
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many devices',
				description:
					'Retrieve a list of devices, optionally filtered by user, blueprint, tag, platform, last check-in, OS version or security settings',
				routing: {
					request: { method: 'GET', url: '/api/v1/devices' },
					send: { preSend: [resolveFilters] },
					operations: {
						pagination: byOffset({
							items: '',
							key: 'device_id',
							steadyOrder: { ordering: 'device_id' },
							narrow: narrowDevices,
						}),
					},
				},
			},
			{
				name: 'Get Parameters',
				value: 'getParameters',
				action: 'Get parameters of device',
				description: 'Retrieve the parameters of a Mac in a classic blueprint and their status',
				routing: {
					request: { method: 'GET', url: '/api/v1/devices/{{deviceId}}/parameters' },
					output: { postReceive: [rowsAt('parameters'), withIds] },
				},
			},
			{
				name: 'Get Status',
				value: 'getStatus',
				action: 'Get status of device',
				description:
					'Retrieve the status of all library items and parameters of a device as one item',
				routing: {
					request: { method: 'GET', url: '/api/v1/devices/{{deviceId}}/status' },
					output: { postReceive: [withIds] },
				},
			},
			{
				name: 'Move to Blueprint',
				value: 'moveToBlueprint',
				action: 'Move device to blueprint',
				description: 'Move a device to a blueprint',
				routing: {
					request: { method: 'PATCH', url: '/api/v1/devices/{{deviceId}}' },
					send: { preSend: [blueprintToMoveTo] },
					operations: { pagination: updateDevice },
				},
			},
			{
				name: 'Remove Tags',
				value: 'removeTags',
				action: 'Remove tags from device',
				description: 'Remove tags from a device and keep its other tags',
				routing: {
					request: { method: 'PATCH', url: '/api/v1/devices/{{deviceId}}' },
					operations: { pagination: removeTags },
				},
			},
			{
				name: 'Sync From Table',
				value: 'syncFromTable',
				action: 'Sync devices from table',
				description:
					'Make the user, blueprint, tags, asset tag and name of devices match a table, one row per input item',
				routing: {
					request: { method: 'PATCH', url: '/api/v1/devices/{{serialNumber}}' },
					operations: { pagination: syncFromTable },
				},
			},
			{
				name: 'Undo',
				value: 'undo',
				action: 'Undo change of device',
				description:
					'Put back the user, blueprint, tags, asset tag and name that a device had before a change',
				routing: {
					request: { method: 'PATCH', url: '/api/v1/devices/{{undo}}' },
					operations: { pagination: undoChanges },
				},
			},
			{
				name: 'Update',
				value: 'update',
				action: 'Update device',
				description: 'Update the blueprint, user, asset tag or tags of a device',
				routing: {
					request: { method: 'PATCH', url: '/api/v1/devices/{{deviceId}}' },
					send: { preSend: [buildUpdate] },
					operations: { pagination: updateFromRow },
				},
			},
		],
		default: 'getAll',
	},
	...deviceAddTagsDescription,
	...deviceAssignUserDescription,
	...deviceCheckComplianceDescription,
	...deviceCountDescription,
	...deviceDeleteDescription,
	...deviceFindDescription,
	...deviceGetDescription,
	...deviceGetActivityDescription,
	...deviceGetAllDescription,
	...deviceGetAppsDescription,
	...deviceGetCommandsDescription,
	...deviceGetDetailsDescription,
	...deviceGetLibraryItemsDescription,
	...deviceMoveToBlueprintDescription,
	...deviceRemoveTagsDescription,
	...deviceSyncFromTableDescription,
	...deviceUndoDescription,
	...deviceUpdateDescription,
];
