import type { FaultRule } from '../../simulator/tenant';
import { useFastClock } from '../fastClock';
import { addProbe, probedLists, probedRequests } from './probe';
import { errorText, jsons, useTestTenant, withoutPauses, withTenant } from './support';

const whole = { resource: 'device', operation: 'getAll', returnAll: true, simplify: false };

const blankPush = (deviceId: string) => ({
	resource: 'deviceAction',
	operation: 'sendBlankPush',
	deviceId: { mode: 'id', value: deviceId, __rl: true },
});

describe('a request after a 429', () => {
	it.each<[string, Extract<FaultRule, { kind: 'rateLimit' }>, number]>([
		['seconds', { kind: 'rateLimit', retryAfter: 'seconds', seconds: 1.2 }, 1200],
		['a date', { kind: 'rateLimit', retryAfter: 'date', seconds: 0 }, 1000],
		['RateLimit-Reset alone', { kind: 'rateLimit', retryAfter: 'none', seconds: 0.2 }, 1000],
		['no header at all', { kind: 'rateLimit', retryAfter: 'none', headers: false }, 1000],
	])('with %s is sent again, reads and writes alike', async (_name, fault, atLeastMs) => {
		await withTenant({ devices: 20 }, async ({ tenant, run, devices }) => {
			const [device] = devices(1);
			for (const parameters of [whole, blankPush(device!.device_id)]) {
				tenant.reset();
				tenant.faults.add({ ...fault, times: 1 });
				const { status } = await run(parameters);
				expect(status).toBe('success');
				expect(tenant.counters.total).toEqual({ received: 2, executed: 1 });
				const [first, second] = tenant.counters.log;
				expect(second!.at - first!.at).toBeGreaterThanOrEqual(atLeastMs);
			}
		});
	});

	it('keeps everybody else back as well while the API refuses', async () => {
		await withTenant({ devices: 200 }, async ({ tenant, run, devices }) => {
			tenant.faults.add({ kind: 'rateLimit', seconds: 1.5, times: 1 });
			const { status, items } = await run(
				{
					resource: 'device',
					operation: 'get',
					deviceId: { mode: 'id', value: '={{ $json.device_id }}', __rl: true },
				},
				{ input: devices(60).map(({ device_id }) => ({ device_id })) },
			);
			expect(status).toBe('success');
			expect(jsons(items)).toHaveLength(60);
			const [refused] = tenant.counters.log;
			// Only what was under way when the refusal came.
			const early = tenant.counters.log.filter(({ at }) => at < refused!.at + 1400);
			expect(early.length).toBeLessThanOrEqual(33);
		});
	});
});

describe('a request that is refused for long', () => {
	const testTenant = useTestTenant({ devices: 5 });
	useFastClock(200);

	it.each([0, 1])(
		'is given up after a bounded number of 429 that ask for %i s',
		async (seconds) => {
			const { tenant, run, devices } = testTenant.current;
			for (const parameters of [whole, blankPush(devices(1)[0]!.device_id)]) {
				tenant.reset();
				tenant.faults.add({ kind: 'rateLimit', seconds });
				const result = await run(parameters);
				expect(errorText(result)).toMatch(/too many requests \| .*50 requests per second/);
				expect(tenant.counters.total).toEqual({ received: 10, executed: 0 });
			}
		},
	);
});

describe('a request after another failure', () => {
	const testTenant = useTestTenant({ devices: 5 });
	withoutPauses();

	it.each<FaultRule>([
		{ kind: 'status', status: 408 },
		{ kind: 'status', status: 502 },
		{ kind: 'status', status: 503 },
		{ kind: 'status', status: 504 },
		{ kind: 'html', status: 502 },
		{ kind: 'resetBefore' },
		{ kind: 'resetAfter' },
		{ kind: 'cut' },
	])('sends a read again: $kind $status', async (fault) => {
		const { tenant, run } = testTenant.current;
		tenant.faults.add({ ...fault, times: 1 });
		const { status, items } = await run(whole);
		expect(status).toBe('success');
		expect(items).toHaveLength(5);
		expect(tenant.counters.total.received).toBe(2);
	});

	it.each<[FaultRule, RegExp]>([
		[{ kind: 'status', status: 503, body: { detail: 'Down for maintenance.' } }, /^Down for main/],
		[{ kind: 'resetAfter' }, /^The connection was lost before the response was complete/],
	])('sends a read ten times at most: %j', async (fault, text) => {
		const { tenant, run } = testTenant.current;
		tenant.faults.add(fault);
		const result = await run(whole);
		expect(errorText(result)).toMatch(text);
		expect(tenant.counters.total.received).toBe(10);
	});

	it.each([400, 401, 403, 404, 409, 500])('sends nothing again: %i', async (status) => {
		const { tenant, run } = testTenant.current;
		tenant.faults.add({ kind: 'status', status });
		await expect(run(whole)).resolves.toMatchObject({ status: 'error' });
		expect(tenant.counters.total.received).toBe(1);
	});
});

describe('a retry rule', () => {
	const testTenant = useTestTenant({ devices: 5 });
	withoutPauses();
	beforeAll(addProbe);

	const busy: FaultRule = { kind: 'status', status: 409, body: { detail: 'Busy.' }, times: 2 };

	it.each(Object.keys(probedLists))('reaches the pages of a list: %s', async (operation) => {
		const { tenant, run } = testTenant.current;
		tenant.faults.add(busy);
		const { status } = await run({ resource: 'probe', operation, limit: 1 });
		expect(status).toBe('success');
		expect(tenant.counters.total).toEqual({ received: 3, executed: 1 });
	});

	it.each(probedRequests)('reaches a request of its own: %s', async (operation) => {
		const { tenant, run } = testTenant.current;
		tenant.faults.add(busy);
		tenant.faults.add({ kind: 'status', status: 200, body: { results: [] } });
		const { status } = await run({ resource: 'probe', operation });
		expect(status).toBe('success');
		expect(tenant.counters.total.received).toBe(3);
	});

	it('is for what it names alone', async () => {
		const { tenant, run } = testTenant.current;
		tenant.faults.add({ ...busy, body: { detail: 'Taken.' } });
		const result = await run({ resource: 'probe', operation: 'single' });
		expect(errorText(result)).toMatch(/^Taken\./);
		expect(tenant.counters.total.received).toBe(1);
	});
});
