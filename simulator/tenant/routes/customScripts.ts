import { z } from 'zod';

import type { Resource } from '../core';
import { json } from '../http/body';
import { fieldError } from '../http/errors';
import { byPage } from '../http/paging';
import type { TenantState } from '../state';
import { zulu } from '../state/dates';
import type { CustomScript } from '../state/library';
import { deleteItem, libraryItemOf, noteChange, requireCategory } from './libraryShared';

const createBody = z
	.object({
		name: z.string().min(1, 'This field may not be blank.'),
		execution_frequency: z.enum(['once', 'every_15_min', 'every_day', 'no_enforcement']),
		script: z.string().min(1, 'This field may not be blank.'),
		remediation_script: z.string().optional(),
		show_in_self_service: z.boolean().optional(),
		self_service_category_id: z.string().optional(),
		self_service_recommended: z.boolean().optional(),
		active: z.boolean().optional(),
		restart: z.boolean().optional(),
	})
	.strict();

/** Custom scripts. */
export const customScripts: Resource = (add, { state }) => {
	const items = () => state.library.customScripts;

	add('GET /api/v1/library/custom-scripts', (call) => byPage(call, [...items().values()]));

	add('GET /api/v1/library/custom-scripts/{library_item_id}', (call) =>
		libraryItemOf(items(), call),
	);

	add('POST /api/v1/library/custom-scripts', (call) => {
		const time = zulu(state.clock.now());
		const script = requireSense(state, {
			id: state.random.uuid(),
			active: true,
			restart: false,
			remediation_script: '',
			created_at: time,
			updated_at: time,
			show_in_self_service: false,
			...json(call, createBody),
		});
		items().set(script.id, script);
		noteChange(state, 'created', script);
		call.reply.code(201);
		return script;
	});

	add('PATCH /api/v1/library/custom-scripts/{library_item_id}', (call) => {
		const script = libraryItemOf(items(), call);
		const changed = requireSense(state, { ...script, ...json(call, createBody.partial()) });
		Object.assign(script, changed, { updated_at: zulu(state.clock.now()) });
		noteChange(state, 'edited', script);
		return script;
	});

	add('DELETE /api/v1/library/custom-scripts/{library_item_id}', (call) =>
		deleteItem(state, items(), call),
	);
};

function requireSense(state: TenantState, script: CustomScript): CustomScript {
	if (script.execution_frequency === 'no_enforcement' && !script.show_in_self_service) {
		throw fieldError('show_in_self_service', 'Must be true when there is no enforcement.');
	}
	requireCategory(state, script);
	return script;
}
