import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { childEnvironment, projectFolder } from '../../../scripts/n8n/environment';

/** A script of `npm start` that runs. */
export interface Start {
	/** What it has printed until it was ready. */
	text: string;
	/** Presses Ctrl-C, and returns the exit status. */
	stop(): Promise<number | null>;
}

/** Runs the script of `npm start` and waits until it has printed `until`, or has ended. */
export async function runStart({
	args = [],
	env = {},
	until = 'Press Ctrl-C',
}: {
	args?: string[];
	env?: Record<string, string>;
	until?: string;
}): Promise<Start> {
	const tsx = path.join(projectFolder, 'node_modules/.bin/tsx');
	const child = spawn(tsx, ['scripts/start.ts', ...args], {
		cwd: projectFolder,
		env: childEnvironment(env),
	});
	const ended = once(child, 'close');
	const lines: string[] = [];
	const printed = new Promise<void>((resolve) => {
		for (const output of [child.stdout, child.stderr]) {
			createInterface({ input: output }).on('line', (line) => {
				lines.push(line);
				if (line.includes(until)) resolve();
			});
		}
	});
	await Promise.race([printed, ended]);
	return {
		text: lines.join('\n'),
		stop: async () => {
			child.kill('SIGINT');
			const [exitCode] = (await ended) as [number | null];
			return exitCode;
		},
	};
}
