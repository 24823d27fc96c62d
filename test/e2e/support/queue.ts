import { readFile } from 'node:fs/promises';

import { N8nClient } from '../../../scripts/n8n/client';
import { createUserFolder, removeUserFolder } from '../../../scripts/n8n/pack';
import { startN8n, startWorker, type N8nProcess } from '../../../scripts/n8n/server';
import type { NewCredential } from '../../../scripts/n8n/types';
import type { Tenant } from '../../../simulator/tenant';
import { startPostgres } from './postgres';
import { startRedis } from './redis';
import { sharedN8n } from './shared';

/** Worker process of an n8n in queue mode. */
export interface Worker extends N8nProcess {
	/** The host by which it addresses the tenant, and the other worker does not. */
	host: string;
	/** Ids of the executions that it has begun, and of those that it has ended. */
	executions(): Promise<{ started: string[]; finished: string[] }>;
}

/** An n8n in queue mode: one main process and two workers. */
export interface Queue {
	url: string;
	/** Signed in as the owner. */
	client: N8nClient;
	workers: [Worker, Worker];
	stop(): Promise<void>;
}

const LOG_LINE = /Worker (started|finished) execution (\d+)/g;

/** The variable by which each process is told where the tenant is. */
const TENANT_URL = 'TENANT_URL';

/** The tenant's credential for {@link startQueue}: its address is the one that the process was told. */
export const queueCredential = ({ token }: Tenant): NewCredential => ({
	name: 'Tenant',
	type: 'kandjiApi',
	data: { region: 'custom', apiUrl: `={{ $env.${TENANT_URL} }}`, token },
});

/**
 * Starts Redis, PostgreSQL, the main process and two workers. The workers address the tenant by different host
 * names, so that its log tells who asked.
 */
export async function startQueue(tenant: Tenant): Promise<Queue> {
	const [redis, postgres, userFolder] = await Promise.all([
		startRedis(),
		startPostgres(),
		createUserFolder(),
	]);
	const { installation, owner } = sharedN8n();
	const tenantPort = new URL(tenant.url).port;
	const optionsFor = (host: string) => ({
		installation,
		userFolder,
		env: {
			...postgres.env,
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			// A worker that was killed is noticed after seconds; by default it takes a minute more.
			QUEUE_WORKER_LOCK_DURATION: '10000',
			QUEUE_WORKER_LOCK_RENEW_TIME: '3000',
			QUEUE_WORKER_STALLED_INTERVAL: '5000',
			N8N_BLOCK_ENV_ACCESS_IN_NODE: 'false',
			[TENANT_URL]: `http://${host}:${tenantPort}`,
		},
	});
	const main = await startN8n(optionsFor('127.0.0.1'));
	const client = new N8nClient(main.url);
	await client.setUpOwner(owner);
	const startNamed = async (host: string): Promise<Worker> => {
		const worker = await startWorker(optionsFor(host));
		return {
			...worker,
			host: `${host}:${tenantPort}`,
			executions: async () => {
				const lines = [...(await readFile(worker.logFile, 'utf8')).matchAll(LOG_LINE)];
				const ids = (what: string) =>
					lines.filter(([, did]) => did === what).map(([, , id = '']) => id);
				return { started: ids('started'), finished: ids('finished') };
			},
		};
	};
	const workers = await Promise.all([startNamed('127.0.0.1'), startNamed('localhost')]);
	return {
		url: main.url,
		client,
		workers,
		stop: async () => {
			await Promise.all([main, ...workers].map(async (n8n) => await n8n.stop()));
			await Promise.all([redis.stop(), postgres.stop()]);
			await removeUserFolder(userFolder);
		},
	};
}
