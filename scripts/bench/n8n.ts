import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parse } from 'flatted';
import type { IDataObject, IRunExecutionData } from 'n8n-workflow';
import pWaitFor from 'p-wait-for';

import { chain, START, type NewNode } from '../../test/e2e/support/workflow';
import { N8nClient } from '../n8n/client';
import type { N8nInstallation } from '../n8n/install';
import { removeUserFolder } from '../n8n/pack';
import { startN8n } from '../n8n/server';
import type { StoredWorkflow } from '../n8n/types';
import { findProcess, peakMb, resetPeak } from './memory';
import type { Measurement } from './report';
import type { BenchTenant } from './tenant';

const ENDED = new Set(['success', 'error', 'canceled', 'crashed']);
const RUN_TIMEOUT_MS = 600_000;

/** A new n8n that nobody has used yet. */
export interface BenchN8n {
	client: N8nClient;
	/** From its start until it was ready. */
	startMs: number;
	/** Missing where processes cannot be looked up. */
	pid?: number;
	/**
	 * A stored execution, read past n8n: to send it would cost n8n memory and time that are not the run's.
	 */
	readExecution(id: string): IRunExecutionData;
	stop(): Promise<void>;
}

function readStored(file: string, id: string): IRunExecutionData {
	const database = new DatabaseSync(file, { readOnly: true });
	try {
		const row = database.prepare('SELECT data FROM execution_data WHERE executionId = ?').get(id);
		return parse(String(row?.data)) as IRunExecutionData;
	} finally {
		database.close();
	}
}

/** @param folder its user folder, removed when it stops */
export async function openN8n(installation: N8nInstallation, folder: string): Promise<BenchN8n> {
	const userFolder = await realpath(folder);
	const begun = performance.now();
	const n8n = await startN8n({ installation, userFolder });
	const startMs = performance.now() - begun;
	const client = new N8nClient(n8n.url);
	await client.setUpOwner({
		email: 'owner@example.com',
		firstName: 'Kandji',
		lastName: 'Admin',
		password: 'Benchmark-1',
	});
	return {
		client,
		startMs,
		pid: findProcess(userFolder, 'start'),
		readExecution: (id) => readStored(path.join(userFolder, '.n8n', 'database.sqlite'), id),
		stop: async () => {
			await n8n.stop();
			await removeUserFolder(userFolder);
		},
	};
}

/**
 * Stores a workflow of the nodes under test, with the tenant's credential in each.
 * @param input what its trigger puts out
 */
export async function addWorkflow(
	{ client }: BenchN8n,
	tenant: Pick<BenchTenant, 'credential'>,
	nodes: NewNode[],
	input: IDataObject[] = [{}],
): Promise<StoredWorkflow> {
	const { id, name } = await client.createCredential({
		name: 'Tenant',
		type: 'kandjiApi',
		data: { ...tenant.credential },
	});
	const credentials = { kandjiApi: { id, name } };
	return await client.createWorkflow(
		chain(input, ...nodes.map((node) => ({ ...node, credentials }))),
	);
}

/** n8n drops idle connections when a node keeps its only thread to itself for seconds. */
function ifBusy(error: unknown): [] {
	if (error instanceof TypeError) return [];
	throw error;
}

/**
 * Runs a workflow once.
 * @param expected how many items its last node is to put out
 * @throws Error when more items come out than there are
 */
export async function measure(
	{ client, pid, readExecution }: BenchN8n,
	workflow: StoredWorkflow,
	expected: number,
): Promise<Measurement> {
	resetPeak(pid);
	const response = await client.fetch('POST', `/rest/workflows/${workflow.id}/run`, {
		triggerToStartFrom: { name: START },
	});
	if (!response.ok) throw new Error(`n8n did not run the workflow: ${await response.text()}`);
	const { data } = (await response.json()) as { data: { executionId: string } };
	let status = '';
	const isOver = async () => {
		const executions = await client.executions({ workflowId: workflow.id }).catch(ifBusy);
		status = executions.find(({ id }) => id === data.executionId)?.status ?? '';
		return ENDED.has(status);
	};
	await pWaitFor(isOver, { interval: 100, timeout: RUN_TIMEOUT_MS });
	const peak = peakMb(pid);

	const { runData, error } = readExecution(data.executionId).resultData;
	const names = workflow.nodes.map(({ name }) => name).filter((name) => name !== START);
	const ms = names
		.flatMap((name) => runData[name] ?? [])
		.reduce((sum, { executionTime }) => sum + executionTime, 0);
	const items = runData[names.at(-1) ?? '']?.at(-1)?.data?.main?.[0] ?? [];
	const failed = items.filter((item) => item.error ?? item.json.error);
	const failures = expected - items.length + failed.length;
	if (failures < 0)
		throw new Error(`${names.join(', ')} put out ${items.length} of ${expected} items`);
	const reason = [error?.message, failed[0]?.json.error, status].find(Boolean);
	return { ms, failures, ...(failures > 0 && { reason: JSON.stringify(reason) }), peakMb: peak };
}
