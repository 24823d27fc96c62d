import { z } from 'zod';

import type { Resource } from '../core';
import { check, json } from '../http/body';
import { uuidParam, type Call } from '../http/call';
import { fieldError, notFound } from '../http/errors';
import { multipart } from '../http/multipart';
import { byOffset } from '../http/paging';
import type { TenantState } from '../state';
import { createAdeToken, type AdeToken } from '../state/ade';
import { recordAudit } from '../state/audit';
import { DAY, parseDate, zulu } from '../state/dates';
import { formBoolean, requireBlueprint } from './libraryShared';

const email = z.string().email('Enter a valid email address.');
const tokenForm = z
	.object({
		blueprint_id: z.string().optional(),
		use_blueprint_routing: formBoolean.optional(),
		phone: z.string().min(1, 'This field may not be blank.'),
		email,
	})
	.strict();
const tokenBody = z
	.object({
		blueprint_id: z.string().nullable().optional(),
		use_blueprint_routing: z.boolean().optional(),
		phone: z.string().min(1, 'This field may not be blank.'),
		email,
	})
	.strict();

/** The ADE integration that a path names; 404 when there is none. */
export function adeTokenOf(state: TenantState, call: Call): AdeToken {
	const token = state.adeTokens.get(uuidParam(call, 'ade_token_id'));
	if (!token) throw notFound();
	return token;
}

// Certificates are public; this one is a made-up text in the form of one.
const PUBLIC_KEY = [
	'-----BEGIN CERTIFICATE-----',
	...['tenant', 'public', 'key'].map((part) => Buffer.from(part.repeat(8)).toString('base64')),
	'-----END CERTIFICATE-----',
	'',
].join('\n');

/** ADE integrations; creating and renewing is multipart with the server token from Apple. */
export const adeTokens: Resource = (add, { state }) => {
	add('GET /api/v1/integrations/apple/ade', (call) => {
		const all = [...state.adeTokens.values()].map((token) => view(state, token));
		return byOffset(call, all, { max: 300, default: 50 });
	});

	add('GET /api/v1/integrations/apple/ade/public_key/', (call) => {
		call.reply.type('application/x-pem-file');
		return Buffer.from(PUBLIC_KEY);
	});

	add('POST /api/v1/integrations/apple/ade/', async (call) => {
		const { target, file } = await readForm(state, call);
		const token = createAdeToken(state.random, state.clock.now(), {
			...target,
			name: file.name.replace(/_Token.*|\.p7m$/, ''),
		});
		token.stoken_file_name = file.name;
		state.adeTokens.set(token.id, token);
		recordAudit(state, { action: 'create', target_type: 'ade_integration', target_id: token.id });
		return view(state, token);
	});

	add('GET /api/v1/integrations/apple/ade/{ade_token_id}', (call) =>
		view(state, adeTokenOf(state, call)),
	);

	add('PATCH /api/v1/integrations/apple/ade/{ade_token_id}', (call) => {
		const token = adeTokenOf(state, call);
		Object.assign(token, targetOf(state, json(call, tokenBody)));
		return view(state, token);
	});

	add('POST /api/v1/integrations/apple/ade/{ade_token_id}/renew', async (call) => {
		const token = adeTokenOf(state, call);
		const { target, file } = await readForm(state, call);
		Object.assign(token, target, {
			stoken_file_name: file.name,
			access_token_expiry: zulu(state.clock.now() + 364 * DAY),
			status: 'SUCCESS',
			status_reason: null,
		});
		return view(state, token);
	});

	add('DELETE /api/v1/integrations/apple/ade/{ade_token_id}', (call) => {
		const token = adeTokenOf(state, call);
		state.adeTokens.delete(token.id);
		for (const device of state.adeDevices.values()) {
			if (device.token_id === token.id) state.adeDevices.delete(device.id);
		}
		recordAudit(state, { action: 'delete', target_type: 'ade_integration', target_id: token.id });
		call.reply.code(204);
	});
};

type Target = Pick<AdeToken, 'blueprint_id' | 'use_blueprint_routing' | 'defaults'>;

async function readForm(state: TenantState, call: Call) {
	const { fields, files } = await multipart(call);
	const target = targetOf(state, check(fields, tokenForm));
	const file = files.find(({ field }) => field === 'file');
	if (!file) throw fieldError('file', 'No file was submitted.');
	if (!file.name.endsWith('.p7m')) throw fieldError('file', 'Not a server token file.');
	return { target, file };
}

// Either a blueprint or Blueprint Routing, not both and not neither.
function targetOf(
	state: TenantState,
	sent: {
		blueprint_id?: string | null;
		use_blueprint_routing?: boolean;
		phone: string;
		email: string;
	},
): Target {
	const routing = sent.use_blueprint_routing === true;
	const blueprint = sent.blueprint_id || null;
	if (routing === (blueprint !== null)) {
		throw fieldError('blueprint_id', 'Give a blueprint_id or use_blueprint_routing.');
	}
	if (blueprint !== null) requireBlueprint(state, blueprint);
	return {
		blueprint_id: blueprint,
		use_blueprint_routing: routing,
		defaults: { email: sent.email, phone: sent.phone },
	};
}

function view(state: TenantState, token: AdeToken): Record<string, unknown> {
	const { blueprint_id, ...record } = token;
	const blueprint = blueprint_id === null ? undefined : state.blueprints.get(blueprint_id);
	const counts: Record<string, number> = {};
	let total = 0;
	for (const device of state.adeDevices.values()) {
		if (device.token_id !== token.id) continue;
		counts[device.device_family] = (counts[device.device_family] ?? 0) + 1;
		total++;
	}
	return {
		...record,
		blueprint: blueprint
			? {
					id: blueprint.id,
					name: blueprint.name,
					icon: blueprint.icon,
					color: blueprint.color,
				}
			: null,
		days_left: Math.ceil((parseDate(token.access_token_expiry) - state.clock.now()) / DAY),
		device_counts: { ...counts, total },
	};
}
