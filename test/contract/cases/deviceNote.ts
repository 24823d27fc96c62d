import type { ContractCase } from '../contractCase';

const deviceId = '3de7b283-1a44-47ef-bde1-2f556a8a32f7';
const noteId = 'c0f5ba78-06a2-4914-aa3c-e3415f3ee21b';
const deviceIdLocator = { __rl: true, mode: 'id', value: deviceId };
const path = `/api/v1/devices/${deviceId}/notes`;

const note = {
	note_id: noteId,
	created_at: '2026-04-07T18:56:25.113229Z',
	updated_at: '2026-04-07T18:56:25.113254Z',
	author: 'Ana Silva',
	content: '<p>Battery replaced&nbsp;</p>',
};

/** The note as an item, with its device. */
const noteOfDevice = { ...note, device_id: deviceId };

export const deviceNoteCases: ContractCase[] = [
	{
		operation: 'deviceNote.create',
		parameters: { deviceId: deviceIdLocator, content: 'Battery\nreplaced' },
		request: {
			method: 'POST',
			path,
			encoding: 'json',
			body: { content: 'Battery\nreplaced' },
		},
		response: { status: 201, body: note },
		items: [noteOfDevice],
	},
	{
		operation: 'deviceNote.delete',
		parameters: { deviceId: deviceIdLocator, noteId },
		request: { method: 'DELETE', path: `${path}/${noteId}`, encoding: 'none' },
		response: { body: { note_id: noteId, deleted_at: '2026-04-07T18:59:17.734091Z' } },
		items: [{ deleted: true, device_id: deviceId, note_id: noteId }],
	},
	{
		operation: 'deviceNote.get',
		parameters: { deviceId: deviceIdLocator, noteId },
		request: { method: 'GET', path: `${path}/${noteId}`, encoding: 'none' },
		response: { body: note },
		items: [noteOfDevice],
	},
	{
		operation: 'deviceNote.getAll',
		parameters: { deviceId: deviceIdLocator, limit: 1 },
		request: { method: 'GET', path, encoding: 'none' },
		response: { body: [note, { ...note, note_id: 'another' }] },
		items: [noteOfDevice],
	},
	{
		operation: 'deviceNote.getAll',
		title: 'of a device without notes',
		parameters: { deviceId: deviceIdLocator, returnAll: true },
		request: { method: 'GET', path, encoding: 'none' },
		response: { body: [] },
		items: [],
	},
	{
		operation: 'deviceNote.update',
		parameters: { deviceId: deviceIdLocator, noteId, content: 'Screen replaced' },
		request: {
			method: 'PATCH',
			path: `${path}/${noteId}`,
			encoding: 'json',
			body: { content: 'Screen replaced' },
		},
		response: { body: note },
		items: [noteOfDevice],
	},
];
