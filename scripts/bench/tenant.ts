import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { onExit } from 'signal-exit';

import type { KandjiCredential } from '../../simulator/engine/credentials';
import { childEnvironment, projectFolder } from '../n8n/environment';

/** A simulated tenant in a process of its own, so that its work is not counted as the client's. */
export interface BenchTenant {
	url: string;
	token: string;
	credential: KandjiCredential;
	stop(): Promise<void>;
}

/** What the tenant counted, apart from its limits. */
export async function countersOf({
	url,
}: Pick<BenchTenant, 'url'>): Promise<{ received: number; devices: number }> {
	const response = await fetch(`${url}/_control/counters`);
	return (await response.json()) as { received: number; devices: number };
}

/** Runs a script in a process of its own, which ends with this one, and reads its first lines. */
async function startScript(name: string, args: string[], lines: number) {
	const script = path.join(projectFolder, name);
	const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
		cwd: projectFolder,
		env: childEnvironment(),
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	child.once(
		'exit',
		onExit(() => void child.kill('SIGKILL')),
	);
	const output: string[] = [];
	for await (const line of createInterface({ input: child.stdout })) {
		if (output.push(line) === lines) break;
	}
	const stop = async () => {
		const ended = once(child, 'exit');
		child.kill('SIGKILL');
		await ended;
	};
	return { output, stop };
}

const tenantAt = (url: string, token: string): Omit<BenchTenant, 'stop'> => ({
	url,
	token,
	credential: { region: 'custom', apiUrl: url, token },
});

/** @param args as `npm run tenant` takes them, without the port */
export async function startTenantProcess(args: string[]): Promise<BenchTenant> {
	const { output, stop } = await startScript('scripts/tenant.ts', ['--port', '0', ...args], 2);
	const [url, token] = [output[0], output[1]?.replace('token ', '')];
	if (url === undefined || token === undefined) throw new Error('The simulated tenant ended');
	return { ...tenantAt(url, token), stop };
}

/** So many tenants in one process. */
export async function startTenantProcesses(count: number) {
	const { output, stop } = await startScript('scripts/bench/tenantsProcess.ts', [String(count)], 1);
	const started = JSON.parse(output[0] ?? '[]') as Array<{ url: string; token: string }>;
	if (started.length < count) throw new Error('The simulated tenants ended');
	return { tenants: started.map(({ url, token }) => tenantAt(url, token)), stop };
}
