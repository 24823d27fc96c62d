import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { runNode, type KandjiCredential } from '../../simulator/engine/engine';
import { startTenant, type Tenant } from '../../simulator/tenant/index';

const countOperation = 'GET /api/v1/prism/count';

describe('Prism', () => {
	let tenant: Tenant;
	let credential: KandjiCredential;

	beforeAll(async () => {
		tenant = await startTenant({ devices: 400, rateLimit: false });
		credential = { region: 'custom', apiUrl: tenant.url, token: tenant.token };
	});
	beforeEach(() => tenant.reset());
	afterAll(async () => await tenant.close());

	const run = async (operation: string, parameters: INodeParameters = {}) =>
		await runNode({ resource: 'prism', operation, ...parameters }, { credential });

	const readAll = async (category: string, parameters: INodeParameters = {}) =>
		await run('getAll', { category, returnAll: true, simplify: false, ...parameters });

	/** The category as the tenant holds it, read with its largest page. */
	async function rowsOf(category: string): Promise<IDataObject[]> {
		const rows: IDataObject[] = [];
		for (let page: IDataObject[] = [{}]; page.length > 0; rows.push(...page)) {
			const response = await fetch(
				`${tenant.url}/api/v1/prism/${category}?limit=300&offset=${rows.length}`,
				{ headers: { authorization: `Bearer ${tenant.token}` } },
			);
			page = ((await response.json()) as { data: IDataObject[] }).data;
		}
		tenant.counters.reset();
		return rows;
	}

	const queries = () =>
		tenant.counters.log
			.filter(({ operation }) => operation !== countOperation)
			.map(({ url }) => new URL(url, tenant.url).searchParams);

	it('reads a full category by offset, several pages at a time, without counting it', async () => {
		const rows = await rowsOf('apps');
		const { items } = await readAll('apps');
		expect(items.map(({ json }) => json)).toEqual(rows);
		expect(rows.length).toBeGreaterThan(2000);
		expect(tenant.counters.operations[countOperation]).toBeUndefined();
		expect(queries().every((query) => query.has('offset') && !query.has('cursor'))).toBe(true);
		expect(queries().length).toBeLessThanOrEqual(Math.ceil(rows.length / 299) + 8);
	});

	it('reads filtered rows in the same way', async () => {
		const rows = (await rowsOf('apps')).filter((row) => row.device__family === 'Mac');
		const { items } = await readAll('apps', { filters: { deviceFamilies: ['Mac'] } });
		expect(items.map(({ json }) => json)).toEqual(rows);
		expect(rows.length).toBeGreaterThan(600);
	});

	it('follows the cursor when the rows shift', async () => {
		await rowsOf('device_information');
		tenant.faults.add({ kind: 'churn', insert: 0, remove: 3, after: 1, times: 1 });
		const { items } = await readAll('device_information');
		const rows = await rowsOf('device_information');
		expect(items.map(({ json }) => json.device_id).sort()).toEqual(
			rows.map(({ device_id }) => device_id).sort(),
		);
	});

	it('respects Limit over several pages without counting it', async () => {
		const { items } = await run('getAll', { category: 'apps', limit: 700 });
		expect(items).toHaveLength(700);
		expect(tenant.counters.operations[countOperation]).toBeUndefined();
		const asked = queries().map((query) => `${query.get('offset')}+${query.get('limit')}`);
		expect(asked).toEqual(['0+300', '299+300', '598+102']);
	});

	it('filters by JSON conditions and blueprints, sorted', async () => {
		const all = await rowsOf('device_information');
		const blueprint = String(all[0]?.blueprint_id);
		const { items } = await readAll('device_information', {
			filters: {
				blueprints: [blueprint, String(all[1]?.blueprint_id)].join(', '),
				filter: '{"device__family": {"in": ["Mac", "iPhone"]}}',
			},
			options: { sort: { fields: { field: 'serial_number', direction: 'descending' } } },
		});
		const wanted = all.filter(
			({ blueprint_id, device__family }) =>
				[blueprint, all[1]?.blueprint_id].includes(blueprint_id as string) &&
				['Mac', 'iPhone'].includes(String(device__family)),
		);
		const serials = wanted.map(({ serial_number }) => String(serial_number));
		expect(items.map(({ json }) => json.serial_number)).toEqual(serials.sort().reverse());
		expect(items.length).toBeGreaterThan(1);
	});

	it('filters by the names of blueprints, and refuses one that nobody has', async () => {
		const [first, second] = [...tenant.state.blueprints.values()];
		const both = `${first!.name.toUpperCase()}, ${second!.id}`;
		const { items } = await readAll('device_information', { filters: { blueprints: both } });
		expect(items.length).toBeGreaterThan(0);
		expect(queries().at(-1)?.get('blueprint_ids')).toBe(`${first!.id},${second!.id}`);
		const { error } = await run('getAll', {
			category: 'device_information',
			filters: { blueprints: 'Nobody' },
		});
		expect(error?.message).toContain('"Nobody"');
	});

	it('counts a category', async () => {
		const rows = await rowsOf('filevault');
		const { items } = await run('count', { category: 'filevault' });
		expect(items.map(({ json }) => json)).toEqual([{ count: rows.length, approximate: false }]);
	});

	it('requests an export and downloads its file', async () => {
		const asked = await run('requestExport', {
			category: 'apps',
			additionalFields: { deviceFamilies: ['Mac'], filter: { name: { like: ['Chrome'] } } },
		});
		expect(asked.items[0]?.json).toMatchObject({ status: 'pending', category: 'apps' });
		const exportId = String(asked.items[0]?.json.id);
		let state: IDataObject = {};
		for (let polls = 0; polls < 20 && state.status !== 'success'; polls++) {
			state = (await run('getExport', { exportId })).items[0]!.json;
		}
		expect(state).toMatchObject({
			id: exportId,
			status: 'success',
			signed_url: expect.stringContaining(tenant.storageUrl),
		});
	});

	it.each([
		[{ filters: { filter: '{name: "x"}' } }, 'Filter is not a JSON object'],
		[{ filters: { filter: '["name"]' } }, 'Filter is not a JSON object'],
		[{ filters: { filter: '={{ 5 }}' } }, 'Filter is not a JSON object'],
		[{ filters: { filter: '{}' } }, 'Filter is empty'],
		[{ filters: { filter: '={{ $json.none }}' } }, 'Filter is empty'],
		[{ filters: { blueprints: '={{ $json.none }}' } }, 'Blueprints is empty'],
		[{ filters: { deviceFamilies: [] } }, 'Device Families is empty'],
		[{ options: { sort: {} } }, 'Sort is empty'],
		[{ category: '={{ $json.none }}' }, 'Category is empty'],
		[
			{ category: '={{ "../devices" }}' },
			expect.stringMatching(/^Category must be one of .*, but it is "\.\.\/devices"$/),
		],
	])('refuses %j before any request', async (parameters, message) => {
		const { error } = await run('getAll', parameters as INodeParameters);
		expect(error?.message).toEqual(message);
		expect(tenant.counters.total.received).toBe(0);
	});
});
