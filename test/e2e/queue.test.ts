import { randomUUID } from 'node:crypto';
import type { INodeParameters } from 'n8n-workflow';
import pWaitFor from 'p-wait-for';

import { outputOf } from '../../scripts/n8n/client';
import type { ExecutionSummary, NewWorkflow, StoredCredential } from '../../scripts/n8n/types';
import { startTenant, type Device, type Tenant } from '../../simulator/tenant';
import { mostInASecond } from '../../simulator/tenant/counters';
import { queueCredential, startQueue, type Queue } from './support/queue';
import { sequence, webhook, type NewNode } from './support/workflow';

const PER_SECOND = 50;
const ANNOTATED = 200;
const LOCKS = 40;
const LOCK = 'POST /api/v1/devices/{device_id}/action/lock';
const UNFINISHED = ['new', 'running', 'waiting'];
const TIMEOUT_MS = 120_000;

/** n8n polls at most once a minute for each of these. */
const everyTenSeconds = {
	item: Array.from({ length: 6 }, (_, index) => ({
		mode: 'custom',
		cronExpression: `${index * 10} * * * * *`,
	})),
};

const statusesOf = (executions: ExecutionSummary[]) =>
	executions.reduce<Record<string, number>>(
		(counts, { status }) => ({ ...counts, [status]: (counts[status] ?? 0) + 1 }),
		{},
	);

