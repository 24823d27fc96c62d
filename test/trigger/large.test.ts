import { createPoller } from '../../simulator/engine/poller';
import { startTenant } from '../../simulator/tenant/index';
import { credentialOf, storedBytes, eventKeys } from './support';

const SECONDS = 1000;

describe('Kandji Trigger on 50,000 devices at 100 ms', () => {
	it(
		'polls within 40 s, with as many requests as there are pages',
		async () => {
			const tenant = await startTenant({ devices: 50_000, latencyMs: 100 });
			try {
				const { poll } = await createPoller(
					{ events: ['deviceChanged', 'deviceEnrolled', 'deviceRemoved'] },
					{ credential: credentialOf(tenant), durable: true },
				);
				await poll();
				const [gone, changed] = tenant.state.devices.values();
				tenant.mutate({ op: 'removeDevice', device_id: gone!.device_id });
				const { device_id } = changed!;
				tenant.mutate({ op: 'updateDevice', device_id, fields: { is_removed: true } });
				const [added] = tenant.mutate({ op: 'addDevice' }) as Array<{ device_id: string }>;
				tenant.counters.reset();
				const begun = Date.now();
				const items = await poll();
				expect(Date.now() - begun).toBeLessThan(40 * SECONDS);
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
		},
		120 * SECONDS,
	);

	it(
		'stores less than 4 MB for changed fields and serial numbers',
		async () => {
			const tenant = await startTenant({ devices: 50_000, rateLimit: false });
			try {
				const poller = await createPoller(
					{ events: ['deviceChanged', 'deviceEnrolled', 'deviceRemoved'] },
					{ credential: credentialOf(tenant), durable: true },
				);
				await poller.poll();
				expect(storedBytes(poller.staticData)).toBeLessThan(4_000_000);
			} finally {
				await tenant.close();
			}
		},
		120 * SECONDS,
	);
});
