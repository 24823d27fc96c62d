import { ask } from '../../../simulator/tenant/client';
import { startTenant, type Tenant } from '../../../simulator/tenant/index';

describe('blueprints, users and tags', () => {
	let tenant: Tenant;

	beforeAll(async () => {
		tenant = await startTenant({ devices: 200, rateLimit: false });
	});
	beforeEach(() => tenant.reset());
	afterAll(() => tenant.close());

	const blueprint = (name = 'All Staff') =>
		[...tenant.state.blueprints.values()].find((found) => found.name === name)!;
	const formed = (what: string, fields: Record<string, string>) =>
		ask(tenant, what, { body: new URLSearchParams(fields) });
	const create = (fields: Record<string, string>) =>
		formed('POST /api/v1/blueprints', {
			name: 'New',
			'enrollment_code.is_active': 'true',
			...fields,
		});

	it('creates a blueprint from a form with dotted keys only', async () => {
		const made = await create({ 'enrollment_code.code': '123456', type: 'map' });
		expect(made.status).toBe(201);
		expect(made.json()).toMatchObject({
			name: 'New',
			type: 'map',
			enrollment_code: { code: '123456', is_active: true },
		});
		const asJson = await ask(tenant, 'POST /api/v1/blueprints', { body: { name: 'J' } });
		expect(asJson.status).toBe(415);
		const incomplete = await formed('POST /api/v1/blueprints', { name: 'X' });
		expect(incomplete.json()).toEqual({
			'enrollment_code.is_active': ['This field is required.'],
		});
		expect((await create({})).json()).toEqual({
			name: ['blueprint with this name already exists.'],
		});
	});

	it('clones only a blueprint of the same type', async () => {
		const source = { 'source.type': 'blueprint', 'source.id': blueprint().id };
		const refused = await create({ ...source, type: 'map' });
		expect(refused.json()).toEqual(['Blueprint type does not match the source blueprint type']);
		const clone = (await create({ ...source, type: 'classic' })).json<{ id: string }>();
		expect(tenant.state.blueprints.get(clone.id)!.nodes).toEqual(blueprint().nodes);
	});

	it('renames a blueprint for its devices too, and counts them', async () => {
		const { id } = blueprint();
		const path = `/api/v1/blueprints/${id}`;
		const answer = await formed(`PATCH ${path}`, { name: 'Everyone', color: 'red-500' });
		const members = [...tenant.state.devices.values()].filter(
			({ blueprint_id }) => blueprint_id === id,
		);
		expect(answer.json()).toMatchObject({
			name: 'Everyone',
			color: 'red-500',
			computers_count: members.length,
		});
		expect(members.every(({ blueprint_name }) => blueprint_name === 'Everyone')).toBe(true);
	});

	it('deletes a blueprint and unmanages its devices', async () => {
		const { id } = blueprint();
		const members = [...tenant.state.devices.values()].filter(
			({ blueprint_id }) => blueprint_id === id,
		);
		expect((await ask(tenant, `DELETE /api/v1/blueprints/${id}`)).status).toBe(204);
		expect(members.every(({ is_removed, mdm_enabled }) => is_removed && !mdm_enabled)).toBe(true);
		expect((await ask(tenant, `GET /api/v1/blueprints/${id}`)).status).toBe(404);
	});

	it('assigns and removes library items, by node on a map with conditions', async () => {
		const item = [...tenant.state.library.customProfiles.keys()].at(-1)!;
		const send = (name: string, verb: string, node?: string) =>
			ask(tenant, `POST /api/v1/blueprints/${blueprint(name).id}/${verb}-library-item`, {
				body: { library_item_id: item, ...(node && { assignment_node_id: node }) },
			});
		expect((await send('All Staff', 'assign')).json()).toContain(item);
		expect((await send('All Staff', 'assign')).text).toBe(
			'"Library Item already exists on Blueprint"',
		);
		expect((await send('All Staff', 'assign', 'node-1')).text).toMatch('for Classic Blueprint');
		expect((await send('All Staff', 'remove')).json()).not.toContain(item);
		expect((await send('All Staff', 'remove')).text).toMatch('does not exist on Blueprint');
		expect((await send('Engineering', 'assign')).text).toMatch('Must provide assignment_node_id');
		expect((await send('Engineering', 'assign', 'node-2')).json()).toContain(item);
	});

	it('returns the enrolment profile, or the URL for single sign-on', async () => {
		const path = (name: string) =>
			`/api/v1/blueprints/${blueprint(name).id}/ota-enrollment-profile`;
		const profile = await ask(tenant, `GET ${path('All Staff')}?sso=true`);
		expect(profile.headers.get('content-type')).toMatch('application/x-apple-aspen-config');
		expect(profile.headers.get('content-disposition')).toMatch('kandji-enroll.mobileconfig');
		expect(profile.text).toMatch(/^<\?xml/);
		const sso = (await ask(tenant, `GET ${path('Executives')}?sso=true`)).json();
		expect(sso).toEqual({ url: expect.stringMatching(/^https:\/\/acme\.kandji\.io\/enrollment/) });
	});

	it('changes Blueprint Routing and returns its activity', async () => {
		const body = { enrollment_code: { code: '654321' } };
		const answer = await ask(tenant, 'PATCH /api/v1/blueprint-routing/', { body });
		expect(answer.json()).toEqual({ enrollment_code: { code: '654321', is_active: true } });
		const activity = await ask(tenant, 'GET /api/v1/blueprint-routing/activity?limit=1');
		expect(activity.json<{ results: object[] }>().results[0]).toMatchObject({
			activity_type: 'enrollment_settings_changed',
			details: { code: { old: '123456', new: '654321' } },
		});
		expect((await ask(tenant, 'GET /api/v1/blueprint-routing')).status).toBe(404);
	});

	it('refuses to delete a user with assigned devices', async () => {
		const device = [...tenant.state.devices.values()].find(({ user }) => user)!;
		const { id } = device.user as { id: string };
		const path = `/api/v1/users/${id}`;
		const before = (await ask(tenant, `GET ${path}`)).json<{ device_count: number }>();
		expect(before.device_count).toBeGreaterThan(0);
		const refused = await ask(tenant, `DELETE ${path}`);
		expect([refused.status, refused.json()]).toEqual([
			400,
			{ detail: 'User still assigned to one or more devices.' },
		]);
		for (const owned of tenant.state.devices.values()) {
			if (owned.user && owned.user.id === id) {
				await ask(tenant, `PATCH /api/v1/devices/${owned.device_id}`, { body: { user: null } });
			}
		}
		expect((await ask(tenant, `DELETE ${path}`)).status).toBe(204);
		expect((await ask(tenant, `GET ${path}`)).status).toBe(404);
	});

	it('finds users by email, integration and archive', async () => {
		interface Found {
			results: Array<{ email: string; archived: boolean }>;
		}
		const find = async (query: string) =>
			(await ask(tenant, `GET /api/v1/users?${query}`)).json<Found>().results;
		const [user] = tenant.state.users.values();
		expect((await find(`email=${user!.email.slice(2, 9)}`)).map(({ email }) => email)).toContain(
			user!.email,
		);
		expect((await find('archived=true')).every(({ archived }) => archived)).toBe(true);
		expect((await find(`id=${user!.id}`)).length).toBe(1);
		const { uuid } = user!.integration;
		expect((await find(`integration_id=${uuid}`)).length).toBeGreaterThan(0);
	});

	it('renames and deletes tags on every device', async () => {
		const made = await ask(tenant, 'POST /api/v1/tags', { body: { name: 'fresh' } });
		expect(made.status).toBe(201);
		const { id } = made.json<{ id: string }>();
		const device = [...tenant.state.devices.values()][0]!;
		await ask(tenant, `PATCH /api/v1/devices/${device.device_id}`, { body: { tags: ['fresh'] } });
		await ask(tenant, `PATCH /api/v1/tags/${id}`, { body: { name: 'stale' } });
		expect(device.tags).toEqual(['stale']);
		const taken = await ask(tenant, 'POST /api/v1/tags', { body: { name: 'stale' } });
		expect(taken.json()).toEqual({ name: ['Tag with this name already exists.'] });
		expect((await ask(tenant, `DELETE /api/v1/tags/${id}`)).status).toBe(204);
		expect(device.tags).toEqual([]);
	});

	it('returns the licence', async () => {
		const answer = await ask(tenant, 'GET /api/v1/settings/licensing');
		expect(answer.json()).toMatchObject({
			counts: { computers_count: 200 },
			tenantOverLicenseLimit: false,
		});
	});
});
