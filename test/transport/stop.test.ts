import type { FaultRule } from '../../simulator/tenant';
import { eventually, withTenant, writes, type TestTenant } from './support';

const getDevice = {
	resource: 'device',
	operation: 'get',
	deviceId: { mode: 'id', value: '={{ $json.device_id }}', __rl: true },
};

const inputOf = ({ devices }: TestTenant, count: number) =>
	devices(count).map(({ device_id }) => ({ device_id }));

describe('stop execution', () => {
	it.each<[string, FaultRule, number, number]>([
		['the wait after a 429', { kind: 'rateLimit', seconds: 60 }, 1, 1],
		['the wait before another try', { kind: 'status', status: 503, times: 1 }, 1, 1],
		['a read whose answer does not come', { kind: 'stall' }, 1, 1],
		['the wait for the next second', { kind: 'latency', ms: 10 }, 200, 30],
		['the wait of the others for one that was refused', { kind: 'rateLimit', seconds: 60 }, 100, 1],
	])('ends %s', async (_name, fault, count, until) => {
		await withTenant({ devices: 600 }, async (testTenant) => {
			const { tenant, run } = testTenant;
			tenant.faults.add(fault);
			const stop = new AbortController();
			const running = run(getDevice, { input: inputOf(testTenant, count), signal: stop.signal });
			await eventually(() => tenant.counters.total.received >= until);
			const { received } = tenant.counters.total;
			const stopped = performance.now();
			stop.abort();
			const { status } = await running;
			expect(status).toBe('canceled');
			// What it waited for would take a minute; how soon a wait notices the stop is tested on a fast clock.
			expect(performance.now() - stopped).toBeLessThan(10_000);
			// What was under way may still arrive.
			expect(tenant.counters.total.received).toBeLessThanOrEqual(Math.min(count, received + 32));
		});
	});

	it('lets the write that is under way end, and sends none after it', async () => {
		await withTenant({ devices: 60 }, async (testTenant) => {
			const { tenant, run } = testTenant;
			tenant.faults.add({ kind: 'latency', ms: 300, method: 'POST' });
			const stop = new AbortController();
			const running = run(
				{ ...getDevice, resource: 'deviceAction', operation: 'restart' },
				{ input: inputOf(testTenant, 5), signal: stop.signal },
			);
			await eventually(() => tenant.counters.total.received === 1);
			stop.abort();
			await expect(running).resolves.toMatchObject({ status: 'canceled' });
			await eventually(() => tenant.counters.total.executed === 1);
			await run(getDevice, { input: inputOf(testTenant, 1) });
			expect(writes(tenant)).toHaveLength(1);
		});
	});
});
