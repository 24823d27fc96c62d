import type { INodeProperties } from 'n8n-workflow';

import { asDeleted, withIds } from '../../shared/fields/output';
import { deviceNoteLocator } from '../../shared/fields/locators';
import { byNext } from '../../transport/routing/paging';
import { deviceNoteContentDescription } from './content';
import { deviceNoteGetAllDescription } from './getAll';
import { refuseRepeats } from '../../transport/routing/repeats';

const showOnlyForDeviceNotes = { resource: ['deviceNote'] };

export const deviceNoteDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: showOnlyForDeviceNotes },
		options: [
			{
				name: 'Create',
				value: 'create',
				action: 'Create device note',
				description: 'Add a note to a device',
				routing: {
					request: { method: 'POST', url: '/api/v1/devices/{{deviceId}}/notes' },
					output: { postReceive: [withIds] },
				},
			},
			{
				name: 'Delete',
				value: 'delete',
				action: 'Delete device note',
				description: 'Delete a note from a device',
				routing: {
					request: { method: 'DELETE', url: '/api/v1/devices/{{deviceId}}/notes/{{noteId}}' },
					send: { preSend: [refuseRepeats()] },
					output: { postReceive: [asDeleted, withIds] },
				},
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get device note',
				description: 'Retrieve a note from a device',
				routing: {
					request: { method: 'GET', url: '/api/v1/devices/{{deviceId}}/notes/{{noteId}}' },
					output: { postReceive: [withIds] },
				},
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many device notes',
				description: 'Retrieve a list of notes from a device',
				routing: {
					request: { method: 'GET', url: '/api/v1/devices/{{deviceId}}/notes' },
					operations: { pagination: byNext({ items: '', key: 'note_id' }) },
					output: { postReceive: [withIds] },
				},
			},
			{
				name: 'Update',
				value: 'update',
				action: 'Update device note',
				description: 'Replace the text of a note',
				routing: {
					request: { method: 'PATCH', url: '/api/v1/devices/{{deviceId}}/notes/{{noteId}}' },
					output: { postReceive: [withIds] },
				},
			},
		],
		default: 'getAll',
	},
	deviceNoteLocator({ ...showOnlyForDeviceNotes, operation: ['delete', 'get', 'update'] }),
	...deviceNoteContentDescription,
	...deviceNoteGetAllDescription,
];
