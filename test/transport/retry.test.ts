import type { FaultRule } from '../../simulator/tenant';
import { jsons, errorText, withTenant } from './support';

const whole = { resource: 'device', operation: 'getAll', returnAll: true, simplify: false };

describe('requests that are sent again', () => {
	const blankPush = (deviceId: string) => ({
		resource: 'deviceAction',
		operation: 'sendBlankPush',
		deviceId: { mode: 'id', value: deviceId, __rl: true },
	});

	it.each<[string, Extract<FaultRule, { kind: 'rateLimit' }>, number]>([
		['seconds', { kind: 'rateLimit', retryAfter: 'seconds', seconds: 1 }, 1000],
		// An HTTP date has whole seconds.
		['a date', { kind: 'rateLimit', retryAfter: 'date', seconds: 1 }, 900],
		['RateLimit-Reset alone', { kind: 'rateLimit', retryAfter: 'none', seconds: 1 }, 1000],
		['no header at all', { kind: 'rateLimit', retryAfter: 'none', headers: false }, 300],
	])('after a 429 with %s, reads and writes alike', async (_name, fault, atLeastMs) => {
		for (const method of ['GET', 'POST']) {
			await withTenant({ devices: 20 }, async ({ tenant, run, devices }) => {
				tenant.faults.add({ ...fault, times: 1 });
				const [device] = devices(1);
				const { status } = await run(method === 'GET' ? whole : blankPush(device!.device_id));
				expect(status).toBe('success');
				expect(tenant.counters.total).toEqual({ received: 2, executed: 1 });
				const [first, second] = tenant.counters.log;
				expect(second!.at - first!.at).toBeGreaterThanOrEqual(atLeastMs);
			});
		}
	});

	it('keeps everybody else back as well while the API refuses', async () => {
		await withTenant({ devices: 600 }, async ({ tenant, run, devices }) => {
			tenant.faults.add({ kind: 'rateLimit', seconds: 3, times: 1 });
			const { status, items } = await run(
				{
					resource: 'device',
					operation: 'get',
					deviceId: { mode: 'id', value: '={{ $json.device_id }}', __rl: true },
				},
				{ input: devices(150).map(({ device_id }) => ({ device_id })) },
			);
			expect(status).toBe('success');
			expect(jsons(items)).toHaveLength(150);
			const [refused] = tenant.counters.log;
			// Only what was under way when the refusal came; three seconds would do for all of them.
			const early = tenant.counters.log.filter(({ at }) => at < refused!.at + 2900);
			expect(early.length).toBeLessThanOrEqual(50);
		});
	});

	it('gives up after a bounded number of 429', async () => {
		await withTenant({ devices: 5 }, async ({ tenant, run }) => {
			tenant.faults.add({ kind: 'rateLimit', seconds: 0 });
			const result = await run(whole);
			expect(errorText(result)).toMatch(/too many requests \| .*50 requests a second/);
			expect(tenant.counters.total.received).toBe(8);
		});
	});

	it.each<FaultRule>([
		{ kind: 'status', status: 502 },
		{ kind: 'status', status: 503 },
		{ kind: 'status', status: 504 },
		{ kind: 'html', status: 502 },
		{ kind: 'resetBefore' },
		{ kind: 'resetAfter' },
		{ kind: 'cut' },
	])('a read after $kind $status', async (fault) => {
		await withTenant({ devices: 5 }, async ({ tenant, run }) => {
			tenant.faults.add({ ...fault, times: 1 });
			const { status, items } = await run(whole);
			expect(status).toBe('success');
			expect(items).toHaveLength(5);
			expect(tenant.counters.total.received).toBe(2);
		});
	});

	it.each<[FaultRule, RegExp]>([
		[{ kind: 'status', status: 503, body: { detail: 'Down for maintenance.' } }, /^Down for main/],
		[{ kind: 'resetAfter' }, /^The connection broke before the answer was complete/],
	])('a read four times at most: %j', async (fault, told) => {
		await withTenant({ devices: 5 }, async ({ tenant, run }) => {
			tenant.faults.add(fault);
			const result = await run(whole);
			expect(errorText(result)).toMatch(told);
			expect(tenant.counters.total.received).toBe(4);
		});
	});

	it.each([400, 401, 403, 404, 409, 500])('nothing after a %i', async (status) => {
		await withTenant({ devices: 5 }, async ({ tenant, run }) => {
			tenant.faults.add({ kind: 'status', status });
			await expect(run(whole)).resolves.toMatchObject({ status: 'error' });
			expect(tenant.counters.total.received).toBe(1);
		});
	});
});
