import { z } from 'zod';

import type { Resource } from '../core';
import { json } from '../http/body';
import { byOffset } from '../http/paging';
import { recordRouting } from '../state/routing';

const routingBody = z
	.object({
		enrollment_code: z
			.object({
				is_active: z.boolean(),
				code: z.string().regex(/^\d{6}$/, 'The enrollment code must have six digits.'),
			})
			.partial()
			.strict(),
	})
	.strict();

/** Blueprint Routing: its enrolment code and its activity, newest first. */
export const blueprintRouting: Resource = (add, { state }) => {
	add('GET /api/v1/blueprint-routing/', () => state.blueprintRouting);

	add('PATCH /api/v1/blueprint-routing/', (call) => {
		const { enrollment_code: sent } = json(call, routingBody);
		const old = state.blueprintRouting.enrollment_code;
		const changes = Object.entries(sent).map(([key, value]) => [
			key,
			{ new: value, old: old[key as keyof typeof old] },
		]);
		state.blueprintRouting = { enrollment_code: { ...old, ...sent } };
		recordRouting(state, {
			activity_type: 'enrollment_settings_changed',
			user: { id: state.apiTokenId, email: 'api@acme.example' },
			details: Object.fromEntries(changes) as Record<string, unknown>,
		});
		return state.blueprintRouting;
	});

	add('GET /api/v1/blueprint-routing/activity', (call) =>
		byOffset(call, [...state.routingActivity].reverse(), { max: 300 }),
	);
};
