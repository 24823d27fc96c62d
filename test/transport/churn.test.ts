import { addProbe } from './probe';
import { eventually, jsons, errorText, useTestTenant, withTenant } from './support';

const fullList = { resource: 'probe', operation: 'byOffset', returnAll: true };

describe('lists that change or repeat while they are read', () => {
	const testTenant = useTestTenant({ devices: 1500, users: 900 });
	beforeAll(addProbe);

	const ids = () => [...testTenant.current.tenant.state.devices.keys()];

	it.each([
		['devices are added', { insert: 3, remove: 0, times: 2 }],
		['devices are removed', { insert: 0, remove: 3, times: 2 }],
		['as many are added as removed', { insert: 2, remove: 2, times: 3 }],
		['devices are added with every page of the first read', { insert: 1, remove: 1, times: 5 }],
	])('%s: no duplicates, and no device that stayed is missing', async (_name, churn) => {
		const before = ids();
		testTenant.current.tenant.faults.add({
			kind: 'churn',
			path: '/api/v1/devices',
			after: 1,
			...churn,
		});
		const { status, items } = await testTenant.current.run(fullList);
		expect(status).toBe('success');
		const got = new Set(jsons(items).map(({ device_id }) => device_id));
		expect(got.size).toBe(items.length);
		const still = testTenant.current.tenant.state.devices;
		expect(before.filter((id) => still.has(id) && !got.has(id))).toEqual([]);
	});

	it('returns Limit rows when rows shift', async () => {
		testTenant.current.tenant.faults.add({ kind: 'churn', insert: 2, after: 1, times: 1 });
		const { items } = await testTenant.current.run({
			resource: 'probe',
			operation: 'byOffset',
			limit: 700,
		});
		expect(new Set(jsons(items).map(({ device_id }) => device_id)).size).toBe(700);
	});

	it('fails when the list keeps changing', async () => {
		testTenant.current.tenant.faults.add({ kind: 'churn', insert: 400, after: 1 });
		const result = await testTenant.current.run(fullList);
		expect(result.items).toEqual([]);
		expect(errorText(result)).toMatch(/^The list kept changing while it was read \|/);
	});

	it.each(['byOffset', 'byCursor', 'byPage', 'bySizedPage', 'byAfter', 'byCursorAndLimit'])(
		'%s fails when every page repeats the one before',
		async (operation) => {
			await withTenant(
				{
					devices: 1500,
					users: 900,
					rateLimit: false,
					sizes: { customProfiles: 700, auditEvents: 1600 },
				},
				async ({ tenant, run }) => {
					tenant.faults.add({ kind: 'repeat', after: 1 });
					const result = await run({ resource: 'probe', operation, returnAll: true });
					expect(result.items).toEqual([]);
					expect(errorText(result)).toMatch(/^Kandji returned the same page twice \|/);
				},
			);
		},
	);

	it('reads the pages of a list with a known total several at a time', async () => {
		await withTenant({ devices: 3000, rateLimit: false }, async ({ tenant, run }) => {
			tenant.faults.add({ kind: 'stall', after: 1 });
			const stop = new AbortController();
			const running = run(fullList, { signal: stop.signal });
			// No answer comes after the first one, so what arrives now was sent without waiting for another.
			await eventually(() => tenant.counters.total.received === 9);
			stop.abort();
			await expect(running).resolves.toMatchObject({ status: 'canceled' });
		});
	});

	it('reads a list by cursor one page after another', async () => {
		await withTenant({ users: 1500, devices: 10, rateLimit: false }, async ({ tenant, run }) => {
			const { items } = await run({ resource: 'probe', operation: 'byCursor', returnAll: true });
			expect(items).toHaveLength(1500);
			const { log } = tenant.counters;
			for (const [index, { at }] of log.entries()) {
				const before = log[index - 1];
				if (before) expect(at).toBeGreaterThanOrEqual(before.at + before.ms);
			}
		});
	});
});
