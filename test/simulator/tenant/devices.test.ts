import { ask } from '../../../simulator/tenant/client';
import { startTenant, type Device, type Tenant } from '../../../simulator/tenant/index';

describe('devices', () => {
	let tenant: Tenant;

	beforeAll(async () => {
		tenant = await startTenant({ devices: 300, rateLimit: false });
	});
	beforeEach(() => tenant.reset());
	afterAll(() => tenant.close());

	const all = () => [...tenant.state.devices.values()];
	const device = (platform = 'Mac') => all().find((found) => found.platform === platform)!;
	const url = (path = '', of = device()) => `/api/v1/devices/${of.device_id}${path}`;
	const find = async (query: Record<string, string>) =>
		(await ask(tenant, `GET /api/v1/devices?${new URLSearchParams(query)}`)).json<Device[]>();
	const patch = (body: object) => ask(tenant, `PATCH ${url()}`, { body });

	it('answers one device as the list does, and unknown ids with 404', async () => {
		const answer = await ask(tenant, `GET ${url()}`);
		expect(answer.json()).toEqual(device());
		const missing = await ask(tenant, 'GET /api/v1/devices/00000000-0000-4000-8000-000000000000');
		expect([missing.status, missing.json()]).toEqual([404, { detail: 'Not found.' }]);
		const page = await ask(tenant, 'GET /api/v1/devices/nonsense');
		expect(page.status).toBe(404);
		expect(page.headers.get('content-type')).toMatch('text/html');
	});

	it('has people, blanks and nulls as the API shows them', () => {
		const users = new Set(all().map(({ user }) => (user ? 'object' : String(user))));
		expect([...users].sort()).toEqual(['', 'null', 'object']);
		expect(all().some(({ last_check_in }) => last_check_in === '')).toBe(true);
		expect(new Set(all().map(({ platform }) => platform)).size).toBe(6);
	});

	it('finds by parts of texts and by exact values', async () => {
		const owned = all().find(({ user }) => user)!;
		const user = owned.user as { email: string; id: string };
		const part = owned.serial_number.slice(2, 8).toLowerCase();
		expect((await find({ serial_number: part })).map(({ device_id }) => device_id)).toContain(
			owned.device_id,
		);
		const exact = await find({ user_email_exact: user.email });
		expect(exact.every((found) => (found.user as { email: string }).email === user.email)).toBe(
			true,
		);
		expect(await find({ user_email_exact: user.email.slice(1) })).toEqual([]);
		expect((await find({ user_email: user.email.slice(1) })).length).toBe(exact.length);
		expect((await find({ user_id: user.id })).length).toBe(exact.length);
		expect((await find({ platform: 'AppleTV' })).every((tv) => tv.platform === 'AppleTV')).toBe(
			true,
		);
	});

	it('finds by tag, FileVault and MAC address', async () => {
		const tagged = all().find(({ tags }) => tags.length > 0)!;
		const name = tagged.tags[0]!;
		const tag = [...tenant.state.tags.values()].find((candidate) => candidate.name === name)!;
		const byName = await find({ tag_name: name });
		expect(byName.length).toBeGreaterThan(0);
		expect(await find({ tag_id: tag.id })).toEqual(byName);
		expect((await find({ tag_name_in: `${name},vip` })).length).toBeGreaterThanOrEqual(
			byName.length,
		);
		expect(await find({ tag_name: name.toUpperCase() + 'x' })).toEqual([]);
		const on = await find({ filevault_enabled: 'true' });
		const off = await find({ filevault_enabled: 'false' });
		expect(on.length + off.length).toBe(all().filter(({ platform }) => platform === 'Mac').length);
		tenant.mutate({
			op: 'setTraits',
			device_id: tagged.device_id,
			traits: { mac_address: '00:0c:29:05:43:b6' },
		});
		expect(await find({ mac_address: '00:0C:29:05:43:B6' })).toEqual([tagged]);
	});

	it('orders, with blanks last going down, and notices direct changes', async () => {
		const order = async (ordering: string) => find({ ordering, limit: '300' });
		const ids = (await order('device_id')).map(({ device_id }) => device_id);
		expect(ids).toEqual([...ids].sort());
		const newest = await order('-last_check_in');
		expect(newest.at(-1)!.last_check_in).toBe('');
		const late = tenant.state.devices.get(newest[50]!.device_id)!;
		late.last_check_in = '2999-01-01 00:00:00.000001+00:00';
		expect((await order('-last_check_in'))[0]).toEqual(late);
		tenant.state.devices.blanksFirst = true;
		expect((await order('-last_check_in'))[0]!.last_check_in).toBe('');
		expect(await order('is_missing')).toEqual(await find({ limit: '300' }));
	});

	it('changes blueprint, user, asset tag and tags, and clears them', async () => {
		const [user] = tenant.state.users.values();
		const blueprint = [...tenant.state.blueprints.values()].at(-1)!;
		const sent = { user: user!.id, asset_tag: 'A1', blueprint_id: blueprint.id, tags: ['vip'] };
		const changed = (await patch(sent)).json<Device>();
		expect(changed).toMatchObject({
			user: { id: user!.id, email: user!.email },
			asset_tag: 'A1',
			blueprint_id: blueprint.id,
			blueprint_name: blueprint.name,
			tags: ['vip'],
		});
		const cleared = (await patch({ user: null, asset_tag: null, tags: [] })).json<Device>();
		expect(cleared).toMatchObject({
			user: '',
			asset_tag: '',
			tags: [],
			blueprint_id: blueprint.id,
		});
		expect((await ask(tenant, `GET ${url()}`)).json()).toEqual(cleared);
	});

	it.each([
		[{ asset_tag: '' }, 'asset_tag'],
		[{ user: '00000000-0000-4000-8000-000000000000' }, 'user'],
		[{ user: 29360 }, 'user'],
		[{ blueprint_id: 'nope' }, 'blueprint_id'],
		[{ tags: ['vip', 'unheard-of'] }, 'detail'],
		[{ tags: 'vip' }, 'tags'],
		[{ serial_number: 'X' }, 'serial_number'],
	])('refuses %j and changes nothing', async (body, field) => {
		const before = structuredClone(device());
		const answer = await patch({ asset_tag: 'changed', ...body });
		expect(answer.status).toBe(400);
		expect(Object.keys(answer.json())).toEqual([field]);
		expect(device()).toEqual(before);
	});

	it('deletes', async () => {
		const gone = device();
		expect((await ask(tenant, `DELETE ${url('', gone)}`)).status).toBe(204);
		expect((await ask(tenant, `GET ${url('', gone)}`)).status).toBe(404);
		const head = await ask(tenant, 'GET /api/v1/devices');
		expect(head.headers.get('x-total-count')).toBe('299');
		expect(tenant.state.auditEvents.at(-1)).toMatchObject({
			action: 'delete',
			target_id: gone.device_id,
		});
	});

	it('details each platform in its own shape', async () => {
		const sections = async (platform: string) =>
			Object.keys((await ask(tenant, `GET ${url('/details', device(platform))}`)).json());
		expect(await sections('Mac')).toContain('filevault');
		expect(await sections('iPad')).toContain('cellular');
		expect(await sections('AppleTV')).not.toContain('lost_mode');
		expect(await sections('Windows')).toEqual([
			'general',
			'mdm',
			'hardware_overview',
			'network',
			'kandji_agent',
			'tags',
		]);
		expect(await sections('Android')).toContain('management');
	});

	it('keeps notes', async () => {
		const made = await ask(tenant, `POST ${url('/notes')}`, { body: { content: 'first' } });
		expect(made.status).toBe(201);
		const { note_id } = made.json<{ note_id: string }>();
		const path = url(`/notes/${note_id}`);
		await ask(tenant, `PATCH ${path}`, { body: { content: 'second' } });
		expect((await ask(tenant, `GET ${path}`)).json()).toMatchObject({ content: 'second' });
		const deleted = await ask(tenant, `DELETE ${path}`);
		expect([deleted.status, deleted.json()]).toEqual([
			200,
			{ note_id, deleted_at: expect.any(String) },
		]);
		expect((await ask(tenant, `GET ${url('/notes')}`)).json()).toEqual([]);
	});

	it('returns secrets and audits every read', async () => {
		tenant.mutate({
			op: 'setTraits',
			device_id: device().device_id,
			traits: { filevault_enabled: true, filevault_escrowed: true },
		});
		const key = (await ask(tenant, `GET ${url('/secrets/filevaultkey')}`)).json();
		expect(key).toEqual({ key: expect.stringMatching(/^(\w{4}-){5}\w{4}$/) });
		expect(tenant.state.auditEvents.at(-1)).toMatchObject({ target_component: 'filevaultkey' });
		const windows = url('/secrets/filevaultkey', device('Windows'));
		expect((await ask(tenant, `GET ${windows}`)).status).toBe(404);
		expect((await ask(tenant, `GET ${url('/secrets/unlockpin')}`)).status).toBe(404);
	});
});
