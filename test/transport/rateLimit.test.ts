import { ask } from '../../simulator/tenant/client';
import type { Tenant } from '../../simulator/tenant';
import { errorText, eventually, withTenant, type TestTenant } from './support';

const getDevice = {
	resource: 'device',
	operation: 'get',
	deviceId: { mode: 'id', value: '={{ $json.device_id }}', __rl: true },
};
const wholeFleet = { resource: 'device', operation: 'getAll', returnAll: true, simplify: false };

const inputOf = ({ devices }: TestTenant, count: number) =>
	devices(count).map(({ device_id }) => ({ device_id }));

const refused = (tenant: Tenant) => tenant.counters.log.filter(({ status }) => status === 429);

describe('the rate limit of a tenant', () => {
	it('is kept by several executions together, with big pages that keep the process busy', async () => {
		await withTenant({ devices: 4_500, rateLimit: { window: 'sliding' } }, async (testTenant) => {
			const { tenant, run } = testTenant;
			const input = inputOf(testTenant, 35);
			const results = await Promise.all([
				run(wholeFleet),
				run(wholeFleet),
				run(getDevice, { input }),
				run(getDevice, { input }),
			]);
			expect(results.map(({ items }) => items.length)).toEqual([4_500, 4_500, 35, 35]);
			expect(tenant.counters.total.received).toBeGreaterThan(100);
			expect(tenant.maxPerSecond()).toBeLessThanOrEqual(50);
			expect(refused(tenant)).toEqual([]);
		});
	});

	const lock = {
		resource: 'deviceAction',
		operation: 'lock',
		deviceId: { mode: 'serial', value: '={{ $json.serial_number }}', __rl: true },
	};

	/** Runs a lock while `reads` of another execution are under way; returns how many requests arrived before it. */
	async function lockBeside({ tenant, run, devices }: TestTenant, reads: number) {
		const stop = new AbortController();
		const input = Array.from({ length: reads }, () => ({ device_id: devices(1)[0]!.device_id }));
		const reading = run(getDevice, { input, signal: stop.signal });
		await eventually(() => tenant.counters.total.received >= 32);
		const { status } = await run(lock, {
			input: [{ serial_number: devices(2)[1]!.serial_number }],
		});
		expect(status).toBe('success');
		stop.abort();
		await reading;
		return tenant.counters.log.findIndex(({ method }) => method === 'POST');
	}

	it('keeps no lock waiting for the reads of another execution', async () => {
		await withTenant({ devices: 20, rateLimit: { window: 'sliding' } }, async (testTenant) => {
			expect(await lockBeside(testTenant, 200)).toBeLessThan(200);
			expect(testTenant.tenant.maxPerSecond()).toBeLessThanOrEqual(50);
		});
	});

	it('keeps no lock waiting for answers that hang', async () => {
		await withTenant({ devices: 20 }, async (testTenant) => {
			testTenant.tenant.faults.add({ kind: 'stall', path: '/api/v1/devices/{device_id}' });
			// The 32 reads, the device by its serial number, the lock.
			expect(await lockBeside(testTenant, 40)).toBe(33);
		});
	});

	it('is shared with others, whose use the headers show', async () => {
		await withTenant({ devices: 200, rateLimit: { window: 'sliding' } }, async (testTenant) => {
			const { tenant, run } = testTenant;
			await Promise.all(
				Array.from({ length: 30 }, async () => await ask(tenant, 'GET /api/v1/tags')),
			);
			await run(getDevice, { input: inputOf(testTenant, 1) });
			const { items } = await run(getDevice, { input: inputOf(testTenant, 40) });
			expect(items).toHaveLength(40);
			expect(refused(tenant)).toEqual([]);
		});
	});

	it.each(['stopWorkflow', 'continueRegularOutput'] as const)(
		'fails at once when the hourly quota is exhausted, and says when it renews (%s)',
		async (onError) => {
			await withTenant({ devices: 200, rateLimit: { perHour: 3 } }, async (testTenant) => {
				const { tenant, run } = testTenant;
				const input = inputOf(testTenant, 100);
				for (let index = 0; index < 3; index++) await ask(tenant, 'GET /api/v1/tags');
				const result = await run(getDevice, { input, onError });
				// Those that were under way when the first refusal came; nothing is sent after it.
				expect(
					tenant.counters.operations['GET /api/v1/devices/{device_id}']!.received,
				).toBeLessThanOrEqual(32);
				const text =
					onError === 'stopWorkflow' ? errorText(result) : String(result.items.at(-1)?.json.error);
				expect(text).toMatch(
					/^The tenant’s hourly quota of API requests is exhausted; it renews at \d{4}-\d\d-\d\d \d\d:\d\d UTC/,
				);
				const at = Date.parse(text.match(/renews at (.*?) UTC/)![1]! + 'Z');
				expect(at - Date.now()).toBeGreaterThan(3_480_000);
				expect(at - Date.now()).toBeLessThanOrEqual(3_600_000);
			});
		},
	);
});
