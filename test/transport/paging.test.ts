import type { IDataObject } from 'n8n-workflow';

import { useFastClock } from '../fastClock';
import { addProbe, probedLists, type ProbedList } from './probe';
import { jsons, errorText, useTestTenant } from './support';

/** Sizes at which every list has three pages or more, and what the tenant has of each. */
const sizes = {
	devices: 1000,
	users: 700,
	sizes: {
		auditEvents: 1200,
		customProfiles: 650,
		routingActivity: 700,
		vulnerabilities: 120,
	},
};

const pageSizes: Record<ProbedList, number> = {
	byOffset: 300,
	byOffsetInside: 300,
	byOffsetOrCursor: 300,
	byPage: 300,
	bySizedPage: 50,
	byCursor: 300,
	byCursorAndLimit: 500,
	byAfter: 300,
	byNext: 300,
};

describe('paging', () => {
	const testTenant = useTestTenant(sizes);
	useFastClock();
	beforeAll(addProbe);

	const read = async (operation: string, rest: IDataObject) =>
		await testTenant.current.run({ resource: 'probe', operation, ...rest } as never);

	const truth = (list: ProbedList): number => {
		const { state } = testTenant.current.tenant;
		return {
			byOffset: state.devices.size,
			byOffsetInside: state.routingActivity.length,
			// The probe's Prism category has Apple's devices only.
			byOffsetOrCursor: [...state.devices.values()].filter(
				({ platform }) => platform !== 'Windows' && platform !== 'Android',
			).length,
			byPage: state.library.customProfiles.size,
			bySizedPage: state.vulnerabilities.size,
			byCursor: state.users.size,
			byCursorAndLimit: state.auditEvents.length,
			byAfter: state.vulnerabilityDetections.length,
			byNext: state.tags.size,
		}[list];
	};

	const identities = (rows: IDataObject[], list: ProbedList) => {
		const { key } = probedLists[list];
		return rows.map((row) => (key === undefined ? JSON.stringify(row) : row[key]));
	};

	describe.each(Object.keys(probedLists) as ProbedList[])('%s', (list) => {
		it('returns every row once', async () => {
			const { status, items } = await read(list, { returnAll: true });
			expect(status).toBe('success');
			expect(items).toHaveLength(truth(list));
			expect(new Set(identities(jsons(items), list)).size).toBe(truth(list));
		});

		const page = pageSizes[list];
		it.each([1, page - 1, page, page + 1, 2 * page + 7])('returns the first %i', async (limit) => {
			const all = jsons((await read(list, { returnAll: true })).items);
			const { items } = await read(list, { limit });
			expect(items).toHaveLength(Math.min(limit, all.length));
			// Return All may use another order, in which rows do not shift.
			const known = new Set(identities(all, list));
			const got = identities(jsons(items), list);
			expect(got.every((row) => known.has(row))).toBe(true);
			expect(new Set(got).size).toBe(got.length);
		});
	});

	it.each([0, -1, 1.5, 'many', ''])('refuses %j as Limit before any request', async (limit) => {
		const result = await read('byOffset', { limit });
		expect(errorText(result)).toMatch(/^limit .* \| Nothing was sent/);
		expect(testTenant.current.tenant.counters.total.received).toBe(0);
	});

	it('requests no more rows than Limit', async () => {
		await read('byOffset', { limit: 700 });
		expect(testTenant.current.queries('/api/v1/devices')).toEqual([
			{ limit: '300', offset: '0' },
			// Each page begins with the last row of the one before.
			{ limit: '300', offset: '299' },
			{ limit: '102', offset: '598' },
		]);
		testTenant.current.tenant.reset();
		await read('byOffset', { limit: 5 });
		expect(testTenant.current.queries('/api/v1/devices')).toEqual([{ limit: '5', offset: '0' }]);
	});

	it('stops at the last page when Limit is higher', async () => {
		const { items } = await read('byOffset', { limit: 5000 });
		expect(items).toHaveLength(1000);
		expect(testTenant.current.tenant.counters.total.received).toBe(4);
	});

	it('returns no items for an empty list', async () => {
		testTenant.current.tenant.state.auditEvents.length = 0;
		testTenant.current.tenant.state.routingActivity.length = 0;
		for (const operation of ['byCursorAndLimit', 'byOffsetInside']) {
			for (const rest of [{ returnAll: true }, { limit: 7 }]) {
				const { status, items } = await read(operation, rest);
				expect([status, items]).toEqual(['success', []]);
			}
		}
	});

	it('sends a cursor back to the tenant, and nothing to the host in `next`', async () => {
		await read('byCursor', { returnAll: true });
		const { log } = testTenant.current.tenant.counters;
		const queries = testTenant.current.queries('/api/v1/users');
		expect(queries).toHaveLength(3);
		expect(queries[0]).toEqual({});
		expect(queries.slice(1).every(({ cursor }) => typeof cursor === 'string')).toBe(true);
		// The tenant's `next` names https://acme.kandji.io; the requests came here all the same.
		const hosts = log.map(({ headers }) => headers.host);
		expect(new Set(hosts)).toEqual(new Set([new URL(testTenant.current.tenant.url).host]));
	});

	it('links every row to its input item', async () => {
		const { items } = await testTenant.current.run(
			{ resource: 'probe', operation: 'byCursor', limit: 2 },
			{ input: [{}, {}, {}] },
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 0, 1, 1, 2, 2].map((item) => ({ item })),
		);
	});

	it('fails when a page has no list', async () => {
		testTenant.current.tenant.faults.add({ kind: 'errorBody', body: { count: 3 }, after: 1 });
		const result = await read('byCursor', { returnAll: true });
		expect(result.items).toEqual([]);
		expect(errorText(result)).toMatch(
			/^Kandji’s response contains no list of records \| .*\(Probe › byCursor \[item 0\]/,
		);
	});
});
