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

/** @param args as `npm run tenant` takes them, without the port */
export async function startTenantProcess(args: string[]): Promise<BenchTenant> {
	const script = path.join(projectFolder, 'scripts/tenant.ts');
	const child = spawn(process.execPath, ['--import', 'tsx', script, '--port', '0', ...args], {
		cwd: projectFolder,
		env: childEnvironment(),
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	child.once(
		'exit',
		onExit(() => void child.kill('SIGKILL')),
	);
	const lines: string[] = [];
	for await (const line of createInterface({ input: child.stdout })) {
		if (lines.push(line) === 2) break;
	}
	const [url, token] = [lines[0], lines[1]?.replace('token ', '')];
	if (url === undefined || token === undefined) throw new Error('The simulated tenant ended');
	return {
		url,
		token,
		credential: { region: 'custom', apiUrl: url, token },
		stop: async () => {
			const ended = once(child, 'exit');
			child.kill('SIGKILL');
			await ended;
		},
	};
}
