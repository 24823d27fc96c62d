import { z } from 'zod';

import { uuidParam, type Call } from '../http/call';
import { ApiError, detail, fieldError, notFoundPage } from '../http/errors';
import type { TenantState } from '../state';
import { recordAudit } from '../state/audit';
import { recordLibraryActivity } from '../state/libraryActivity';
import type { Upload } from '../state/uploads';

/** A boolean as forms send it, as a boolean. */
export const formBoolean = z
	.enum(['true', 'false', 'True', 'False', '1', '0'], {
		errorMap: () => ({ message: 'Must be a valid boolean.' }),
	})
	.transform((value) => value === '1' || value.toLowerCase() === 'true');

/** The item that a path names; unknown ones are the HTML 404, as the vendor shows for the library. */
export function libraryItemOf<T>(items: Map<string, T>, call: Call): T {
	const item = items.get(uuidParam(call, 'library_item_id'));
	if (!item) throw notFoundPage();
	return item;
}

/** Notes a change of a library item in its activity and in the audit log. */
export function noteChange(
	state: TenantState,
	action: 'created' | 'edited' | 'deleted',
	{ id, name }: { id: string; name: string },
): void {
	const verbs = { created: 'create', edited: 'update', deleted: 'delete' } as const;
	recordLibraryActivity(state, id, `library_item_${action}`);
	recordAudit(state, {
		action: verbs[action],
		target_type: 'library_item',
		target_id: id,
		new_state: { name },
	});
}

/** Removes a library item everywhere, also from the blueprints that carry it. */
export function deleteItem<T extends { id: string; name: string }>(
	state: TenantState,
	items: Map<string, T>,
	call: Call,
): void {
	const item = libraryItemOf(items, call);
	items.delete(item.id);
	for (const { nodes } of state.blueprints.values()) {
		for (const [node, ids] of nodes) {
			nodes.set(
				node,
				ids.filter((id) => id !== item.id),
			);
		}
	}
	noteChange(state, 'deleted', item);
	call.reply.code(204);
}

/** What Self Service asks of an item: a category that exists. */
export function requireCategory(
	state: TenantState,
	item: { show_in_self_service: boolean; self_service_category_id?: string },
): void {
	if (!item.show_in_self_service) return;
	const id = item.self_service_category_id;
	if (!id) throw fieldError('self_service_category_id', 'This field is required.');
	if (!state.library.categories.some((category) => category.id === id)) {
		throw fieldError('self_service_category_id', `Invalid pk "${id}" - object does not exist.`);
	}
}

/** The uploaded file behind a key. 503 while storage still works on it, as often as its rules say. */
export function uploadedFile(
	state: TenantState,
	kind: Upload['kind'],
	key: string,
): Upload & { file: NonNullable<Upload['file']> } {
	const upload = state.uploads.get(key);
	if (!upload || upload.kind !== kind || !upload.file) {
		throw fieldError('file_key', 'No file has been uploaded under this key.');
	}
	if (upload.rules.processingAnswers > 0) {
		upload.rules.processingAnswers--;
		throw new ApiError(503, { detail: 'The upload is still being processed.' });
	}
	return { ...upload, file: upload.file };
}

/** Refuses an unknown blueprint. */
export function requireBlueprint(state: TenantState, id: string): void {
	if (!state.blueprints.has(id)) throw detail(400, 'Blueprint not found.');
}
