import { ask } from '../../../simulator/tenant/client';
import { startTenant, type Tenant } from '../../../simulator/tenant/index';

describe('Automated Device Enrollment', () => {
	let tenant: Tenant;

	beforeAll(async () => {
		tenant = await startTenant({ devices: 60, rateLimit: false });
	});
	beforeEach(() => tenant.reset());
	afterAll(() => tenant.close());

	const BASE = '/api/v1/integrations/apple/ade';
	const blueprint = () => [...tenant.state.blueprints.keys()][0]!;
	const parts = (fields: Record<string, string>, file = 'stage_Token_1_smime.p7m') => {
		const body = new FormData();
		for (const [name, value] of Object.entries(fields)) body.append(name, value);
		body.append('file', new Blob(['token']), file);
		return body;
	};
	const contact = { phone: '1234567890', email: 'it@acme.example' };

	it('creates, renews, updates and deletes an integration', async () => {
		const fields = { ...contact, blueprint_id: blueprint() };
		const made = await ask(tenant, `POST ${BASE}/`, { body: parts(fields) });
		expect(made.status).toBe(200);
		expect(made.json()).toMatchObject({
			server_name: 'stage',
			blueprint: { id: blueprint() },
			defaults: contact,
			device_counts: { total: 0 },
		});
		const path = `${BASE}/${made.json<{ id: string }>().id}`;
		const renewed = await ask(tenant, `POST ${path}/renew`, {
			body: parts({ ...contact, use_blueprint_routing: 'true' }),
		});
		expect(renewed.json()).toMatchObject({ blueprint: null, use_blueprint_routing: true });
		const body = { ...contact, blueprint_id: blueprint(), phone: '9' };
		const updated = await ask(tenant, `PATCH ${path}`, { body });
		expect(updated.json()).toMatchObject({
			defaults: { phone: '9' },
			use_blueprint_routing: false,
		});
		expect((await ask(tenant, `DELETE ${path}`)).status).toBe(204);
		expect((await ask(tenant, `GET ${path}`)).status).toBe(404);
	});

	it('requires the trailing slash, a token file and one target', async () => {
		const fields = { ...contact, blueprint_id: blueprint() };
		const bare = await ask(tenant, `POST ${BASE}`, { body: parts(fields) });
		expect(bare.json()).toMatchObject({ message: 'no Route matched with those values' });
		const wrongFile = await ask(tenant, `POST ${BASE}/`, { body: parts(fields, 'x.txt') });
		expect(Object.keys(wrongFile.json())).toEqual(['file']);
		const both = parts({ ...fields, use_blueprint_routing: 'true' });
		expect((await ask(tenant, `POST ${BASE}/`, { body: both })).status).toBe(400);
		expect((await ask(tenant, `POST ${BASE}/`, { body: parts(contact) })).status).toBe(400);
	});

	it('returns the public key as PEM', async () => {
		const answer = await ask(tenant, `GET ${BASE}/public_key/`);
		expect(answer.text).toMatch(
			/^-----BEGIN CERTIFICATE-----\n[\s\S]+-----END CERTIFICATE-----\n$/,
		);
	});

	it('shows enrolled devices as they are now', async () => {
		const waiting = (await ask(tenant, `GET ${BASE}/devices?profile_status=assigned`)).json<{
			results: Array<{ mdm_device: object | null; id: string }>;
		}>().results;
		expect(waiting.length).toBeGreaterThan(0);
		expect(waiting.every(({ mdm_device }) => mdm_device === null)).toBe(true);
		const ade = [...tenant.state.adeDevices.values()].find((found) => found.profile_push_time)!;
		const path = `${BASE}/devices/${ade.id}`;
		const device = [...tenant.state.devices.values()].find(
			({ serial_number }) => serial_number === ade.serial_number,
		)!;
		expect((await ask(tenant, `GET ${path}`)).json()).toMatchObject({
			mdm_device: { id: device.device_id, name: device.device_name },
		});
		tenant.mutate({ op: 'removeDevice', serial_number: ade.serial_number });
		expect((await ask(tenant, `GET ${path}`)).json()).toMatchObject({ mdm_device: null });
	});

	it('changes an ADE device, routing excluding a blueprint', async () => {
		const [id] = tenant.state.adeDevices.keys();
		const path = `PATCH ${BASE}/devices/${id}`;
		const assigned = { blueprint_id: blueprint(), asset_tag: 'T' };
		expect((await ask(tenant, path, { body: assigned })).json()).toMatchObject({
			...assigned,
			use_blueprint_routing: false,
		});
		const routed = { use_blueprint_routing: true, blueprint_id: null };
		expect((await ask(tenant, path, { body: routed })).json()).toMatchObject(routed);
		expect((await ask(tenant, path, { body: { blueprint_id: null } })).status).toBe(400);
		expect((await ask(tenant, path, { body: { user_id: 'nobody' } })).status).toBe(400);
	});

	it('lists the devices of one integration', async () => {
		const [token] = tenant.state.adeTokens.values();
		const { count } = (await ask(tenant, `GET ${BASE}/${token!.id}/devices`)).json<{
			count: number;
		}>();
		const shown = (await ask(tenant, `GET ${BASE}/${token!.id}`)).json();
		expect(shown).toMatchObject({ device_counts: { total: count } });
	});
});
