import { createHash } from 'node:crypto';

import { byId, itemWithFile, onTenant } from './onTenant';

const bytes = Buffer.from('an .ipa file');
const sha256 = createHash('sha256').update(bytes).digest('hex');
const input = [itemWithFile('Sammy.ipa', bytes)];
const statusPath = 'GET /api/v1/library/ipa-apps/upload/{pending_upload_id}/status';

describe('In-House App', () => {
	const on = onTenant('inHouseApp');
	const sent = () => on.tenant.counters.log.map(({ operation }) => operation);

	it('is created once it is validated, read, changed and deleted', async () => {
		on.tenant.mutate({ op: 'uploadRules', rules: { pollsPerStep: 1 } });
		const [created = {}] = await on.json(
			'create',
			{ name: 'Sammy', additionalFields: { platforms: ['iphone', 'tv'] } },
			{ input },
		);
		expect(created).toMatchObject({
			name: 'Sammy',
			sha256,
			runs_on_iphone: true,
			runs_on_ipad: false,
			runs_on_tv: true,
		});
		expect(sent()).toEqual([
			'POST /api/v1/library/ipa-apps/upload',
			'POST /storage/uploads',
			...Array.from({ length: 4 }, () => statusPath),
			'POST /api/v1/library/ipa-apps',
		]);
		const inHouseAppId = byId(created.id);
		const [changed] = await on.json('update', {
			inHouseAppId,
			updateFields: { active: false, platforms: ['ipad'] },
		});
		expect(changed).toMatchObject({ active: false, runs_on_ipad: true, runs_on_tv: false, sha256 });
		expect(await on.json('get', { inHouseAppId })).toEqual([
			expect.objectContaining({ active: false, platforms: ['ipad'] }),
		]);
		expect(await on.json('delete', { inHouseAppId })).toEqual([{ deleted: true }]);
		expect(on.tenant.state.library.inHouseApps.has(String(created.id))).toBe(false);
	});

	it('replaces its file', async () => {
		on.tenant.mutate({ op: 'uploadRules', rules: { pollsPerStep: 0 } });
		const [id] = on.tenant.state.library.inHouseApps.keys();
		const [changed] = await on.json(
			'update',
			{ inHouseAppId: byId(id), updateFields: { binaryPropertyName: 'data' } },
			{ input },
		);
		expect(changed).toMatchObject({ id, sha256, file_size: bytes.length });
	});

	it.each([
		['UPLOAD_FAILED', 'Kandji could not read the uploaded file: The checksum'],
		['VALIDATE_FAILED', 'Kandji rejected the app: The IPA file validation timed out'],
	] as const)('says so when the upload ends in %s', async (failure, message) => {
		on.tenant.mutate({ op: 'uploadRules', rules: { failure, pollsPerStep: 0 } });
		const { error } = await on.run('create', { name: 'Sammy' }, { input });
		expect(error?.message).toContain(message);
		expect(error?.description).toContain('Nothing was changed in the library');
		expect(sent()).not.toContain('POST /api/v1/library/ipa-apps');
	});

	it('never sends the token to storage', async () => {
		on.tenant.mutate({ op: 'uploadRules', rules: { pollsPerStep: 0 } });
		await on.json('create', { name: 'Sammy' }, { input });
		const uploads = on.tenant.counters.log.filter(({ origin }) => origin === 'storage');
		expect(uploads).toHaveLength(1);
		expect(JSON.stringify(uploads)).not.toContain(on.tenant.token);
	});

	it('lists every app', async () => {
		const apps = await on.json('getAll', { returnAll: true });
		expect(apps.map(({ id }) => id)).toEqual([...on.tenant.state.library.inHouseApps.keys()]);
	});
});
