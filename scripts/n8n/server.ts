import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import getPort from 'get-port';
import pWaitFor from 'p-wait-for';
import { onExit } from 'signal-exit';
import { childEnvironment } from './environment';
import type { N8nInstallation } from './install';

const HOST = '127.0.0.1';
const READY_TIMEOUT_MS = 180_000;
const STOP_TIMEOUT_MS = 20_000;
const LOG_LINES_SHOWN = 30;

/** What a main process or a worker is started with. */
export interface N8nOptions {
	installation: N8nInstallation;
	/** N8N_USER_FOLDER, with the package in it; main and workers of one n8n share it. */
	userFolder: string;
	/** More environment, such as queue mode's; it goes before the standard one. */
	env?: Record<string, string>;
}

/** A running n8n process. */
export interface N8nProcess {
	/** Where it answers: a main process serves the editor here, a worker only its health check. */
	url: string;
	/** All that it printed. */
	logFile: string;
	/** Ends it, and what it started, as Ctrl-C would; resolves when it is gone. */
	stop(): Promise<void>;
	/** Ends it, and what it started, by SIGKILL: no time to save anything. */
	kill(): Promise<void>;
}

/**
 * Starts the main process, with the editor and the REST API, and waits until it is ready.
 * @param options port: a free one by default; give one to restart under the same URL
 * @throws Error with the end of the log if it ends or is not ready within three minutes
 */
export async function startN8n(options: N8nOptions & { port?: number }): Promise<N8nProcess> {
	const port = options.port ?? (await getPort());
	return await startProcess('start', port, options, {
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: HOST,
	});
}

/** Starts a worker of an n8n in queue mode; `options.env` is the main process's. Throws likewise. */
export async function startWorker(options: N8nOptions): Promise<N8nProcess> {
	const port = await getPort();
	return await startProcess('worker', port, options, {
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_WORKER_SERVER_ADDRESS: HOST,
	});
}

async function startProcess(
	command: 'start' | 'worker',
	port: number,
	{ installation, userFolder, env }: N8nOptions,
	commandEnv: Record<string, string>,
): Promise<N8nProcess> {
	const logFile = path.join(userFolder, `${command}-${port}.log`);
	const log = openSync(logFile, 'a');
	const child = spawn(process.execPath, [installation.bin, command], {
		cwd: userFolder,
		env: childEnvironment({
			...(await quietEnvironment(installation, userFolder)),
			...commandEnv,
			...env,
		}),
		stdio: ['ignore', log, log],
		// A process group of its own, so that n8n's task runners end with it.
		detached: true,
	});
	closeSync(log);
	child.once(
		'exit',
		onExit(() => signalGroup(child, 'SIGKILL')),
	);

	const url = `http://${HOST}:${port}`;
	try {
		await pWaitFor(async () => hasEnded(child) || (await isReady(url, readyPaths[command])), {
			interval: 250,
			timeout: READY_TIMEOUT_MS,
		});
		if (hasEnded(child)) throw new Error('it ended');
	} catch (cause) {
		await end(child, 'SIGKILL');
		const lastLines = (await readFile(logFile, 'utf8'))
			.split('\n')
			.slice(-LOG_LINES_SHOWN)
			.join('\n');
		throw new Error(`n8n ${command} did not get ready. Its log ends:\n${lastLines}`, { cause });
	}
	return {
		url,
		logFile,
		stop: async () => await end(child, 'SIGTERM'),
		kill: async () => await end(child, 'SIGKILL'),
	};
}

/** An n8n on free ports that keeps to itself: no calls home, nothing asked of the user. */
const quietEnvironment = async ({ folder }: N8nInstallation, userFolder: string) => ({
	N8N_USER_FOLDER: userFolder,
	N8N_RUNNERS_BROKER_PORT: String(await getPort()),
	N8N_SECURE_COOKIE: 'false',
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	// It calls home at every start; an n8n that does not know the name would refuse to start.
	...(existsSync(path.join(folder, 'node_modules/n8n/dist/modules/mcp-registry')) && {
		N8N_DISABLED_MODULES: 'mcp-registry',
	}),
});

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

/** A main process of older versions is ready before it serves the editor's API. */
const readyPaths = {
	start: ['/healthz/readiness', '/rest/settings'],
	worker: ['/healthz/readiness'],
};

const isReady = async (url: string, paths: string[]) => {
	const answers = paths.map(async (each) => (await fetch(url + each)).ok);
	return await Promise.all(answers).then(
		(oks) => oks.every(Boolean),
		() => false,
	);
};

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
	if (!hasEnded(child)) {
		const ended = once(child, 'exit');
		signalGroup(child, signal);
		const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), STOP_TIMEOUT_MS);
		await ended;
		clearTimeout(timer);
	}
	signalGroup(child, 'SIGKILL');
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
	if (pid === undefined) return;
	try {
		process.kill(-pid, signal);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}
