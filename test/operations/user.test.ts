import type { INodeParameters } from 'n8n-workflow';

import { runNode, type KandjiCredential } from '../../simulator/engine/engine';
import { startTenant, type Tenant } from '../../simulator/tenant/index';

const byId = (value: unknown) => ({ __rl: true, mode: 'id', value: String(value) });

describe('User', () => {
	let tenant: Tenant;
	let credential: KandjiCredential;

	beforeAll(async () => {
		tenant = await startTenant({ devices: 60, users: 650 });
		credential = { region: 'custom', apiUrl: tenant.url, token: tenant.token };
	});
	beforeEach(() => tenant.reset());
	afterAll(async () => await tenant.close());

	const run = async (operation: string, parameters: INodeParameters = {}) =>
		await runNode({ resource: 'user', operation, ...parameters }, { credential });

	it('is listed over all pages, and up to a limit beyond the first', async () => {
		const { items } = await run('getAll', { returnAll: true });
		expect(items.map(({ json }) => json.id)).toEqual([...tenant.state.users.keys()]);
		expect((await run('getAll', { limit: 301 })).items).toHaveLength(301);
	});

	it('is found by what the filters say', async () => {
		const [wanted] = [...tenant.state.users.values()];
		const { items } = await run('getAll', {
			filters: { email: wanted!.email.toUpperCase(), archived: wanted!.archived },
		});
		expect(items.map(({ json }) => json.id)).toContain(wanted!.id);
		for (const { json } of items) expect(json.archived).toBe(wanted!.archived);
	});

	it('is deleted only once no device is assigned', async () => {
		const device = tenant.state.devices.list().find(({ user }) => user)!;
		const id = (device.user as { id: string }).id;
		const { error } = await run('delete', { userId: byId(id) });
		expect(error?.message).toBe('User still assigned to one or more devices.');
		expect(error?.description).toMatch(/Device › Update/);
		for (const other of tenant.state.devices.list()) {
			if (other.user && other.user.id === id) other.user = '';
		}
		expect((await run('delete', { userId: byId(id) })).items[0]?.json).toEqual({ deleted: true });
		const gone = await run('get', { userId: byId(id) });
		expect(gone.error?.message).toBe(`Kandji found no user ${id}`);
	});

	it('refuses an empty filter instead of returning everybody', async () => {
		const { error } = await run('getAll', { filters: { email: '={{ $json.none }}' } });
		expect(error?.message).toBe('Email is empty');
		expect(tenant.counters.total.received).toBe(0);
	});
});
