import { z } from 'zod';

import type { Resource } from '../core';
import { form } from '../http/body';
import { list, text, uuidParam, type Call } from '../http/call';
import { detail, fieldError, listError, notFound } from '../http/errors';
import { byOffset } from '../http/paging';
import { countDevices, type TenantState } from '../state';
import { recordAudit } from '../state/audit';
import { TEMPLATES } from '../state/templates';
import type { Blueprint } from '../state/types';

/** The blueprint that a path names; 404 when there is none. */
export function blueprintOf(state: TenantState, call: Call): Blueprint {
	const blueprint = state.blueprints.get(uuidParam(call, 'blueprint_id'));
	if (!blueprint) throw notFound();
	return blueprint;
}

const boolean = z.enum(['true', 'false', 'True', 'False', '1', '0'], {
	errorMap: () => ({ message: 'Must be a valid boolean.' }),
});
const code = z.string().regex(/^\d{6}$/, 'The enrollment code must have six digits.');
const common = {
	name: z.string().min(1, 'This field may not be blank.'),
	'enrollment_code.is_active': boolean,
	'enrollment_code.code': code.optional(),
	color: z.string().optional(),
	description: z.string().optional(),
	icon: z.string().optional(),
};
const createForm = z
	.object({
		...common,
		'source.type': z.enum(['template', 'blueprint']).optional(),
		'source.id': z.string().optional(),
		type: z.enum(['classic', 'map']).optional(),
	})
	.strict();
const updateForm = z.object(common).partial().strict();

/** Blueprints; their writes are form-urlencoded with dotted keys. */
export const blueprints: Resource = (add, { state }) => {
	add('GET /api/v1/blueprints', (call) => {
		const id = text(call.query, 'id');
		const ids = list(call.query, 'id__in');
		const name = text(call.query, 'name')?.toLowerCase();
		const found = [...state.blueprints.values()].filter(
			(blueprint) =>
				(id === undefined || blueprint.id === id) &&
				(!ids || ids.includes(blueprint.id)) &&
				(name === undefined || blueprint.name.toLowerCase().includes(name)),
		);
		const counts = countDevices(state, (device) => device.blueprint_id);
		const page = byOffset(call, found, { max: 1000, default: 100, refuse: true });
		return { ...page, results: page.results.map((blueprint) => view(blueprint, counts)) };
	});

	add('GET /api/v1/blueprints/templates/', (call) =>
		byOffset(call, TEMPLATES, { max: 1000, default: 100, refuse: true }),
	);

	add('GET /api/v1/blueprints/{blueprint_id}', (call) =>
		view(
			blueprintOf(state, call),
			countDevices(state, (device) => device.blueprint_id),
		),
	);

	add('POST /api/v1/blueprints', (call) => {
		const sent = form(call, createForm);
		requireFreeName(state, sent.name);
		const source = sourceOf(state, sent);
		const type = sent.type ?? source?.type ?? 'classic';
		if (source && source.type !== type) {
			throw listError('Blueprint type does not match the source blueprint type');
		}
		const blueprint: Blueprint = {
			id: state.random.uuid(),
			name: sent.name,
			icon: type === 'map' ? 'ss-files' : (sent.icon ?? 'ss-files'),
			color: type === 'map' ? 'aqua-800' : (sent.color ?? 'aqua-800'),
			description: sent.description ?? '',
			params: {},
			enrollment_code: {
				code: sent['enrollment_code.code'] ?? state.random.text(6, '0123456789'),
				is_active: isTrue(sent['enrollment_code.is_active']),
			},
			type,
			nodes: new Map(
				[...(source?.nodes ?? [['', []] as const])].map(([node, items]) => [node, [...items]]),
			),
		};
		state.blueprints.set(blueprint.id, blueprint);
		recordAudit(state, {
			action: 'create',
			target_type: 'blueprint',
			target_id: blueprint.id,
			new_state: { name: blueprint.name, type, description: blueprint.description },
		});
		call.reply.code(201);
		return view(blueprint);
	});

	add('PATCH /api/v1/blueprints/{blueprint_id}', (call) => {
		const blueprint = blueprintOf(state, call);
		const sent = form(call, updateForm);
		if (sent.name !== undefined && sent.name !== blueprint.name)
			rename(state, blueprint, sent.name);
		if (sent.description !== undefined) blueprint.description = sent.description;
		if (blueprint.type === 'classic') {
			blueprint.color = sent.color ?? blueprint.color;
			blueprint.icon = sent.icon ?? blueprint.icon;
		}
		const enrollment = blueprint.enrollment_code;
		enrollment.code = sent['enrollment_code.code'] ?? enrollment.code;
		const active = sent['enrollment_code.is_active'];
		if (active !== undefined) enrollment.is_active = isTrue(active);
		recordAudit(state, { action: 'update', target_type: 'blueprint', target_id: blueprint.id });
		return view(
			blueprint,
			countDevices(state, (device) => device.blueprint_id),
		);
	});

	add('DELETE /api/v1/blueprints/{blueprint_id}', (call) => {
		const blueprint = blueprintOf(state, call);
		state.blueprints.delete(blueprint.id);
		for (const device of state.devices.values()) {
			if (device.blueprint_id !== blueprint.id) continue;
			Object.assign(device, {
				mdm_enabled: false,
				agent_installed: false,
				is_removed: true,
				blueprint_id: '',
				blueprint_name: '',
			});
		}
		recordAudit(state, { action: 'delete', target_type: 'blueprint', target_id: blueprint.id });
		call.reply.code(204);
	});
};

const isTrue = (value: string) => value === '1' || value.toLowerCase() === 'true';

function view(blueprint: Blueprint, counts?: Map<string, number>): Record<string, unknown> {
	const record = { ...blueprint, nodes: undefined };
	return counts ? { ...record, computers_count: counts.get(blueprint.id) ?? 0 } : record;
}

function requireFreeName(state: TenantState, name: string): void {
	for (const blueprint of state.blueprints.values()) {
		if (blueprint.name === name) {
			throw fieldError('name', 'blueprint with this name already exists.');
		}
	}
}

function rename(state: TenantState, blueprint: Blueprint, name: string): void {
	requireFreeName(state, name);
	blueprint.name = name;
	for (const device of state.devices.values()) {
		if (device.blueprint_id === blueprint.id) device.blueprint_name = name;
	}
}

function sourceOf(
	state: TenantState,
	sent: { 'source.type'?: string; 'source.id'?: string },
): Blueprint | undefined {
	const type = sent['source.type'];
	const id = sent['source.id'];
	if (type === undefined && id === undefined) return undefined;
	if (type === undefined || id === undefined) {
		throw fieldError('source', 'Both type and id are required.');
	}
	if (type === 'blueprint') {
		const blueprint = state.blueprints.get(id);
		if (!blueprint) throw detail(400, 'Source blueprint not found.');
		return blueprint;
	}
	const known = TEMPLATES.some(({ templates }) => templates.some((item) => String(item.id) === id));
	if (!known) throw detail(400, 'Source template not found.');
	return undefined;
}
