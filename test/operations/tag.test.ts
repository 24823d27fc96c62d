import type { INodeParameters } from 'n8n-workflow';

import { runNode, type KandjiCredential } from '../../simulator/engine/engine';
import { startTenant, type Tenant } from '../../simulator/tenant/index';

const byId = (value: unknown) => ({ __rl: true, mode: 'id', value: String(value) });
const hostileName = `R&D "Söhne" ?search=#%2e/../`;

describe('Tag', () => {
	let tenant: Tenant;
	let credential: KandjiCredential;

	beforeAll(async () => {
		tenant = await startTenant({ devices: 20 });
		credential = { region: 'custom', apiUrl: tenant.url, token: tenant.token };
	});
	beforeEach(() => tenant.reset());
	afterAll(async () => await tenant.close());

	const run = async (operation: string, parameters: INodeParameters = {}) =>
		await runNode({ resource: 'tag', operation, ...parameters }, { credential });

	it('is created, found, renamed on its devices, and deleted', async () => {
		const { items } = await run('create', { name: hostileName });
		const tag = items[0]!.json;
		const [device] = tenant.state.devices.list();
		device!.tags = [hostileName];
		expect((await run('getAll', { filters: { name: '?search=#' } })).items[0]?.json).toEqual(tag);
		await run('update', { tagId: byId(tag.id), name: 'Loaner 2' });
		expect(device!.tags).toEqual(['Loaner 2']);
		expect((await run('delete', { tagId: byId(tag.id) })).items[0]?.json).toEqual({
			deleted: true,
		});
		expect(device!.tags).toEqual([]);
	});

	it('is listed over all pages', async () => {
		for (let index = 0; index < 700; index++) {
			const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
			tenant.state.tags.set(id, { id, name: `Tag ${index}` });
		}
		const { items } = await run('getAll', { returnAll: true });
		expect(items.map(({ json }) => json.id)).toEqual([...tenant.state.tags.keys()]);
	});

	it.each([
		['getAll', { filters: { name: '={{ $json.none }}' } }, 'Name is empty'],
		['create', { name: '={{ $json.none }}' }, 'Name is empty'],
	])('%s refuses %j', async (operation, parameters, message) => {
		const { error } = await run(operation, parameters as INodeParameters);
		expect(error?.message).toBe(message);
		expect(tenant.counters.total.received).toBe(0);
	});
});
