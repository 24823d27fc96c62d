import pWaitFor from 'p-wait-for';

import { outputOf } from '../../scripts/n8n/client';
import { mostArrivalsPerSecond, startKandji, type Kandji } from './support/kandji';
import { chain, editFields, START, type NewNode } from './support/workflow';

const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';

/** The device whose ID is in the item. */
const byId = { mode: 'id', value: '={{ $json.device_id }}' };

const lockParameters = { resource: 'deviceAction', operation: 'lock', deviceId: byId };

/** Runs the nodes one after the other on the items. */
async function runOn({ client }: Kandji, items: object[], ...nodes: NewNode[]) {
	const workflow = await client.createWorkflow(
		chain(
			items.map((item) => ({ ...item })),
			...nodes,
		),
	);
	return await client.run(workflow, START);
}

describe('the node in n8n', () => {
	let kandji: Kandji;

	beforeAll(async () => {
		kandji = await startKandji({ devices: 1000 });
	});
	beforeEach(() => kandji.tenant.reset());
	afterAll(async () => await kandji.tenant.close());

	const macs = () => [...kandji.tenant.state.devices.values()].filter((d) => d.platform === 'Mac');
	const lock = () => kandji.node('Lock', lockParameters);
	const run = async (items: object[], ...nodes: NewNode[]) => await runOn(kandji, items, ...nodes);

	it('returns the whole fleet, page by page', async () => {
		const getMany = { resource: 'device', operation: 'getAll', returnAll: true };
		const execution = await run([{}], kandji.node('Devices', getMany));
		expect(execution.status).toBe('success');
		const ids = outputOf(execution, 'Devices').map(({ json }) => json.device_id);
		expect(new Set(ids)).toEqual(new Set(kandji.tenant.state.devices.keys()));
		expect(ids).toHaveLength(1000);
		expect(kandji.tenant.counters.operations['GET /api/v1/devices']?.executed).toBe(4);
	});

	it('locks a Mac and returns its PIN', async () => {
		const [mac] = macs();
		const execution = await run([{ device_id: mac?.device_id }], lock());
		expect(execution.status).toBe('success');
		const pin = kandji.tenant.state.locks.get(mac?.device_id ?? '');
		expect(pin).toMatch(/^\d{6}$/);
		expect(outputOf(execution, 'Lock').map(({ json }) => json)).toEqual([
			{ success: true, device_id: mac?.device_id, PIN: pin },
		]);
	});

	it('fails with the API’s own text', async () => {
		const [mac] = macs();
		const item = { device_id: mac?.device_id };
		await run([item], lock());
		const execution = await run([item], lock());
		expect(execution.status).toBe('error');
		expect(execution.data.resultData.error?.message).toContain('already locked');
	});

	const items = () => {
		const [first, second] = macs();
		return [
			{ label: 'first', device_id: first?.device_id },
			{ label: 'unknown', device_id: UNKNOWN_ID },
			{ label: 'second', device_id: second?.device_id },
		];
	};
	const getDevice = (onError: 'continueRegularOutput' | 'continueErrorOutput') =>
		kandji.node('Device', { resource: 'device', operation: 'get', deviceId: byId }, { onError });
	const fields = {
		label: `{{ $('${START}').item.json.label }}`,
		name: '{{ $json.device_name }}',
		failure: '{{ $json.error?.message ?? $json.error }}',
	};

	it('links the items after one that failed', async () => {
		const after = editFields('After', fields);
		const execution = await run(items(), getDevice('continueRegularOutput'), after);
		const [first, second] = macs();
		expect(outputOf(execution, 'After').map(({ json }) => json)).toEqual([
			expect.objectContaining({ label: 'first', name: first?.device_name }),
			expect.objectContaining({ label: 'unknown', failure: expect.stringContaining(UNKNOWN_ID) }),
			expect.objectContaining({ label: 'second', name: second?.device_name }),
		]);
	});

	it('links the items of the error branch', async () => {
		const workflow = chain(items(), getDevice('continueErrorOutput'), editFields('Failed', fields));
		const [toFailed] = workflow.connections.Device?.main ?? [];
		workflow.connections.Device = { main: [[], toFailed ?? []] };
		const stored = await kandji.client.createWorkflow(workflow);
		const execution = await kandji.client.run(stored, START);
		expect(outputOf(execution, 'Failed').map(({ json }) => json.label)).toEqual(['unknown']);
	});
});

describe('three workflows on one tenant', () => {
	const latencyMs = 150;
	let kandji: Kandji;

	beforeAll(async () => {
		kandji = await startKandji({ devices: 1_500, latencyMs });
	});
	afterAll(async () => await kandji.tenant.close());

	it('locks a Mac within a second, behind a report and 1,500 single reads', async () => {
		const { tenant } = kandji;
		const devices = [...tenant.state.devices.values()];
		const ids = devices.map(({ device_id }) => ({ device_id }));
		const read = (operation: string) =>
			kandji.node('Read', { resource: 'device', operation, deviceId: byId });
		const reads = runOn(kandji, ids, read('get'));
		const report = runOn(kandji, ids.slice(0, 300), read('getApps'));
		await pWaitFor(() => tenant.counters.total.received > 100, { timeout: 60_000 });
		const mac = devices.find(({ platform }) => platform === 'Mac');
		const lock = await runOn(
			kandji,
			[{ device_id: mac?.device_id }],
			kandji.node('Lock', lockParameters),
		);
		const [run] = lock.data.resultData.runData.Lock ?? [];
		expect(lock.status).toBe('success');
		expect(run?.executionTime).toBeLessThan(1_000 + latencyMs);
		const ended = await Promise.all([reads, report]);
		expect(ended.map(({ status }) => status)).toEqual(['success', 'success']);
		expect(tenant.maxPerSecond()).toBeLessThanOrEqual(mostArrivalsPerSecond);
	});
});
