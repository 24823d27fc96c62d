import { z } from 'zod';

import type { Core, Resource } from '../core';
import { form, json } from '../http/body';
import type { Call } from '../http/call';
import { fieldError } from '../http/errors';
import { byPageOrOffset } from '../http/paging';
import type { TenantState } from '../state';
import { zulu, zuluSeconds } from '../state/dates';
import type { CustomApp } from '../state/library';
import { reserveUpload } from '../state/uploads';
import {
	deleteItem,
	formBoolean,
	libraryItemOf,
	noteChange,
	requireCategory,
	uploadedFile,
} from './libraryShared';

const createForm = z
	.object({
		name: z.string().min(1, 'This field may not be blank.'),
		file_key: z.string(),
		install_type: z.enum(['package', 'zip', 'image']),
		install_enforcement: z.enum(['install_once', 'continuously_enforce', 'no_enforcement']),
		unzip_location: z.string().optional(),
		audit_script: z.string().optional(),
		preinstall_script: z.string().optional(),
		postinstall_script: z.string().optional(),
		show_in_self_service: formBoolean.optional(),
		self_service_category_id: z.string().optional(),
		self_service_recommended: formBoolean.optional(),
		active: formBoolean.optional(),
		restart: formBoolean.optional(),
	})
	.strict();
const updateForm = createForm.partial();

/** Custom apps: reserve an upload, send the file to storage, then create. Forms, not JSON. */
export const customApps: Resource = (add, core) => {
	const { state } = core;
	const items = () => state.library.customApps;

	add('GET /api/v1/library/custom-apps', (call) => byPageOrOffset(call, [...items().values()]));

	add('GET /api/v1/library/custom-apps/{library_item_id}', (call) => libraryItemOf(items(), call));

	add('POST /api/v1/library/custom-apps/upload', (call) => reserve(core, call));

	add('POST /api/v1/library/custom-apps', (call) => {
		const sent = form(call, createForm);
		const time = state.clock.now();
		const app = apply(state, sent, {
			id: state.random.uuid(),
			name: sent.name,
			file_key: '',
			install_type: '',
			install_enforcement: '',
			audit_script: '',
			unzip_location: '',
			active: true,
			restart: false,
			preinstall_script: '',
			postinstall_script: '',
			file_url: '',
			sha256: '',
			file_size: 0,
			file_updated: '',
			created_at: zulu(time),
			updated_at: zulu(time),
			show_in_self_service: false,
		});
		items().set(app.id, app);
		noteChange(state, 'created', app);
		call.reply.code(201);
		return app;
	});

	add('PATCH /api/v1/library/custom-apps/{library_item_id}', (call) => {
		const app = libraryItemOf(items(), call);
		const changed = apply(state, form(call, updateForm), app);
		Object.assign(app, changed, { updated_at: zulu(state.clock.now()) });
		noteChange(state, 'edited', app);
		return app;
	});

	add('DELETE /api/v1/library/custom-apps/{library_item_id}', (call) =>
		deleteItem(state, items(), call),
	);
};

function reserve({ state, storageOrigin }: Core, call: Call) {
	const { name } = json(call, z.object({ name: z.string().min(1) }).strict());
	const { expires, post_data, file_key } = reserveUpload(state, 'custom_apps', name);
	call.reply.code(201);
	return { name, expires, post_url: `${storageOrigin}/storage/uploads`, post_data, file_key };
}

// Checks the full item before anything is stored, so that a rejected change has no effect.
function apply(state: TenantState, sent: z.output<typeof updateForm>, app: CustomApp): CustomApp {
	const result: CustomApp = { ...app, ...sent };
	if (result.install_type === 'zip' && !result.unzip_location) {
		throw fieldError('unzip_location', 'This field is required for zip files.');
	}
	if (result.install_enforcement === 'continuously_enforce' && !result.audit_script) {
		throw fieldError('audit_script', 'This field is required for continuously_enforce.');
	}
	requireCategory(state, result);
	if (sent.file_key !== undefined) {
		const { file } = uploadedFile(state, 'custom_apps', sent.file_key);
		Object.assign(result, {
			file_url: '(temporary download link from S3)',
			sha256: file.sha256,
			file_size: file.size,
			file_updated: zuluSeconds(state.clock.now()),
		});
	}
	return result;
}
