import { z } from 'zod';

import type { Resource } from '../core';
import { check } from '../http/body';
import { fieldError, listError } from '../http/errors';
import { multipart } from '../http/multipart';
import { byPage } from '../http/paging';
import { zulu } from '../state/dates';
import type { CustomProfile } from '../state/library';
import { deleteItem, formBoolean, libraryItemOf, noteChange } from './libraryShared';

const platforms = {
	runs_on_mac: formBoolean.optional(),
	runs_on_iphone: formBoolean.optional(),
	runs_on_ipad: formBoolean.optional(),
	runs_on_tv: formBoolean.optional(),
	runs_on_vision: formBoolean.optional(),
};
const name = z.string().min(1, 'This field may not be blank.');
const createForm = z.object({ name, active: formBoolean.optional(), ...platforms }).strict();
const updateForm = createForm.partial();

/** Custom profiles; their writes are multipart, the profile being the part `file`. */
export const customProfiles: Resource = (add, { state }) => {
	const items = () => state.library.customProfiles;

	add('GET /api/v1/library/custom-profiles', (call) => byPage(call, [...items().values()]));

	add('GET /api/v1/library/custom-profiles/{library_item_id}', (call) =>
		libraryItemOf(items(), call),
	);

	add('POST /api/v1/library/custom-profiles', async (call) => {
		const { fields, files } = await multipart(call);
		const sent = check(fields, createForm);
		const file = files.find(({ field }) => field === 'file');
		if (!file) throw fieldError('file', 'No file was submitted.');
		const id = state.random.uuid();
		const time = zulu(state.clock.now());
		const profile: CustomProfile = requirePlatform({
			id,
			active: true,
			profile: file.text,
			mdm_identifier: `com.kandji.profile.custom.${id}`,
			runs_on_mac: false,
			runs_on_iphone: false,
			runs_on_ipad: false,
			runs_on_tv: false,
			runs_on_vision: false,
			created_at: time,
			updated_at: time,
			...sent,
		});
		items().set(id, profile);
		noteChange(state, 'created', profile);
		call.reply.code(201);
		return profile;
	});

	add('PATCH /api/v1/library/custom-profiles/{library_item_id}', async (call) => {
		const profile = libraryItemOf(items(), call);
		const { fields, files } = await multipart(call);
		const changed = requirePlatform({ ...profile, ...check(fields, updateForm) });
		const file = files.find(({ field }) => field === 'file');
		Object.assign(profile, changed, {
			profile: file?.text ?? profile.profile,
			updated_at: zulu(state.clock.now()),
		});
		noteChange(state, 'edited', profile);
		return profile;
	});

	add('DELETE /api/v1/library/custom-profiles/{library_item_id}', (call) =>
		deleteItem(state, items(), call),
	);
};

function requirePlatform(profile: CustomProfile): CustomProfile {
	const runs = Object.keys(platforms) as Array<keyof typeof platforms>;
	if (!runs.some((platform) => profile[platform])) {
		throw listError('At least one device family must be selected.');
	}
	return profile;
}
