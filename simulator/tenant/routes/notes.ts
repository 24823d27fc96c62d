import { z } from 'zod';

import type { Resource } from '../core';
import { json } from '../http/body';
import { uuidParam, type Call } from '../http/call';
import { notFound } from '../http/errors';
import type { TenantState } from '../state';
import { zulu } from '../state/dates';
import type { Note } from '../state/types';
import { deviceOf } from './devices';

const noteBody = z.object({ content: z.string().min(1, 'This field may not be blank.') }).strict();

/** Notes on devices. */
export const notes: Resource = (add, { state }) => {
	add('GET /api/v1/devices/{device_id}/notes', (call) => notesOf(state, call));

	add('POST /api/v1/devices/{device_id}/notes', (call) => {
		const all = notesOf(state, call);
		const time = zulu(state.clock.now());
		const note: Note = {
			note_id: state.random.uuid(),
			created_at: time,
			updated_at: time,
			author: 'API token',
			content: json(call, noteBody).content,
		};
		state.notes.set(uuidParam(call, 'device_id'), [...all, note]);
		call.reply.code(201);
		return note;
	});

	add('GET /api/v1/devices/{device_id}/notes/{note_id}', (call) => noteOf(state, call));

	add('PATCH /api/v1/devices/{device_id}/notes/{note_id}', (call) => {
		const note = noteOf(state, call);
		note.content = json(call, noteBody).content;
		note.updated_at = zulu(state.clock.now());
		return note;
	});

	add('DELETE /api/v1/devices/{device_id}/notes/{note_id}', (call) => {
		const note = noteOf(state, call);
		const left = notesOf(state, call).filter((other) => other !== note);
		state.notes.set(uuidParam(call, 'device_id'), left);
		return { note_id: note.note_id, deleted_at: zulu(state.clock.now()) };
	});
};

function notesOf(state: TenantState, call: Call): Note[] {
	return state.notes.get(deviceOf(state, call).device_id) ?? [];
}

function noteOf(state: TenantState, call: Call): Note {
	const id = uuidParam(call, 'note_id');
	const note = notesOf(state, call).find(({ note_id }) => note_id === id);
	if (!note) throw notFound();
	return note;
}
