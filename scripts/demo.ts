import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';

import type {
	ExportedWorkflow,
	KandjiCredential,
	WorkflowResult,
} from '../simulator/engine/engine';
import type { Tenant } from '../simulator/tenant/index';
import { help, readOptions, type DemoOptions } from './demo/options';
import { watchRequests } from './demo/requests';
import { formatTable, summarise } from './demo/table';
import { UsageError } from './usageError';

const workflowFile = 'workflows/device-inventory.json';
const devicesNode = 'Get all devices';
const fileVaultNode = 'Get FileVault status';

interface Context {
	credential: KandjiCredential;
	tenant?: Tenant;
	result: WorkflowResult;
}

/** What failed on the way, as n8n would show it. */
const failure = ({ error }: WorkflowResult) =>
	[error?.message, error && 'description' in error ? error.description : undefined]
		.filter(Boolean)
		.join('\n');

const jsonOf = (result: WorkflowResult, node: string): IDataObject[] =>
	result.items(node).map(({ json }) => json);

/** @returns undefined when it failed and the task list has shown why */
async function run(options: DemoOptions): Promise<WorkflowResult | undefined> {
	const { Listr, ListrLogger, ProcessOutput } = await import('listr2');
	const isTerminal = Boolean(process.stderr.isTTY && process.stdout.isTTY);
	const logger = new ListrLogger({
		useIcons: true,
		processOutput: new ProcessOutput(process.stderr, process.stderr),
	});
	const tasks = new Listr<Context>(
		[
			{
				title: `Start a simulated tenant with ${options.devices} devices`,
				enabled: options.credential === undefined,
				task: async (context) => {
					const { startTenant } = await import('../simulator/tenant/index.js');
					// As far away as the real one.
					const tenant = await startTenant({ devices: options.devices, latencyMs: 100 });
					context.tenant = tenant;
					context.credential = { region: 'custom', apiUrl: tenant.url, token: tenant.token };
				},
			},
			{
				title: `Run ${workflowFile} in n8n's engine`,
				task: async (context, task) => {
					const { runWorkflow } = await import('../simulator/engine/engine.js');
					const text = await readFile(join(__dirname, '..', workflowFile), 'utf8');
					const stopWatching = watchRequests((progress) => {
						if (isTerminal) task.output = progress;
					});
					context.result = await runWorkflow(JSON.parse(text) as ExportedWorkflow, {
						credential: context.credential,
					}).finally(stopWatching);
					const { status, run } = context.result;
					const isOnlyFileVault = run.data.resultData.lastNodeExecuted === fileVaultNode;
					if (status !== 'success' && !isOnlyFileVault) {
						throw new UsageError(failure(context.result));
					}
				},
			},
		],
		{
			rendererOptions: { logger },
			fallbackRenderer: 'simple',
			fallbackRendererOptions: { logger },
			fallbackRendererCondition: !isTerminal,
			silentRendererCondition: options.json,
		},
	);
	const context = { credential: options.credential } as Context;
	try {
		await tasks.run(context);
		return context.result;
	} catch (error) {
		if (options.json) throw error;
		process.exitCode = 1;
		return undefined;
	} finally {
		await context.tenant?.close();
	}
}

async function main(): Promise<void> {
	const options = readOptions(process.argv.slice(2), process.env);
	if (options.help) {
		console.log(help);
		return;
	}
	const result = await run(options);
	if (result === undefined) return;
	const devices = jsonOf(result, devicesNode);
	if (options.json) {
		process.stdout.write(`${JSON.stringify(devices, null, '\t')}\n`);
		return;
	}
	const fileVault = jsonOf(result, fileVaultNode);
	console.log(`\n${formatTable(summarise(devices, fileVault))}`);
	if (result.status !== 'success') {
		console.log(`\nThe FileVault status could not be read: ${failure(result)}`);
	}
	console.log(`\n${devices.length} devices`);
}

main().catch((error: unknown) => {
	console.error(error instanceof UsageError ? error.message : error);
	process.exitCode = 1;
});
