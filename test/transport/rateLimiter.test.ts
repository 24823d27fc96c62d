import { setTimeout as delay } from 'node:timers/promises';

import { ask } from '../../simulator/tenant/client';
import type { Tenant } from '../../simulator/tenant';
import { errorText, withTenant, type TestTenant } from './support';

const getDevice = {
	resource: 'device',
	operation: 'get',
	deviceId: { mode: 'id', value: '={{ $json.device_id }}', __rl: true },
};
const wholeFleet = { resource: 'device', operation: 'getAll', returnAll: true };

const inputOf = ({ devices }: TestTenant, count: number) =>
	devices(count).map(({ device_id }) => ({ device_id }));

const refused = (tenant: Tenant) => tenant.counters.log.filter(({ status }) => status === 429);

/** Seconds from the first request to the last. */
const secondsOf = ({ counters: { log } }: Tenant) => (log.at(-1)!.at - log[0]!.at) / 1000;

describe('the pace', () => {
	it.each([
		['at once', 0],
		['after 150 ms', 150],
	])(
		'is at most 50 a second over several executions, answers coming %s',
		async (_name, latencyMs) => {
			await withTenant(
				{ devices: 200, latencyMs, rateLimit: { window: 'sliding' } },
				async (testTenant) => {
					const { tenant, run } = testTenant;
					const input = inputOf(testTenant, 60);
					const results = await Promise.all(
						[1, 2, 3].map(async () => await run(getDevice, { input })),
					);
					expect(results.map(({ items }) => items.length)).toEqual([60, 60, 60]);
					expect(tenant.maxPerSecond()).toBeLessThanOrEqual(50);
					expect(refused(tenant)).toEqual([]);
				},
			);
		},
	);

	it('is at most 50 a second with big pages, which keep the process busy', async () => {
		await withTenant({ devices: 12_000, rateLimit: { window: 'sliding' } }, async (testTenant) => {
			const { tenant, run } = testTenant;
			const input = inputOf(testTenant, 40);
			const results = await Promise.all([
				run({ ...wholeFleet, simplify: false }),
				run({ ...wholeFleet, simplify: false }),
				run(getDevice, { input }),
			]);
			expect(results.map(({ items }) => items.length)).toEqual([12_000, 12_000, 40]);
			expect(tenant.maxPerSecond()).toBeLessThanOrEqual(50);
			expect(refused(tenant)).toEqual([]);
		});
	});

	it('is not slowed down when nothing is near a limit', async () => {
		await withTenant({ devices: 60 }, async (testTenant) => {
			const { tenant, run } = testTenant;
			await run(getDevice, { input: inputOf(testTenant, 30) });
			expect(tenant.counters.total).toEqual({ received: 30, executed: 30 });
			expect(secondsOf(tenant)).toBeLessThan(1);
		});
	});

	it('comes near to what the API allows', async () => {
		await withTenant({ devices: 600, latencyMs: 150 }, async (testTenant) => {
			const { tenant, run } = testTenant;
			await run(getDevice, { input: inputOf(testTenant, 300) });
			expect(refused(tenant)).toEqual([]);
			expect(secondsOf(tenant)).toBeLessThan(300 / 40);
		});
	});

	it('comes evenly once the limit has been reached for some seconds', async () => {
		await withTenant({ devices: 600, latencyMs: 150 }, async (testTenant) => {
			const { tenant, run } = testTenant;
			await run(getDevice, { input: inputOf(testTenant, 350) });
			const { log } = tenant.counters;
			const late = log.map(({ at }) => at - log[0]!.at).filter((at) => at > 5000);
			expect(late.length).toBeGreaterThan(50);
			const inFifths = late.map((at) => late.filter((t) => t >= at && t < at + 200).length);
			// A burst at the turn of the second would be 32, as many as may be in flight.
			expect(Math.max(...inFifths)).toBeLessThan(24);
		});
	});

	it('leaves to others what the headers say that they use', async () => {
		await withTenant(
			{ devices: 200, latencyMs: 20, rateLimit: { window: 'sliding' } },
			async (testTenant) => {
				const { tenant, run } = testTenant;
				const others = new AbortController();
				const otherIntegration = (async () => {
					while (!others.signal.aborted) {
						await Promise.all(
							Array.from({ length: 3 }, async () => await ask(tenant, 'GET /api/v1/tags')),
						);
						await delay(80);
					}
				})();
				const { items } = await run(getDevice, { input: inputOf(testTenant, 120) });
				others.abort();
				await otherIntegration;
				expect(items).toHaveLength(120);
				const ours = tenant.counters.operations['GET /api/v1/devices/{device_id}'];
				// Most of ours fit beside theirs at the first try; the refused ones are sent again.
				expect(ours!.executed).toBe(120);
				expect(ours!.received).toBeLessThan(180);
			},
		);
	});

	it('slows down when little of the hour is left', async () => {
		await withTenant({ devices: 60 }, async (testTenant) => {
			const { tenant, run } = testTenant;
			tenant.faults.add({ kind: 'hourBudget', remaining: 100, times: 1 });
			await run(getDevice, { input: inputOf(testTenant, 1) });
			tenant.counters.reset();
			// A hundred of the 500 below which it begins: ten a second, and slower.
			await run(getDevice, { input: inputOf(testTenant, 20) });
			expect(secondsOf(tenant)).toBeGreaterThan(1.8);
			expect(tenant.counters.total).toEqual({ received: 20, executed: 20 });
		});
	});

	it.each(['stopWorkflow', 'continueRegularOutput'] as const)(
		'fails at once when the hour is spent, and says when it renews (%s)',
		async (onError) => {
			await withTenant({ devices: 200, rateLimit: { perHour: 3 } }, async (testTenant) => {
				const { tenant, run } = testTenant;
				const input = inputOf(testTenant, 100);
				for (let index = 0; index < 3; index++) await ask(tenant, 'GET /api/v1/tags');
				const begun = performance.now();
				const result = await run(getDevice, { input, onError });
				expect(performance.now() - begun).toBeLessThan(5000);
				expect(
					tenant.counters.operations['GET /api/v1/devices/{device_id}']!.received,
				).toBeLessThan(60);
				const told =
					onError === 'stopWorkflow' ? errorText(result) : String(result.items.at(-1)?.json.error);
				expect(told).toMatch(
					/^The tenant’s hourly budget of API requests is spent; it renews at \d{4}-\d\d-\d\d \d\d:\d\d UTC/,
				);
				const at = Date.parse(told.match(/renews at (.*?) UTC/)![1]! + 'Z');
				expect(at - Date.now()).toBeGreaterThan(3_480_000);
				expect(at - Date.now()).toBeLessThanOrEqual(3_600_000);
			});
		},
	);
});
