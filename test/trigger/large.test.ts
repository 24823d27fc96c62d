import { createPoller } from '../../simulator/engine/poller';
import { startTenant } from '../../simulator/tenant/index';
import { credentialOf, eventKeys, storedBytes } from './support';

it('polls 50,000 devices at 100 ms with one request per page, in 40 s and 4 MB', async () => {
	const tenant = await startTenant({ devices: 50_000 });
	try {
		const poller = await createPoller(
			{ events: ['deviceChanged', 'deviceEnrolled', 'deviceRemoved'] },
			{ credential: credentialOf(tenant), durable: true },
		);
		await poller.poll();
		expect(storedBytes(poller.staticData)).toBeLessThan(4_000_000);
		const [gone, changed] = tenant.state.devices.values();
		tenant.mutate({ op: 'removeDevice', device_id: gone!.device_id });
		const { device_id } = changed!;
		tenant.mutate({ op: 'updateDevice', device_id, fields: { is_removed: true } });
		const [added] = tenant.mutate({ op: 'addDevice' }) as Array<{ device_id: string }>;
		tenant.counters.reset();
		tenant.faults.add({ kind: 'latency', ms: 100 });
		const startedAt = performance.now();
		const items = await poller.poll();
		expect(performance.now() - startedAt).toBeLessThan(40_000);
		expect(eventKeys(items)).toEqual(
			[
				`deviceChanged ${device_id}`,
				`deviceEnrolled ${added!.device_id}`,
				`deviceRemoved ${device_id}`,
				`deviceRemoved ${gone!.device_id}`,
			].sort(),
		);
		expect(tenant.counters.total.received).toBe(167);
		expect(tenant.maxPerSecond()).toBeLessThanOrEqual(50);
	} finally {
		await tenant.close();
	}
}, 120_000);
