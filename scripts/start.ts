import { randomBytes } from 'node:crypto';
import { Listr } from 'listr2';

import type { KandjiCredential } from '../simulator/engine/credentials';
import { startTenant, type Tenant } from '../simulator/tenant';
import { build } from './n8n/build';
import { N8nClient } from './n8n/client';
import { installN8n, N8N_FILES, n8nStatus, type N8nInstallation } from './n8n/install';
import { createUserFolder } from './n8n/pack';
import { startN8n, type N8nProcess } from './n8n/server';
import type { Owner } from './n8n/types';
import { announcement } from './start/announcement';
import { enrollCommand } from './start/enroll';
import { help, readOptions, type StartOptions } from './start/options';
import { barFor, timed, type Bar } from './start/progress';
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

/** Seconds that a step takes on a laptop, for its bar. */
const usualSeconds = { build: 10, pack: 5, n8n: 20 };

const outputBar = (task: { output: string }): Bar =>
	barFor((text) => (task.output = text), process.stdout.isTTY);

const tasksFor = (options: StartOptions, owner: Owner) => {
	const ownsN8n = options.running === undefined;
	return new Listr<Context>(
		[
			{
				title: 'Build the package',
				enabled: ownsN8n,
				task: async (_, task) => await timed(outputBar(task), usualSeconds.build, build),
			},
			{
				title: `Install n8n ${n8nStatus().version}`,
				enabled: ownsN8n,
				task: async (context, task) => {
					const bar = outputBar(task);
					context.installation = await installN8n((progress, files) => {
						if (files === undefined) task.output = progress;
						else bar(files, N8N_FILES, 'files');
					});
					task.title = `n8n ${context.installation.version} is installed`;
				},
			},
			{
				title: 'Install the packed package in it',
				enabled: ownsN8n,
				task: async (context, task) => {
					context.userFolder = await timed(outputBar(task), usualSeconds.pack, createUserFolder);
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
				task: async (context, task) =>
					await timed(outputBar(task), usualSeconds.n8n, async () => {
						context.n8n = await startN8n({ ...context, port: options.port });
						context.client = new N8nClient(context.n8n.url);
						await context.client.setUpOwner(owner);
					}),
			},
			{
				title: `Sign in to ${options.running?.url}`,
				enabled: !ownsN8n,
				task: async (context) => {
					context.client = new N8nClient(options.running?.url ?? '');
					if (await context.client.isNew()) await context.client.setUpOwner(owner);
					else await context.client.signIn(owner);
				},
			},
			{
				title: 'Add the credential and the example workflows',
				task: async (context, task) => {
					const count = await addExamples(context, outputBar(task));
					task.title = `Added the credential and the example workflows (${count})`;
				},
			},
		],
		{ concurrent: false, rendererOptions: { collapseSubtasks: false } },
	);
};

/** Adds the simplest example last: n8n lists what was changed last first. */
async function addExamples({ client, credential }: Context, bar: Bar): Promise<number> {
	const stored = await client.createCredential({
		name: 'Kandji account',
		type: 'kandjiApi',
		data: { ...credential },
	});
	const workflows = await exampleWorkflows();
	for (const [added, workflow] of workflows.reverse().entries()) {
		bar(added, workflows.length, 'examples');
		await client.createWorkflow(withCredential(workflow, stored));
	}
	return workflows.length;
}

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
	const started = Date.now();
	if (!options.running) console.log(`${announcement(n8nStatus())}\n`);
	try {
		await tasksFor(options, owner).run(context);
	} catch {
		// The task list has shown why.
		process.exitCode = 1;
		return;
	}
	console.log(
		`\nReady after ${Math.round((Date.now() - started) / 1000)} s. The workflows, the simplest first:`,
	);
	console.log(new URL('/home/workflows', context.client.url).href);
	if (context.n8n) {
		console.log(`Sign in as ${owner.email} with ${owner.password}`);
		console.log(`n8n's log: ${context.n8n.logFile}`);
	}
	if (context.tenant) {
		console.log(`Simulated tenant: ${context.tenant.url}`);
		console.log(`Enroll a Mac in it: ${enrollCommand(context.tenant.url)}`);
	}
	if (!context.n8n && !context.tenant) return;
	console.log(
		context.n8n
			? '\nPress Ctrl-C to stop n8n and delete the editor’s data.'
			: '\nPress Ctrl-C to stop the simulated tenant.',
	);
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
