import type { INodeParameters } from 'n8n-workflow';

import { runNode, type KandjiCredential } from '../../simulator/engine/engine';
import { startTenant, type Tenant } from '../../simulator/tenant/index';

describe('records of the tenant', () => {
	let tenant: Tenant;
	let credential: KandjiCredential;

	beforeAll(async () => {
		tenant = await startTenant({ devices: 30, sizes: { auditEvents: 1200 } });
		credential = { region: 'custom', apiUrl: tenant.url, token: tenant.token };
	});
	beforeEach(() => tenant.reset());
	afterAll(async () => await tenant.close());

	const run = async (resource: string, operation: string, parameters: INodeParameters = {}) =>
		await runNode({ resource, operation, ...parameters }, { credential });

	it('returns audit events over all pages, in the requested order', async () => {
		const { items } = await run('auditEvent', 'getAll', {
			returnAll: true,
			options: { sortBy: '-id' },
		});
		const ids = tenant.state.auditEvents.map(({ id }) => id);
		expect(items.map(({ json }) => json.id)).toEqual(ids.sort().reverse());
	});

	it('returns audit events from Start Date on', async () => {
		const start = tenant.state.auditEvents[1000]!.occurred_at;
		const { items } = await run('auditEvent', 'getAll', {
			returnAll: true,
			filters: { startDate: start },
		});
		// The node's times have milliseconds, the API's have more: none may be missing.
		const expected = tenant.state.auditEvents.filter(({ occurred_at }) => occurred_at >= start);
		expect(items.map(({ json }) => json.id)).toEqual(
			expect.arrayContaining(expected.map(({ id }) => id)),
		);
		expect(items.length).toBeLessThan(1200);
	});

	it.each([
		['yesterday', /^The filter Start Date is not a date: "yesterday"/],
		['={{ $json.none }}', 'Start Date is empty'],
		['2025-13-45T00:00:00Z', /^The filter Start Date is not a date/],
		['2025-01-01T00:00:00Z }}{{ 1', /^The filter Start Date is not a date/],
	])('refuses the Start Date %s for audit events', async (startDate, message) => {
		const { error } = await run('auditEvent', 'getAll', { filters: { startDate } });
		expect(error?.message).toMatch(message);
		expect(tenant.counters.total.received).toBe(0);
	});

	it('counts the devices of the license', async () => {
		const { items } = await run('license', 'get');
		expect(items[0]?.json).toMatchObject({ counts: { computers_count: 30 } });
	});

	it('returns the Self Service categories', async () => {
		const { items } = await run('selfServiceCategory', 'getAll', { returnAll: true });
		expect(items.map(({ json }) => json)).toEqual(tenant.state.library.categories);
	});

	it.each([
		['license', 'get', 'GET /api/v1/settings/licensing'],
		['selfServiceCategory', 'getAll', 'GET /api/v1/self-service/categories'],
		['auditEvent', 'getAll', 'GET /api/v1/audit/events'],
	])('%s says which permission is missing', async (resource, operation, permission) => {
		tenant.permissions.set(permission, false);
		const { error } = await run(resource, operation);
		expect(error?.description).toContain(permission);
	});
});
