import { ask } from '../../../simulator/tenant/client';
import {
	startTenant,
	type Device,
	type Mutation,
	type Tenant,
} from '../../../simulator/tenant/index';

describe('the control endpoint', () => {
	let tenant: Tenant;

	beforeAll(async () => {
		tenant = await startTenant({ devices: 50, rateLimit: false });
	});
	beforeEach(() => tenant.reset());
	afterAll(() => tenant.close());

	const control = async <T = Record<string, unknown>>(what: string, body?: object) => {
		const answer = await ask(tenant, what, { body, token: null });
		return { status: answer.status, body: answer.json<T>() };
	};
	const mutate = async <T>(mutation: Mutation) => {
		const { status, body } = await control<{ results: T[] }>('POST /_control/mutate', mutation);
		expect(status).toBe(200);
		return body.results[0]!;
	};
	const first = () => [...tenant.state.devices.values()][0]!;

	it('returns and resets the counters without counting itself', async () => {
		await ask(tenant, 'GET /api/v1/tags');
		expect((await control('GET /_control/counters')).body).toMatchObject({
			received: 1,
			executed: 1,
			operations: { 'GET /api/v1/tags': { received: 1, executed: 1 } },
			destructive: {},
			max_per_second: 1,
			devices: 50,
		});
		expect((await control<unknown[]>('GET /_control/log')).body).toHaveLength(1);
		const before = structuredClone(first());
		first().device_name = 'changed';
		await control('POST /_control/reset');
		expect(first()).toEqual(before);
		expect((await control('GET /_control/counters')).body).toMatchObject({ received: 0 });
	});

	it('sets, shows and clears faults', async () => {
		const rule = { kind: 'status', status: 503, times: 5 };
		const { body } = await control('POST /_control/faults', [rule]);
		expect(body).toEqual({ ids: [expect.any(String)] });
		expect((await ask(tenant, 'GET /api/v1/tags')).status).toBe(503);
		expect((await control('GET /_control/faults')).body).toEqual([
			expect.objectContaining({ ...rule, hits: 1, seen: 1 }),
		]);
		await control('DELETE /_control/faults');
		expect((await ask(tenant, 'GET /api/v1/tags')).status).toBe(200);
	});

	it('adds, changes, checks in, re-enrols and removes devices', async () => {
		const [added] = await mutate<Device[]>({
			op: 'addDevice',
			fields: { serial_number: 'NEWSERIAL1', platform: 'Mac' },
		});
		const newest = (await ask(tenant, 'GET /api/v1/devices?limit=1')).json<Device[]>();
		expect(newest).toEqual([added]);
		const ref = { serial_number: 'NEWSERIAL1' };
		await mutate({ op: 'updateDevice', ...ref, fields: { os_version: '26.9' } });
		const device = tenant.state.devices.get(added!.device_id)!;
		expect(device.os_version).toBe('26.9');
		device.last_check_in = '';
		await mutate({ op: 'checkIn', ...ref });
		expect(Date.parse(device.last_check_in)).toBeGreaterThan(Date.now() - 10_000);
		const enrolled = device.last_enrollment;
		device.is_removed = true;
		await mutate({ op: 'reEnroll', ...ref });
		expect(device.last_enrollment >= enrolled).toBe(true);
		expect(device.is_removed).toBe(false);
		await mutate({ op: 'removeDevice', ...ref });
		expect(tenant.state.devices.size).toBe(50);
		const unknown = await control('POST /_control/mutate', { op: 'removeDevice', ...ref });
		expect([unknown.status, unknown.body]).toEqual([400, { detail: 'No device NEWSERIAL1' }]);
		expect((await control('POST /_control/mutate', { op: 'fly' })).status).toBe(400);
	});

	it('feeds the event lists', async () => {
		const event = await mutate<{ id: string }>({
			op: 'addAuditEvent',
			event: { action: 'update', target_type: 'device' },
		});
		await mutate({ op: 'addThreat', fields: { threat_name: 'planted' } });
		await mutate({ op: 'addBehavioralDetection', fields: { threat_id: 'KTI_BD_9999' } });
		await mutate({ op: 'addVulnerabilityDetection', fields: { name: 'planted' } });
		await mutate({ op: 'addRoutingActivity', activity: { activity_type: 'enrollment' } });
		const newest = async (path: string) =>
			(await ask(tenant, `GET ${path}`)).json<{ results: object[] }>().results;
		const audit = await newest('/api/v1/audit/events?sort_by=-occurred_at&limit=1');
		expect(audit).toEqual([expect.objectContaining({ id: event.id })]);
		expect((await newest('/api/v1/threat-details'))[0]).toMatchObject({ threat_name: 'planted' });
		expect((await newest('/api/v1/behavioral-detections'))[0]).toMatchObject({
			threat_id: 'KTI_BD_9999',
		});
		const filter = encodeURIComponent('{"name":{"in":["planted"]}}');
		const path = `/api/v1/vulnerability-management/detections?filter=${filter}`;
		expect(await newest(path)).toHaveLength(1);
		expect((await newest('/api/v1/blueprint-routing/activity'))[0]).toMatchObject({
			activity_type: 'enrollment',
		});
	});

	it('revokes the token and switches permissions', async () => {
		await mutate({ op: 'revokeToken' });
		expect((await ask(tenant, 'GET /api/v1/tags')).status).toBe(401);
		await mutate({ op: 'restoreToken' });
		await mutate({ op: 'permission', operation: 'GET /api/v1/tags', allowed: false });
		expect((await ask(tenant, 'GET /api/v1/tags')).status).toBe(403);
		await mutate({ op: 'permission', operation: 'GET /api/v1/tags', allowed: true });
		expect((await ask(tenant, 'GET /api/v1/tags')).status).toBe(200);
	});
});
