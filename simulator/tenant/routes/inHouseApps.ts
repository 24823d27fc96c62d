import { z } from 'zod';

import type { Resource } from '../core';
import { json } from '../http/body';
import { uuidParam, type Call } from '../http/call';
import { fieldError, notFound } from '../http/errors';
import { byPageOrOffset } from '../http/paging';
import type { TenantState } from '../state';
import { zulu, zuluSeconds } from '../state/dates';
import { inHouseFile, type InHouseApp } from '../state/library';
import { reserveUpload, uploadStatus, type Upload, type UploadStatus } from '../state/uploads';
import { deleteItem, libraryItemOf, noteChange, uploadedFile } from './libraryShared';

const createBody = z
	.object({
		file_key: z.string(),
		name: z.string().min(1, 'This field may not be blank.'),
		runs_on_iphone: z.boolean().optional(),
		runs_on_ipad: z.boolean().optional(),
		runs_on_tv: z.boolean().optional(),
		active: z.boolean().optional(),
	})
	.strict();

const REASONS: Record<UploadStatus, string | undefined> = {
	UPLOADING: 'The checksum for the IPA file is still being calculated',
	UPLOADED: 'The IPA file is still being validated',
	VALIDATING: 'The IPA file is still being validated',
	VALIDATED: undefined,
	UPLOAD_FAILED: 'The checksum for the IPA file does not match the expected value',
	VALIDATE_FAILED: 'The IPA file validation timed out',
};

/** In-house apps: reserve, upload, follow the status until VALIDATED, create. */
export const inHouseApps: Resource = (add, core) => {
	const { state } = core;
	const items = () => state.library.inHouseApps;

	add('GET /api/v1/library/ipa-apps', (call) => byPageOrOffset(call, [...items().values()]));

	add('GET /api/v1/library/ipa-apps/{library_item_id}', (call) => libraryItemOf(items(), call));

	add('POST /api/v1/library/ipa-apps/upload', (call) => {
		const { filename } = json(call, z.object({ filename: z.string().min(1) }).strict());
		const { id, expires, post_data, file_key } = reserveUpload(state, 'ipa_apps', filename);
		call.reply.code(201);
		return {
			id,
			filename: file_key.split('/').at(-1),
			sha256: null,
			expires,
			post_url: `${core.storageOrigin}/storage/uploads`,
			post_data,
			file_key,
		};
	});

	add('GET /api/v1/library/ipa-apps/upload/{pending_upload_id}/status', (call) => {
		const upload = pendingUpload(state, call);
		const status = uploadStatus(upload);
		if (upload.file) upload.polls++;
		return describe(upload, status);
	});

	add('POST /api/v1/library/ipa-apps', (call) => {
		const sent = json(call, createBody);
		const time = zulu(state.clock.now());
		const app: InHouseApp = {
			id: state.random.uuid(),
			active: true,
			created_at: time,
			updated_at: time,
			...fileOf(state, sent.file_key),
			...sent,
		};
		items().set(app.id, app);
		noteChange(state, 'created', app);
		call.reply.code(201);
		return app;
	});

	add('PATCH /api/v1/library/ipa-apps/{library_item_id}', (call) => {
		const app = libraryItemOf(items(), call);
		const sent = json(call, createBody.partial());
		const file = sent.file_key === undefined ? {} : fileOf(state, sent.file_key);
		Object.assign(app, file, sent, { updated_at: zulu(state.clock.now()) });
		noteChange(state, 'edited', app);
		return app;
	});

	add('DELETE /api/v1/library/ipa-apps/{library_item_id}', (call) =>
		deleteItem(state, items(), call),
	);
};

function pendingUpload(state: TenantState, call: Call): Upload {
	const id = uuidParam(call, 'pending_upload_id');
	const upload = [...state.uploads.values()].find((candidate) => candidate.id === id);
	if (!upload) throw notFound();
	return upload;
}

function describe(upload: Upload, status: UploadStatus): Record<string, unknown> {
	const reason = REASONS[status];
	const sha256 = upload.file?.sha256;
	if (reason !== undefined) return { reason, status, ...(status.endsWith('FAILED') && { sha256 }) };
	const file = inHouseFile(upload.file_key.replace(/\.ipa$/, ''));
	return {
		metadata: {
			app_icon: file.icon,
			app_identifier: file.app_identifier,
			app_name: file.app_name,
			app_version: file.app_version,
			file_key: upload.file_key,
			file_size: upload.file?.size,
			icon: file.icon,
			icon_path: 'AppIcon60x60',
			ipad_icon: file.ipad_icon,
			ipad_icon_path: 'AppIcon76x76',
			minimum_os_version: file.minimum_os_version,
			supported_device_families: file.supported_device_families,
		},
		sha256,
		status,
	};
}

function fileOf(state: TenantState, key: string) {
	const upload = uploadedFile(state, 'ipa_apps', key);
	if (uploadStatus(upload) !== 'VALIDATED') {
		throw fieldError('file_key', 'The upload has not been validated.');
	}
	return {
		...inHouseFile(key.replace(/\.ipa$/, '')),
		sha256: upload.file.sha256,
		file_size: upload.file.size,
		file_updated: zuluSeconds(state.clock.now()),
	};
}
