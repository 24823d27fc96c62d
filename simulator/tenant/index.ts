import { performance } from 'node:perf_hooks';

import { BlockedWatch } from './blocked';
import type { Core } from './core';
import { Counters } from './counters';
import { Faults } from './faults';
import { mutate, type Mutation } from './mutate';
import { settle, type TenantOptions } from './options';
import { Permissions } from './permissions';
import { RateLimit } from './rateLimit';
import { buildApi, operationNames } from './server';
import { createState, type TenantState } from './state';
import { assignLazily } from './state/lazy';
import { randomFor } from './state/random';
import { buildStorage } from './storage';

export type { LoggedRequest } from './counters';
export type { Fault, FaultRule } from './faults';
export type { Mutation } from './mutate';
export type { TenantOptions } from './options';
export type { TenantState } from './state';
export type * from './state/types';

/** A running simulated tenant. */
export interface Tenant {
	/** `http://127.0.0.1:PORT`; the API is under /api/v1 and /api/v2. */
	readonly url: string;
	/** Serves uploads and exports: another origin, which must never receive the token. */
	readonly storageUrl: string;
	/** A UUID. */
	readonly token: string;
	/** The live state: reads return it, writes change it, and tests may change it too. */
	readonly state: TenantState;
	readonly counters: Counters;
	readonly faults: Faults;
	readonly permissions: Permissions;
	/** All operations of the API, "METHOD /path/{template}". */
	readonly operations: readonly string[];
	/** The largest number of requests received in any sliding 1000 ms window, however late they were noticed. */
	maxPerSecond(): number;
	/** Changes the tenant as an administrator or a device would; the same as `POST /_control/mutate`. */
	mutate(mutation: Mutation): unknown;
	/** Restores the generated state and the initial counters, faults, permissions and token. */
	reset(): void;
	close(): Promise<void>;
}

/** Starts a tenant on a free port of the loopback interface, ready for requests. Close it after use. */
export async function startTenant(options: TenantOptions = {}): Promise<Tenant> {
	const settings = settle(options);
	const begun = performance.now();
	const core: Core = {
		settings,
		token: settings.token || randomFor(settings.seed, 'token').uuid(),
		state: createState(settings),
		counters: new Counters(),
		faults: new Faults(),
		blocked: new BlockedWatch(),
		permissions: new Permissions(settings.permissions),
		rateLimit: new RateLimit(settings.rateLimit),
		tokenRevoked: false,
		storageOrigin: '',
		elapsed: () => performance.now() - begun,
		reset() {
			assignLazily(core.state, createState(settings));
			core.counters.reset();
			core.faults.clear();
			core.permissions = new Permissions(settings.permissions);
			core.rateLimit = new RateLimit(settings.rateLimit);
			core.tokenRevoked = false;
		},
	};
	const storage = await buildStorage(core);
	core.storageOrigin = await storage.listen({ host: settings.host, port: 0 });
	const api = await buildApi(core);
	const url = await api.listen({ host: settings.host, port: settings.port });
	return {
		url,
		storageUrl: core.storageOrigin,
		token: core.token,
		state: core.state,
		counters: core.counters,
		faults: core.faults,
		get permissions() {
			return core.permissions;
		},
		operations: operationNames(core),
		maxPerSecond: () => core.counters.maxPerSecond(),
		mutate: (mutation) => mutate(core, mutation),
		reset: core.reset,
		close: async () => {
			core.blocked.stop();
			await Promise.all([api.close(), storage.close()]);
		},
	};
}
