import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ask } from '../../simulator/tenant/client';
import { errorText, eventually, jsons, withTenant, writes, type TestTenant } from './support';

type Rule = 'returnRead' | 'throwError' | 'wait';

const withRule = (parameters: INodeParameters, whenBudgetShort?: Rule): INodeParameters => ({
	...parameters,
	...(whenBudgetShort && { options: { whenBudgetShort } }),
});

const getDevice = (rule?: Rule) =>
	withRule(
		{
			resource: 'device',
			operation: 'get',
			deviceId: { mode: 'id', value: '={{ $json.device_id }}', __rl: true },
		},
		rule,
	);
const wholeFleet = (rule?: Rule) =>
	withRule({ resource: 'device', operation: 'getAll', returnAll: true }, rule);

const inputOf = ({ devices }: TestTenant, count: number) =>
	devices(count).map(({ device_id }) => ({ device_id }));

const received = ({ tenant }: TestTenant, operation: string): number =>
	tenant.counters.operations[operation]?.received ?? 0;

const oneDevice = 'GET /api/v1/devices/{device_id}';
const deviceList = 'GET /api/v1/devices';

describe('a run that needs more requests than the hour has left', () => {
	it('does not start, whether it reads or writes, once an answer has said so', async () => {
		await withTenant({ devices: 300, rateLimit: { perHour: 40 } }, async (testTenant) => {
			const { run, tenant } = testTenant;
			await run(getDevice(), { input: inputOf(testTenant, 1) });
			const read = await run(getDevice(), { input: inputOf(testTenant, 60) });
			expect(errorText(read)).toMatch(
				/^The tenant’s hourly quota has 39 requests left, but this run needs at least 60 more \| No further request was sent\./,
			);
			expect(received(testTenant, oneDevice)).toBe(1);
			const write = await run(
				{ ...getDevice(), resource: 'deviceAction', operation: 'sendBlankPush' },
				{ input: inputOf(testTenant, 60) },
			);
			expect(errorText(write)).toMatch(/^The tenant’s hourly quota has 39 requests left/);
			expect(writes(tenant)).toEqual([]);
		});
	});

	it('fails every item, where errors do not stop it', async () => {
		await withTenant({ devices: 300, rateLimit: { perHour: 40 } }, async (testTenant) => {
			const { run } = testTenant;
			await run(getDevice(), { input: inputOf(testTenant, 1) });
			const onError = 'continueRegularOutput';
			const { items } = await run(getDevice(), { input: inputOf(testTenant, 60), onError });
			expect(items).toHaveLength(60);
			for (const { json } of items) expect(json.error).toMatch(/has 39 requests left/);
			expect(received(testTenant, oneDevice)).toBe(1);
		});
	});

	it('is looked at once: a run that others leave too little goes on as far as it can', async () => {
		await withTenant({ devices: 300, rateLimit: { perHour: 40 } }, async (testTenant) => {
			const { run, tenant } = testTenant;
			await run(getDevice(), { input: inputOf(testTenant, 1) });
			const onError = 'continueRegularOutput';
			tenant.faults.add({ kind: 'latency', ms: 20 });
			const running = run(getDevice(), { input: inputOf(testTenant, 38), onError });
			await eventually(() => tenant.counters.total.received > 10);
			for (let index = 0; index < 5; index++) await ask(tenant, 'GET /api/v1/tags');
			const { items } = await running;
			const failed = items.filter(({ json }) => json.error !== undefined);
			expect(failed.length).toBeGreaterThan(0);
			expect(failed.length).toBeLessThan(10);
			for (const { json } of failed) expect(json.error).toMatch(/is exhausted; it renews at/);
		});
	});

	it('reads no list whose pages do not fit, beyond the first', async () => {
		await withTenant({ devices: 3_000, rateLimit: { perHour: 5 } }, async (testTenant) => {
			const result = await testTenant.run(wholeFleet());
			expect(errorText(result)).toMatch(/has 4 requests left, but this run needs at least 9 more/);
			expect(received(testTenant, deviceList)).toBe(1);
		});
	});

	it('reads a list whose pages fit exactly', async () => {
		await withTenant({ devices: 1_400, rateLimit: { perHour: 5 } }, async ({ run }) => {
			const { items } = await run(wholeFleet());
			expect(items).toHaveLength(1_400);
		});
	});
});

describe('Wait for Renewal', () => {
	const renewing = { perHour: 20, hourMs: 2_500 };

	it('goes on with single reads in their order, once each', async () => {
		await withTenant({ devices: 300, rateLimit: renewing }, async (testTenant) => {
			const input = inputOf(testTenant, 50);
			const { items } = await testTenant.run(getDevice('wait'), { input });
			expect(items.map(({ json }) => json.device_id)).toEqual(
				input.map(({ device_id }) => device_id),
			);
			expect(testTenant.tenant.counters.operations[oneDevice]!.executed).toBe(50);
		});
	});

	it('goes on with a list, without a gap', async () => {
		const rateLimit = { perHour: 2, hourMs: 2_000 };
		await withTenant({ devices: 1_400, rateLimit }, async ({ run, tenant }) => {
			const { items } = await run(wholeFleet('wait'));
			expect(new Set(jsons(items).map(({ device_id }) => device_id))).toEqual(
				new Set(tenant.state.devices.keys()),
			);
			expect(items).toHaveLength(1_400);
		});
	});

	it('stops with the execution', async () => {
		await withTenant({ devices: 300, rateLimit: { perHour: 20 } }, async (testTenant) => {
			const stop = new AbortController();
			const input = inputOf(testTenant, 50);
			const running = testTenant.run(getDevice('wait'), { input, signal: stop.signal });
			const { log } = testTenant.tenant.counters;
			await eventually(() => log.some(({ status }) => status === 429));
			const stoppedAt = performance.now();
			stop.abort();
			await running;
			expect(performance.now() - stoppedAt).toBeLessThan(2_000);
		});
	});
});

describe('Return What Was Read', () => {
	const isMarked = ({ incomplete }: IDataObject) =>
		/^Only \d+ of 1400 records were read: The tenant’s hourly quota of API requests is exhausted; it renews at /.test(
			String(incomplete),
		);

	it('marks every record of a list that is not whole', async () => {
		await withTenant({ devices: 1_400, rateLimit: { perHour: 3 } }, async ({ run }) => {
			const { items, error } = await run(wholeFleet('returnRead'));
			expect(error).toBeUndefined();
			expect(items.length).toBeGreaterThan(800);
			expect(items.length).toBeLessThan(1_400);
			expect(jsons(items).every(isMarked)).toBe(true);
		});
	});

	it('marks none of a list that is', async () => {
		await withTenant({ devices: 600, rateLimit: { perHour: 10 } }, async ({ run }) => {
			const { items } = await run(wholeFleet('returnRead'));
			expect(items).toHaveLength(600);
			expect(jsons(items).some((json) => 'incomplete' in json)).toBe(false);
		});
	});

	it('fails where nothing was read, and for any other reason', async () => {
		await withTenant({ devices: 1_400, rateLimit: { perHour: 1 } }, async ({ run, tenant }) => {
			await ask(tenant, 'GET /api/v1/tags');
			expect(errorText(await run(wholeFleet('returnRead')))).toMatch(/is exhausted; it renews at/);
		});
		await withTenant({ devices: 1_400 }, async ({ run, tenant }) => {
			tenant.faults.add({ kind: 'status', status: 500, path: '/api/v1/devices', after: 2 });
			const { items, error } = await run(wholeFleet('returnRead'));
			expect(error).toBeDefined();
			expect(items).toEqual([]);
		});
	});
});
