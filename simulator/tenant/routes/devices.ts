import { z } from 'zod';

import type { Resource } from '../core';
import { json } from '../http/body';
import { flag, list, text, uuidParam, type Call, type Query } from '../http/call';
import { detail, fieldError, notFound } from '../http/errors';
import { byOffset, window } from '../http/paging';
import { traits, type TenantState } from '../state';
import { activityOf, recordActivity } from '../state/activity';
import { recordAudit } from '../state/audit';
import { commandsOf, notePoll, settleCommands } from '../state/commands';
import { deviceUser } from '../state/people';
import type { Device } from '../state/types';

/** The device that a path names; 404 when there is none. */
export function deviceOf(state: TenantState, call: Call): Device {
	const device = state.devices.get(uuidParam(call, 'device_id'));
	if (!device) throw notFound();
	return device;
}

/** Reading, changing and deleting devices. */
export const devices: Resource = (add, { state, settings }) => {
	add('GET /api/v1/devices', (call) => {
		const all = state.devices.list(text(call.query, 'ordering'));
		const found = filter(state, all, call.query);
		const { limit, offset } = window(call, { max: 300 });
		if (settings.totals) {
			call.reply.headers({
				'X-Total-Count': String(found.length),
				'X-Total-Pages': String(Math.ceil(found.length / limit)),
				Link: '<None>; rel="next"',
			});
		}
		return found.slice(offset, offset + limit);
	});

	add('GET /api/v1/devices/{device_id}', (call) => deviceOf(state, call));

	add('PATCH /api/v1/devices/{device_id}', (call) => {
		const device = deviceOf(state, call);
		const change = json(call, patch);
		// All or nothing: every value is looked up before the first is set.
		const user = change.user === undefined ? undefined : findUser(state, change.user);
		const blueprint = findBlueprint(state, change.blueprint_id);
		if (change.tags) requireTags(state, change.tags);
		if (user !== undefined) device.user = user;
		if (change.asset_tag !== undefined) device.asset_tag = change.asset_tag ?? '';
		if (change.tags) device.tags = [...new Set(change.tags)];
		if (blueprint && blueprint.id !== device.blueprint_id) {
			const from = device.blueprint_name;
			device.blueprint_id = blueprint.id;
			device.blueprint_name = blueprint.name;
			recordActivity(state, device, 'blueprint_changed', { from, to: blueprint.name });
		}
		recordAudit(state, {
			action: 'update',
			target_type: 'device',
			target_id: device.device_id,
			new_state: change,
		});
		return device;
	});

	add('DELETE /api/v1/devices/{device_id}', (call) => {
		const device = deviceOf(state, call);
		state.devices.delete(device.device_id);
		recordAudit(state, {
			action: 'delete',
			target_type: 'device',
			target_id: device.device_id,
			new_state: { name: device.device_name, serial_number: device.serial_number },
		});
		call.reply.code(204);
	});

	add('GET /api/v1/devices/{device_id}/activity', (call) => {
		const device = deviceOf(state, call);
		const activity = byOffset(call, activityOf(state, device), { max: 300 });
		return { device_id: device.device_id, activity };
	});

	add('GET /api/v1/devices/{device_id}/commands', (call) => {
		const device = deviceOf(state, call);
		notePoll(state, device);
		settleCommands(state);
		const commands = byOffset(call, commandsOf(state, device), { max: 300 });
		return { device_id: device.device_id, commands };
	});
};

const patch = z
	.object({
		user: z.string().nullable(),
		asset_tag: z.string().min(1, 'This field may not be blank.').nullable(),
		blueprint_id: z.string(),
		tags: z.array(z.string()),
	})
	.partial()
	.strict();

function findUser(state: TenantState, id: string | null): Device['user'] {
	if (id === null) return '';
	const user = state.users.get(id);
	if (!user) throw fieldError('user', `Invalid pk "${id}" - object does not exist.`);
	return deviceUser(user);
}

function findBlueprint(state: TenantState, id: string | undefined) {
	if (id === undefined) return undefined;
	const blueprint = state.blueprints.get(id);
	if (!blueprint) throw fieldError('blueprint_id', `Invalid pk "${id}" - object does not exist.`);
	return blueprint;
}

function requireTags(state: TenantState, names: string[]): void {
	const known = new Set([...state.tags.values()].map((tag) => tag.name));
	const unknown = names.filter((name) => !known.has(name));
	if (unknown.length > 0) throw detail(400, `Tags do not exist: ${unknown.join(', ')}`);
}

type Test = (device: Device) => boolean;

const CONTAINS: Record<string, (device: Device) => string> = {
	asset_tag: (device) => device.asset_tag,
	blueprint_id: (device) => device.blueprint_id,
	device_id: (device) => device.device_id,
	device_name: (device) => device.device_name,
	model: (device) => device.model,
	os_version: (device) => device.os_version,
	serial_number: (device) => device.serial_number,
	user: (device) => (device.user ? device.user.name : ''),
	user_email: (device) => (device.user ? device.user.email : ''),
	user_name: (device) => (device.user ? device.user.name : ''),
};

const EQUALS: Record<string, (device: Device) => string> = {
	platform: (device) => device.platform,
	user_email_exact: (device) => (device.user ? device.user.email : ''),
	user_id: (device) => (device.user ? device.user.id : ''),
};

function filter(state: TenantState, all: readonly Device[], query: Query): readonly Device[] {
	const tests: Test[] = [];
	for (const [name, read] of Object.entries(CONTAINS)) {
		const wanted = text(query, name)?.toLowerCase();
		// A record may lack what it is filtered by, as in a real tenant.
		const isIn = (value: string | null) => value?.toLowerCase().includes(wanted ?? '') === true;
		if (wanted) tests.push((device) => isIn(read(device)));
	}
	for (const [name, read] of Object.entries(EQUALS)) {
		const wanted = text(query, name);
		if (wanted) tests.push((device) => read(device) === wanted);
	}
	const address = text(query, 'mac_address')?.toLowerCase();
	if (address) tests.push((device) => traits(state, device).mac_address.includes(address));
	const encrypted = flag(query, 'filevault_enabled');
	if (encrypted !== undefined) {
		tests.push((device) => traits(state, device).filevault_enabled === encrypted);
	}
	const tags = tagNames(state, query);
	if (tags) tests.push((device) => device.tags.some((tag) => tags.has(tag)));
	if (tests.length === 0) return all;
	return all.filter((device) => tests.every((test) => test(device)));
}

function tagNames(state: TenantState, query: Query): Set<string> | undefined {
	const name = text(query, 'tag_name');
	const names = list(query, 'tag_name_in') ?? (name === undefined ? undefined : [name]);
	const id = text(query, 'tag_id');
	const ids = list(query, 'tag_id_in') ?? (id === undefined ? undefined : [id]);
	if (!names && !ids) return undefined;
	return new Set([...(names ?? []), ...(ids ?? []).map((tag) => state.tags.get(tag)?.name ?? '')]);
}
