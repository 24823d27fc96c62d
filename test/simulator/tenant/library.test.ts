import { ask } from '../../../simulator/tenant/client';
import { startTenant, type Tenant } from '../../../simulator/tenant/index';

interface Reserved {
	id: string;
	post_url: string;
	post_data: Record<string, string>;
	file_key: string;
}

describe('the library', () => {
	let tenant: Tenant;

	beforeAll(async () => {
		tenant = await startTenant({ devices: 60, rateLimit: false });
	});
	beforeEach(() => tenant.reset());
	afterAll(() => tenant.close());

	const reserve = async (kind: 'custom-apps' | 'ipa-apps', name: string) => {
		const body = kind === 'ipa-apps' ? { filename: name } : { name };
		const answer = await ask(tenant, `POST /api/v1/library/${kind}/upload`, { body });
		expect(answer.status).toBe(201);
		return answer.json<Reserved>();
	};
	const parts = (fields: Record<string, string>, order: 'before' | 'after' = 'before') => {
		const body = new FormData();
		const file = new Blob(['content of the file'], { type: 'application/octet-stream' });
		if (order === 'after') body.append('file', file, 'app.pkg');
		for (const [name, value] of Object.entries(fields)) body.append(name, value);
		if (order === 'before') body.append('file', file, 'app.pkg');
		return body;
	};
	const send = async (
		{ post_url, post_data }: Reserved,
		body = parts(post_data),
		headers: Record<string, string> = {},
	) => {
		const answer = await fetch(post_url, { method: 'POST', body, headers });
		return { status: answer.status, text: await answer.text() };
	};
	const create = (file_key: string, fields: Record<string, string> = {}) =>
		ask(tenant, 'POST /api/v1/library/custom-apps', {
			body: new URLSearchParams({
				name: 'App',
				file_key,
				install_type: 'package',
				install_enforcement: 'install_once',
				...fields,
			}),
		});

	it('uploads to storage, another origin that needs no token', async () => {
		const place = await reserve('custom-apps', 'test.pkg');
		expect(new URL(place.post_url).origin).not.toBe(new URL(tenant.url).origin);
		const header = { Authorization: `Bearer ${tenant.token}` };
		const refused = await send(place, undefined, header);
		expect(refused.status).toBe(400);
		expect(refused.text).toMatch('Only one auth mechanism allowed');
		expect((await send(place)).status).toBe(204);
		const seen = tenant.counters.log.filter(({ origin }) => origin === 'storage');
		expect(seen.map(({ headers }) => headers.authorization)).toEqual([
			header.Authorization,
			undefined,
		]);
	});

	it('requires every field, unchanged, before the file', async () => {
		const place = await reserve('custom-apps', 'test.pkg');
		const incomplete = { ...place.post_data };
		delete incomplete.policy;
		expect((await send(place, parts(incomplete))).text).toMatch('field named');
		expect((await send(place, parts(place.post_data, 'after'))).status).toBe(403);
		expect((await send(place, parts({ ...place.post_data, extra: '1' }))).text).toMatch(
			'Extra input',
		);
		const forged = { ...place.post_data, policy: 'forged' };
		expect((await send(place, parts(forged))).text).toMatch('according to Policy: policy');
	});

	it('creates a custom app once storage is done with the file', async () => {
		tenant.mutate({ op: 'uploadRules', rules: { processingAnswers: 2 } });
		const place = await reserve('custom-apps', 'test.pkg');
		expect((await create(place.file_key)).status).toBe(400);
		await send(place);
		const statuses = [];
		for (let index = 0; index < 3; index++) statuses.push((await create(place.file_key)).status);
		expect(statuses).toEqual([503, 503, 201]);
		expect(tenant.state.library.customApps.size).toBe(13);
		expect(tenant.counters.operations['POST /api/v1/library/custom-apps']).toEqual({
			received: 4,
			executed: 1,
		});
	});

	it('refuses what the API documents as wrong', async () => {
		const place = await reserve('custom-apps', 'test.zip');
		await send(place);
		const fields = async (given: Record<string, string>) =>
			Object.keys((await create(place.file_key, given)).json());
		expect(await fields({ install_type: 'zip' })).toEqual(['unzip_location']);
		expect(await fields({ install_enforcement: 'continuously_enforce' })).toEqual(['audit_script']);
		expect(await fields({ show_in_self_service: 'true' })).toEqual(['self_service_category_id']);
		expect(await fields({ active: 'maybe' })).toEqual(['active']);
		const asJson = { body: { name: 'A', file_key: place.file_key } };
		expect((await ask(tenant, 'POST /api/v1/library/custom-apps', asJson)).status).toBe(415);
	});

	it('updates and deletes a custom app everywhere', async () => {
		const [id] = tenant.state.library.customApps.keys();
		const path = `/api/v1/library/custom-apps/${id}`;
		const body = new URLSearchParams({ name: 'Renamed', active: 'false' });
		const changed = await ask(tenant, `PATCH ${path}`, { body });
		expect(changed.json()).toMatchObject({ name: 'Renamed', active: false });
		expect((await ask(tenant, `DELETE ${path}`)).status).toBe(204);
		const gone = await ask(tenant, `DELETE ${path}`);
		expect(gone.status).toBe(404);
		expect(gone.text).toMatch('<h1>Not Found</h1>');
		const nodes = [...tenant.state.blueprints.values()].flatMap((found) => [
			...found.nodes.values(),
		]);
		expect(nodes.flat()).not.toContain(id);
	});

	it.each([
		[undefined, ['UPLOADING', 'UPLOADED', 'VALIDATING', 'VALIDATED'], 201],
		['UPLOAD_FAILED', ['UPLOADING', 'UPLOAD_FAILED'], 400],
		['VALIDATE_FAILED', ['UPLOADING', 'UPLOADED', 'VALIDATING', 'VALIDATE_FAILED'], 400],
	] as const)('validates an in-house app (%s)', async (failure, statuses, created) => {
		tenant.mutate({ op: 'uploadRules', rules: { failure } });
		const place = await reserve('ipa-apps', 'Acme.ipa');
		const look = async () => {
			const path = `GET /api/v1/library/ipa-apps/upload/${place.id}/status`;
			return (await ask(tenant, path)).json<{ status: string }>();
		};
		expect(await look()).toMatchObject({ status: 'UPLOADING', reason: expect.any(String) });
		await send(place);
		const seen = [];
		while (seen.length < statuses.length) seen.push((await look()).status);
		expect(seen).toEqual(statuses);
		const body = { name: 'Acme', file_key: place.file_key, runs_on_tv: true };
		const answer = await ask(tenant, 'POST /api/v1/library/ipa-apps', { body });
		expect(answer.status).toBe(created);
		if (created === 201) expect(answer.json()).toMatchObject({ runs_on_tv: true, file_size: 19 });
	});

	it('lets storage refuse', async () => {
		tenant.mutate({ op: 'uploadRules', rules: { storageStatus: 403 } });
		expect((await send(await reserve('custom-apps', 'test.pkg'))).status).toBe(403);
	});

	it('takes custom profiles as multipart', async () => {
		const path = '/api/v1/library/custom-profiles';
		const made = await ask(tenant, `POST ${path}`, {
			body: parts({ name: 'Wi-Fi', runs_on_mac: 'true', active: 'false' }),
		});
		expect(made.status).toBe(201);
		expect(made.json()).toMatchObject({
			name: 'Wi-Fi',
			active: false,
			runs_on_mac: true,
			profile: 'content of the file',
		});
		const none = await ask(tenant, `POST ${path}`, { body: parts({ name: 'None' }) });
		expect(none.json()).toEqual(['At least one device family must be selected.']);
		expect((await ask(tenant, `POST ${path}`, { body: { name: 'J' } })).status).toBe(415);
		const { id } = made.json<{ id: string }>();
		const rename = new FormData();
		rename.append('name', 'Wi-Fi 2');
		const changed = await ask(tenant, `PATCH ${path}/${id}`, { body: rename });
		expect(changed.json()).toMatchObject({ name: 'Wi-Fi 2', profile: 'content of the file' });
	});

	it('checks custom scripts', async () => {
		const path = 'POST /api/v1/library/custom-scripts';
		const body = { name: 'S', script: 'echo', execution_frequency: 'no_enforcement' };
		const lone = await ask(tenant, path, { body });
		expect(Object.keys(lone.json())).toEqual(['show_in_self_service']);
		const uncategorised = { ...body, show_in_self_service: true };
		expect((await ask(tenant, path, { body: uncategorised })).status).toBe(400);
		const [category] = tenant.state.library.categories;
		const made = await ask(tenant, path, {
			body: { ...uncategorised, self_service_category_id: category!.id },
		});
		expect(made.status).toBe(201);
		const { id } = made.json<{ id: string }>();
		const activity = await ask(tenant, `GET /api/v1/library/library-items/${id}/activity`);
		expect(activity.json()).toMatchObject({
			results: [{ activity_type: 'library_item_created' }],
		});
	});
});