describe('queue mode, with two workers', () => {
	let tenant: Tenant;
	let queue: Queue;
	let credential: StoredCredential;

	beforeAll(async () => {
		tenant = await startTenant({ devices: 300, rateLimit: { window: 'sliding' } });
		queue = await startQueue(tenant);
		credential = await queue.client.createCredential(queueCredential(tenant));
	});

	beforeEach(() => tenant.reset());

	afterAll(async () => {
		await queue.stop();
		await tenant.close();
	});

	const node = (name: string, type: string, parameters: INodeParameters): NewNode => ({
		name,
		type: `n8n-nodes-kandji.${type}`,
		parameters,
		credentials: { kandjiApi: { id: credential.id, name: credential.name } },
	});

	const activate = async (definition: NewWorkflow) => {
		const workflow = await queue.client.createWorkflow(definition);
		await queue.client.activate(workflow);
		return workflow;
	};

	const post = async (path: string, body: object) =>
		await fetch(`${queue.url}/webhook/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});

	/** Posts them all, as soon as n8n knows the path. */
	const postAll = async (path: string, bodies: object[]) => {
		const [first = {}, ...others] = bodies;
		await pWaitFor(async () => (await post(path, first)).ok, { interval: 250, timeout: 60_000 });
		const responses = await Promise.all(others.map(async (body) => await post(path, body)));
		expect(responses.filter(({ ok }) => !ok)).toEqual([]);
	};

	/** Waits until so many executions of a workflow have ended, one way or the other. */
	const ended = async ({ id: workflowId }: { id: string }, count: number) => {
		const { client } = queue;
		return await pWaitFor(
			async () => {
				// One listing: an execution could start between two.
				const executions = await client.executions({ workflowId });
				const areEnded = executions.every(({ status }) => !UNFINISHED.includes(status));
				return areEnded && executions.length >= count && pWaitFor.resolveWith(executions);
			},
			{ interval: 1000, timeout: TIMEOUT_MS },
		);
	};

	const devices = () => [...tenant.state.devices.values()];
	const notesOf = ({ device_id }: Device) => tenant.state.notes.get(device_id) ?? [];

	it('runs what the trigger starts on a worker', async () => {
		const workflow = await activate(
			sequence(
				node('Trigger', 'kandjiTrigger', {
					events: ['deviceEnrolled'],
					pollTimes: everyTenSeconds,
				}),
				node('Device', 'kandji', {
					resource: 'device',
					operation: 'get',
					deviceId: { mode: 'id', value: '={{ $json.device_id }}' },
				}),
			),
		);
		await pWaitFor(() => (tenant.counters.operations['GET /api/v1/devices']?.executed ?? 0) > 0, {
			timeout: 40_000,
		});
		tenant.mutate({ op: 'addDevice' });
		const [execution] = await ended(workflow, 1);
		await queue.client.deactivate(workflow);
		const { id = '' } = execution ?? {};
		const whole = await queue.client.execution(id);
		expect(whole).toMatchObject({ status: 'success', mode: 'trigger' });
		expect(outputOf(whole, 'Device')).toHaveLength(1);
		const started = await Promise.all(queue.workers.map(async (worker) => worker.executions()));
		expect(started.flatMap((executions) => executions.finished)).toContain(id);
	});

	it('runs 200 executions that read and write, each process in its pace', async () => {
		const annotated = devices().slice(0, ANNOTATED);
		const notesBefore = new Map(annotated.map((device) => [device, notesOf(device).length]));
		const halves = [annotated.slice(0, ANNOTATED / 2), annotated.slice(ANNOTATED / 2)];
		await Promise.all(
			halves.map(async (half) => {
				const path = `annotate-${randomUUID()}`;
				const workflow = await activate(
					sequence(
						webhook(path),
						node('Device', 'kandji', {
							resource: 'device',
							operation: 'get',
							deviceId: { mode: 'id', value: '={{ $json.body.device_id }}' },
						}),
						node('Note', 'kandji', {
							resource: 'deviceNote',
							operation: 'create',
							deviceId: { mode: 'id', value: '={{ $json.device_id }}' },
							content: '={{ $json.serial_number }} was seen',
						}),
					),
				);
				await postAll(
					path,
					half.map(({ device_id }) => ({ device_id })),
				);
				const executions = await ended(workflow, half.length);
				await queue.client.deactivate(workflow);
				expect(statusesOf(executions)).toEqual({ success: half.length });
			}),
		);

		const { log } = tenant.counters;
		const times = (requests: typeof log) => requests.map(({ at }) => at);
		for (const { host } of queue.workers) {
			const own = log.filter(({ headers }) => headers.host === host);
			expect(own.length).toBeGreaterThan(ANNOTATED / 4);
			expect(mostInASecond(times(own))).toBeLessThanOrEqual(PER_SECOND);
		}
		const executed = log.filter((request) => request.executed);
		expect(executed).toHaveLength(2 * ANNOTATED);
		expect(mostInASecond(times(executed))).toBeLessThanOrEqual(PER_SECOND);
		for (const device of annotated) {
			const added = notesOf(device).slice(notesBefore.get(device));
			expect(added.map(({ content }) => content)).toEqual([`${device.serial_number} was seen`]);
		}
	});

	it('neither repeats nor loses a lock when a worker is killed', async () => {
		const deviceId = { mode: 'id', value: '={{ $json.body.device_id }}' };
		const workflow = await activate(
			sequence(
				webhook('lock'),
				node('Lock', 'kandji', { resource: 'deviceAction', operation: 'lock', deviceId }),
			),
		);
		tenant.faults.add({ kind: 'latency', ms: 3000, method: 'POST' });
		const macs = devices().filter(({ platform }) => platform === 'Mac');
		const [doomed, survivor] = queue.workers;
		const locksOf = ({ host }: { host: string }) =>
			tenant.counters.log.filter((r) => r.operation === LOCK && r.headers.host === host);
		await postAll(
			'lock',
			macs.slice(0, LOCKS).map(({ device_id }) => ({ device_id })),
		);
		await pWaitFor(() => locksOf(doomed).length > 2 && locksOf(survivor).length > 2, {
			timeout: TIMEOUT_MS,
		});
		await doomed.kill();

		const executions = await ended(workflow, LOCKS);
		const ids = new Set(executions.map(({ id }) => id));
		const { started, finished } = await doomed.executions();
		const inFlight = started.filter((id) => ids.has(id) && !finished.includes(id));
		const unsuccessful = executions.filter(({ status }) => status !== 'success');
		expect(inFlight.length).toBeGreaterThan(0);
		expect(statusesOf(executions)).toEqual({
			success: LOCKS - inFlight.length,
			error: inFlight.length,
		});
		expect(unsuccessful.map(({ id }) => id).sort()).toEqual(inFlight.sort());
		const rerun = (await survivor.executions()).started.filter((id) => inFlight.includes(id));
		expect(rerun).toEqual([]);
		const locked = [...locksOf(doomed), ...locksOf(survivor)].map(({ url }) => url);
		expect(new Set(locked).size).toBe(locked.length);
	});
});
