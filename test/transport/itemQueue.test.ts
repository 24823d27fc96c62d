import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { runWorkflow } from '../../simulator/engine/engine';
import { jsons, errorText, useTestTenant, writes, withoutPauses } from './support';

const restart: INodeParameters = {
	resource: 'deviceAction',
	operation: 'restart',
	deviceId: { mode: 'id', value: '={{ $json.device_id }}', __rl: true },
};

describe('the turns of items', () => {
	const testTenant = useTestTenant({ devices: 60 });

	const input = (count: number) =>
		testTenant.current.devices(count).map(({ device_id }) => ({ device_id }));

	const restarted = () => writes(testTenant.current.tenant).map(({ url }) => url.split('/').at(-3));

	it('sends writes one after the other, in the order of the items', async () => {
		testTenant.current.tenant.faults.add({ kind: 'latency', ms: 0, jitterMs: 40 });
		const items = input(8);
		const result = await testTenant.current.run(restart, { input: items });
		expect(restarted()).toEqual(items.map(({ device_id }) => device_id));
		const { log } = testTenant.current.tenant.counters;
		for (const [index, { at }] of log.entries()) {
			const before = log[index - 1];
			if (before) expect(at).toBeGreaterThanOrEqual(before.at + before.ms);
		}
		expect(jsons(result.items).map(({ device_id }) => device_id)).toEqual(restarted());
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			items.map((_, item) => ({ item })),
		);
	});

	it('sends reads several at a time', async () => {
		let most = 0;
		testTenant.current.tenant.faults.add({ kind: 'latency', ms: 500 });
		await testTenant.current.run(
			{ ...restart, resource: 'device', operation: 'get' },
			{ input: input(20) },
		);
		const { log } = testTenant.current.tenant.counters;
		for (const { at } of log) {
			most = Math.max(
				most,
				log.filter((other) => other.at <= at && other.at + other.ms > at).length,
			);
		}
		expect(most).toBeGreaterThanOrEqual(10);
	});

	it('stops at the first failed write and says what was done', async () => {
		testTenant.current.tenant.faults.add({
			kind: 'status',
			status: 400,
			body: { detail: 'Command already running' },
			method: 'POST',
			after: 2,
			times: 1,
		});
		const result = await testTenant.current.run(restart, { input: input(5) });
		expect(result).toMatchObject({ status: 'error', items: [] });
		expect(errorText(result)).toMatch(
			/^Command already running \| .*\(Device Action › Restart \[item 2\], device [0-9a-f-]{36}\).*Items 0 to 1 were done before it; 2 after it were not sent\.$/,
		);
		expect(restarted()).toHaveLength(3);
	});

	it('gives up the reads that still wait when an earlier one fails', async () => {
		const items = [{ device_id: 'not an id' }, ...input(40), ...input(40), ...input(40)];
		const result = await testTenant.current.run(
			{ ...restart, resource: 'device', operation: 'get' },
			{ input: items },
		);
		expect(errorText(result)).toMatch(/^Device is not a valid ID: "not an id"/);
		expect(testTenant.current.tenant.counters.total.received).toBeLessThanOrEqual(50);
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'keeps the outcome of every item with %s',
		async (onError) => {
			testTenant.current.tenant.faults.add({
				kind: 'resetAfter',
				method: 'POST',
				after: 1,
				times: 1,
			});
			const items = [...input(3), { device_id: '' }, ...input(4).slice(3)];
			const { status, outputs } = await testTenant.current.run(restart, { input: items, onError });
			expect(status).toBe('success');
			const all = outputs.flat();
			expect(all).toHaveLength(5);
			const failed = all.filter(({ json, error }) => error !== undefined || 'error' in json);
			expect(failed.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 3 }]);
			expect(failed.map(({ json }) => json.error)).toEqual([
				'The connection was lost before the response was complete',
				'Device is empty',
			]);
			const done = all.filter((item) => !failed.includes(item));
			expect(done.map(({ pairedItem }) => pairedItem)).toEqual([0, 2, 4].map((item) => ({ item })));
			expect(restarted()).toEqual([0, 1, 2, 4].map((index) => items[index]?.device_id));
		},
	);

	it('sends nothing when the expression of a later item fails', async () => {
		const result = await testTenant.current.run(
			{
				...restart,
				deviceId: {
					mode: 'id',
					value: "={{ $json.device_id ?? $('Nowhere').item.json.device_id }}",
					__rl: true,
				},
			},
			{ input: [...input(2), { name: 'no id here' }] },
		);
		expect(errorText(result)).toMatch(/^Referenced node doesn.t exist/);
		// A request that the earlier items had started would arrive only after the run.
		await sleep(300);
		expect(testTenant.current.tenant.counters.total.received).toBe(0);
	});

	const batches = (batchSize: number, batchInterval = 30) => ({
		requestOptions: { batching: { batch: { batchSize, batchInterval } } },
	});
	const batched = batches(2);

	it("keeps the order and the pace with n8n's batching", async () => {
		const items = input(5);
		const { status } = await testTenant.current.run(
			{ ...restart, ...batches(2, 300) },
			{ input: items },
		);
		expect(status).toBe('success');
		expect(restarted()).toEqual(items.map(({ device_id }) => device_id));
		const times = testTenant.current.tenant.counters.log.map(({ at }) => at);
		expect(times[4]! - times[0]!).toBeGreaterThanOrEqual(550);
	});

	it.each([1, 2, 3, 4, 8])(
		"stops at the first failed write with n8n's batching, and says what was done: %i at a time",
		async (size) => {
			for (const fault of [
				{ kind: 'status', status: 400 },
				{ kind: 'status', status: 408 },
				{ kind: 'resetAfter' },
			] as const) {
				testTenant.current.tenant.reset();
				testTenant.current.tenant.faults.add({ ...fault, method: 'POST', after: 2 });
				const result = await testTenant.current.run(
					{ ...restart, ...batches(size) },
					{ input: input(8) },
				);
				expect(errorText(result)).toMatch(
					/Items 0 to 1 were done before it; 5 after it were not sent\.$/,
				);
				expect(restarted()).toHaveLength(3);
			}
		},
	);

	it.each([1, 2, 3, 4, 8])(
		"sends nothing when the expression of a later item fails with n8n's batching: %i at a time",
		async (size) => {
			const value = "={{ $json.device_id ?? $('Nowhere').item.json.device_id }}";
			const result = await testTenant.current.run(
				{ ...restart, deviceId: { mode: 'id', value, __rl: true }, ...batches(size) },
				{ input: [...input(4), { name: 'no id here' }, ...input(2)] },
			);
			expect(errorText(result)).toMatch(/^Referenced node doesn.t exist/);
			await sleep(100);
			expect(testTenant.current.tenant.counters.total.received).toBe(0);
		},
	);

	it("keeps every outcome with n8n's batching and On Error set to continue", async () => {
		const value = "={{ $json.device_id ?? $('Nowhere').item.json.device_id }}";
		const result = await testTenant.current.run(
			{ ...restart, deviceId: { mode: 'id', value, __rl: true }, ...batched },
			{
				input: [...input(3), { name: 'no id here' }, ...input(1)],
				onError: 'continueRegularOutput',
			},
		);
		expect(result.status).toBe('success');
		expect(restarted()).toHaveLength(4);
	});

	it("stops at a failed read with n8n's batching", async () => {
		const result = await testTenant.current.run(
			{ ...restart, resource: 'device', operation: 'get', ...batched },
			{ input: [{ device_id: '' }, ...input(4)] },
		);
		expect(errorText(result)).toMatch(/^Device is empty/);
	});

	describe('with Retry On Fail', () => {
		withoutPauses();
		const retried = async (parameters: INodeParameters, items: IDataObject[], more = {}) =>
			await runWorkflow(
				{
					nodes: [
						{
							id: '1',
							name: 'Start',
							type: 'n8n-nodes-base.manualTrigger',
							typeVersion: 1,
							position: [0, 0],
							parameters: {},
						},
						{
							id: '2',
							name: 'Kandji',
							type: 'n8n-nodes-kandji.kandji',
							typeVersion: 1,
							position: [200, 0],
							parameters,
							retryOnFail: true,
							maxTries: 2,
							waitBetweenTries: 0,
							...more,
						},
					],
					connections: { Start: { main: [[{ node: 'Kandji', type: 'main', index: 0 }]] } },
				},
				{ credential: testTenant.current.credential, input: items },
			);
		const failOnce = (after: number, path = '*/action/*') =>
			testTenant.current.tenant.faults.add({
				kind: 'status',
				status: 500,
				method: 'POST',
				path,
				after,
				times: 1,
			});

		it('sends nothing again for items that were carried out', async () => {
			failOnce(1);
			const items = input(3);
			const result = await retried(restart, items);
			expect(result.status).toBe('success');
			expect(restarted()).toEqual([0, 1, 1, 2].map((index) => items[index]?.device_id));
			expect(
				result.items('Kandji').map(({ json, pairedItem }) => [json.device_id, pairedItem]),
			).toEqual(items.map(({ device_id: id }, item) => [id, { item }]));
		});

		it('sends nothing again when the first output is an error item', async () => {
			failOnce(0);
			const items = input(3);
			const result = await retried(restart, items, { onError: 'continueRegularOutput' });
			expect(restarted()).toEqual([0, 1, 2, 0].map((index) => items[index]?.device_id));
			expect(result.items('Kandji').map(({ json }) => json.device_id)).toEqual(
				items.map(({ device_id: id }) => id),
			);
		});

		it('sends nothing again when waiting for a device failed, and keeps the PIN', async () => {
			const { tenant } = testTenant.current;
			tenant.faults.add({
				kind: 'status',
				status: 500,
				method: 'GET',
				path: '*/commands',
				after: 1,
				times: 1,
			});
			const [item] = input(1);
			const result = await retried({ ...restart, operation: 'lock', waitForCompletion: true }, [
				item!,
			]);
			expect(result.status).toBe('success');
			expect(restarted()).toHaveLength(1);
			expect(result.items('Kandji')[0]!.json).toMatchObject({
				command_status: 'completed',
				PIN: tenant.state.locks.get(item!.device_id),
			});
		});

		it('does not confirm a device again that it has erased', async () => {
			failOnce(1);
			const items = testTenant.current
				.devices(2)
				.map(({ device_id, serial_number }) => ({ device_id, serial_number }));
			const result = await retried(
				{
					...restart,
					operation: 'erase',
					confirmSerialNumber: '={{ $json.serial_number }}',
				},
				items,
			);
			expect(result.status).toBe('success');
			expect(restarted()).toEqual([0, 1, 1].map((index) => items[index]?.device_id));
		});

		it('sends an item again in the next round of a loop', async () => {
			const [item] = input(1);
			await retried(restart, [item!]);
			await retried(restart, [item!]);
			expect(restarted()).toHaveLength(2);
		});
	});
});
