import { z } from 'zod';

import type { Resource } from '../core';
import { json } from '../http/body';
import { text, uuidParam, type Call } from '../http/call';
import { fieldError, notFound } from '../http/errors';
import { byOffset } from '../http/paging';
import type { TenantState } from '../state';
import type { Tag } from '../state/types';

const tagBody = z.object({ name: z.string().min(1, 'This field may not be blank.') }).strict();

/** Tags: devices carry them by name, so a rename or removal reaches every device. */
export const tags: Resource = (add, { state }) => {
	add('GET /api/v1/tags', (call) => {
		const search = text(call.query, 'search')?.toLowerCase() ?? '';
		const found = [...state.tags.values()].filter(({ name }) =>
			name.toLowerCase().includes(search),
		);
		return byOffset(call, found, { max: 300 });
	});

	add('POST /api/v1/tags', (call) => {
		const { name } = json(call, tagBody);
		requireFree(state, name);
		const tag = { id: state.random.uuid(), name };
		state.tags.set(tag.id, tag);
		call.reply.code(201);
		return tag;
	});

	add('PATCH /api/v1/tags/{tag_id}', (call) => {
		const tag = tagOf(state, call);
		const { name } = json(call, tagBody);
		if (name !== tag.name) requireFree(state, name);
		replace(state, tag.name, [name]);
		tag.name = name;
		return tag;
	});

	add('DELETE /api/v1/tags/{tag_id}', (call) => {
		const tag = tagOf(state, call);
		replace(state, tag.name, []);
		state.tags.delete(tag.id);
		call.reply.code(204);
	});
};

function tagOf(state: TenantState, call: Call): Tag {
	const tag = state.tags.get(uuidParam(call, 'tag_id'));
	if (!tag) throw notFound();
	return tag;
}

function requireFree(state: TenantState, name: string): void {
	for (const tag of state.tags.values()) {
		if (tag.name === name) throw fieldError('name', 'Tag with this name already exists.');
	}
}

function replace(state: TenantState, from: string, to: string[]): void {
	for (const device of state.devices.values()) {
		if (!device.tags.includes(from)) continue;
		device.tags = device.tags.flatMap((name) => (name === from ? to : [name]));
	}
}
