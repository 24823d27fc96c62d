import { randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import pWaitFor from 'p-wait-for';

import { N8nClient, outputOf } from '../../scripts/n8n/client';
import { createUserFolder, removeUserFolder } from '../../scripts/n8n/pack';
import { startN8n, type N8nProcess } from '../../scripts/n8n/server';
import type { NewWorkflow, StoredWorkflow } from '../../scripts/n8n/types';
import type { Mutation } from '../../simulator/tenant';
import { startKandji, type Kandji } from './support/kandji';
import { sharedN8n } from './support/shared';

const TRIGGER = 'Kandji Trigger';
const DEVICES = 'GET /api/v1/devices';

/** n8n polls at most once a minute for each of these, so several make it poll every five seconds. */
const everyFiveSeconds = {
	item: Array.from({ length: 12 }, (_, index) => ({
		mode: 'custom',
		cronExpression: `${index * 5} * * * * *`,
	})),
};

const durable = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
	N8N_SCHEDULER_EXECUTOR_INTERVAL: '1',
	N8N_SCHEDULER_MATERIALIZATION_INTERVAL: '2',
};

/** The control endpoint of a tenant, as another process uses it. */
async function mutate(url: string, mutation: Mutation): Promise<IDataObject> {
	const response = await fetch(`${url}/_control/mutate`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(mutation),
	});
	expect(response.status).toBe(200);
	const { results } = (await response.json()) as { results: [IDataObject | [IDataObject]] };
	return [results[0]].flat()[0]!;
}

describe.each([
	['default', {}],
	['durable', durable],
])('the trigger in n8n’s %s polling', (_, env) => {
	let userFolder: string;
	let n8n: N8nProcess;
	let client: N8nClient;
	let kandji: Kandji;
	let workflow: StoredWorkflow;

	const start = async (port?: number) =>
		await startN8n({ installation: sharedN8n().installation, userFolder, env, port });

	/** Kills n8n in an instant, and starts it again after `meanwhile`. */
	const killAndStart = async (meanwhile: () => Promise<void>) => {
		await n8n.kill();
		await meanwhile();
		n8n = await start(Number(new URL(n8n.url).port));
	};

	const requests = () => kandji.tenant.counters.operations[DEVICES] ?? { received: 0, executed: 0 };

	/** Waits for so many further polls. */
	const polls = async (count: number) => {
		const before = requests().executed;
		await pWaitFor(() => requests().executed >= before + count, { timeout: 90_000 });
	};

	/** The items of the trigger, by execution, the oldest first. */
	const emitted = async (): Promise<IDataObject[][]> => {
		const executions = await client.executions({ workflowId: workflow.id });
		const finished = executions.reverse().map(async ({ id }) => await client.finishedExecution(id));
		return (await Promise.all(finished)).map((execution) =>
			outputOf(execution, TRIGGER).map(({ json }) => json),
		);
	};

	const waitForExecutions = async (count: number) =>
		await pWaitFor(
			async () => new Set((await emitted()).flat().map(({ event_id }) => event_id)).size >= count,
			{
				interval: 250,
				timeout: 90_000,
			},
		);

	beforeAll(async () => {
		userFolder = await createUserFolder();
		n8n = await start();
		client = new N8nClient(n8n.url);
		await client.setUpOwner(sharedN8n().owner);
		kandji = await startKandji({ devices: 40 }, client);
		const { id, name } = kandji.credential;
		const definition: NewWorkflow = {
			name: 'Watch the fleet',
			nodes: [
				{
					id: randomUUID(),
					name: TRIGGER,
					type: 'n8n-nodes-kandji.kandjiTrigger',
					typeVersion: 1,
					position: [0, 0],
					parameters: {
						events: ['auditEvent', 'deviceChanged', 'deviceEnrolled', 'deviceRemoved'],
						auditFilters: { action: 'create' },
						watchFields: ['device_name'],
						pollTimes: everyFiveSeconds,
					},
					credentials: { kandjiApi: { id, name } },
				},
			],
			connections: {},
		};
		workflow = await client.createWorkflow(definition);
	});

	afterAll(async () => {
		await n8n.stop();
		await kandji.tenant.close();
		await removeUserFolder(userFolder);
	});

	it('starts one execution for each change, also when n8n is killed between polls or during one', async () => {
		const { url, faults } = kandji.tenant;
		const expected: string[] = [];

		await client.activate(workflow);
		await polls(1);
		expect(await emitted()).toEqual([]);

		const added = await mutate(url, { op: 'addDevice' });
		expected.push(`deviceEnrolled ${String(added.device_id)}`);
		await waitForExecutions(1);
		const device_id = String(added.device_id);
		await mutate(url, { op: 'updateDevice', device_id, fields: { device_name: 'Renamed' } });
		expected.push(`deviceChanged ${device_id}`);
		await waitForExecutions(2);
		await mutate(url, { op: 'removeDevice', device_id });
		expected.push(`deviceRemoved ${device_id}`);
		await waitForExecutions(3);
		const audit: Mutation = {
			op: 'addAuditEvent',
			event: { action: 'create', target_type: 'blueprint' },
		};
		expected.push(`auditEvent ${String((await mutate(url, audit)).id)}`);
		await waitForExecutions(4);

		await polls(1);
		const beforeKill = (await emitted()).flat();
		expect(new Set(beforeKill.map(({ event_id }) => event_id)).size).toBe(expected.length);
		await killAndStart(async () => {
			const during = await mutate(url, { op: 'addDevice' });
			expected.push(`deviceEnrolled ${String(during.device_id)}`);
		});
		await waitForExecutions(5);

		faults.add({ kind: 'latency', ms: 5000, path: '/api/v1/devices' });
		const during = await mutate(url, { op: 'addDevice' });
		expected.push(`deviceEnrolled ${String(during.device_id)}`);
		const { received } = requests();
		await pWaitFor(() => requests().received > received, { timeout: 90_000 });
		await killAndStart(async () => faults.clear());
		await waitForExecutions(6);

		await polls(2);
		const executions = await emitted();
		expect(executions.every(({ length }) => length === 1)).toBe(true);
		const items = executions.flat();
		const distinct = [...new Map(items.map((json) => [json.event_id, json])).values()];
		// Killed between emitting and saving, n8n emits again, with the same ID: only what was found around that time.
		const again = items.slice(beforeKill.length).map(({ event_id }) => event_id);
		const settled = beforeKill.slice(0, -1).map(({ event_id }) => event_id);
		expect(again.filter((id) => settled.includes(id))).toEqual([]);
		await polls(2);
		expect((await emitted()).flat()).toHaveLength(items.length);
		expect(
			distinct.map((json) => `${String(json.event)} ${String(json.device_id ?? json.id)}`),
		).toEqual(expected);
	});
});
