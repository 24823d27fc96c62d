import { randomBytes } from 'node:crypto';
import { Listr } from 'listr2';

import type { KandjiCredential } from '../simulator/engine/credentials';
import { startTenant, type Tenant } from '../simulator/tenant';
import { build } from './n8n/build';
import { N8nClient } from './n8n/client';
import { installN8n, type N8nInstallation } from './n8n/install';
import { createUserFolder } from './n8n/pack';
import { startN8n, type N8nProcess } from './n8n/server';
import type { Owner } from './n8n/types';
import { help, readOptions, type StartOptions } from './start/options';
import { exampleWorkflows, withCredential } from './start/workflows';
import { UsageError } from './usageError';

interface Context {
	installation: N8nInstallation;
	userFolder: string;
	n8n?: N8nProcess;
	tenant?: Tenant;
	client: N8nClient;
	credential: KandjiCredential;
}

/** n8n asks for eight letters with a capital and a digit. */
const newOwner = (): Owner => ({
	email: 'owner@example.com',
	firstName: 'Kandji',
	lastName: 'Admin',
	password: `K1-${randomBytes(9).toString('base64url')}`,
});

const tasksFor = (options: StartOptions, owner: Owner) => {
	const ownsN8n = options.running === undefined;
	return new Listr<Context>(
		[
			{ title: 'Build the package', enabled: ownsN8n, task: build },
			{
				title: 'Install n8n, once: five minutes and 3 GB in your cache folder',
				enabled: ownsN8n,
				task: async (context, task) => {
					context.installation = await installN8n((progress) => (task.output = progress));
					task.title = `n8n ${context.installation.version} is installed`;
				},
			},
			{
				title: 'Install the packed package in it',
				enabled: ownsN8n,
				task: async (context) => {
					context.userFolder = await createUserFolder();
				},
			},
			{
				title: `Start a simulated tenant with ${options.devices} devices`,
				enabled: options.credential === undefined,
				task: async (context) => {
					const tenant = await startTenant({ devices: options.devices, latencyMs: 100 });
					context.tenant = tenant;
					context.credential = { region: 'custom', apiUrl: tenant.url, token: tenant.token };
				},
			},
			{
				title: 'Start n8n',
				enabled: ownsN8n,
				task: async (context) => {
					context.n8n = await startN8n({ ...context, port: options.port });
					context.client = new N8nClient(context.n8n.url);
					await context.client.setUpOwner(owner);
				},
			},
			{
				title: `Sign in to ${options.running?.url}`,
				enabled: !ownsN8n,
				task: async (context) => {
					context.client = new N8nClient(options.running?.url ?? '');
					await context.client.signIn(owner);
				},
			},
			{
				title: 'Add the credential and the example workflows',
				task: async ({ client, credential }, task) => {
					const stored = await client.createCredential({
						name: 'Kandji account',
						type: 'kandjiApi',
						data: { ...credential },
					});
					const workflows = await exampleWorkflows();
					for (const workflow of workflows) {
						await client.createWorkflow(withCredential(workflow, stored));
					}
					task.title = `Added the credential and the example workflows (${workflows.length})`;
				},
			},
		],
		{ concurrent: false, rendererOptions: { collapseSubtasks: false } },
	);
};

const nextSignal = async (): Promise<void> =>
	await new Promise((resolve) => {
		process.once('SIGINT', () => resolve());
		process.once('SIGTERM', () => resolve());
	});

async function main(): Promise<void> {
	const options = readOptions(process.argv.slice(2), process.env);
	if (options.help) {
		console.log(help);
		return;
	}
	const owner: Owner = { ...newOwner(), ...options.running };
	const context = { credential: options.credential } as Context;
	try {
		await tasksFor(options, owner).run(context);
	} catch {
		// The task list has shown why.
		process.exitCode = 1;
		return;
	}
	console.log(`\nn8n: ${context.client.url}`);
	if (context.n8n) {
		console.log(`Sign in as ${owner.email} with ${owner.password}`);
		console.log(`n8n's log: ${context.n8n.logFile}`);
	}
	if (context.tenant) console.log(`Simulated tenant: ${context.tenant.url}`);
	if (!context.n8n && !context.tenant) return;
	console.log('\nPress Ctrl-C to stop n8n and delete the editor’s data.');
	await nextSignal();
	console.log('\nStopping …');
	await Promise.all([context.n8n?.stop(), context.tenant?.close()]);
}

main().then(
	() => process.exit(),
	(error: unknown) => {
		console.error(error instanceof UsageError ? error.message : error);
		process.exit(1);
	},
);
