import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import type * as Wait from '../../nodes/Kandji/transport/http/wait';
import {
	runNode,
	type KandjiCredential,
	type NodeResult,
	type RunNodeOptions,
} from '../../simulator/engine/engine';
import { packageFolder } from '../../simulator/engine/host';
import {
	startTenant,
	type Device,
	type LoggedRequest,
	type Tenant,
	type TenantOptions,
} from '../../simulator/tenant';

/** A tenant with the credential for it. */
export interface TestTenant {
	readonly tenant: Tenant;
	readonly credential: KandjiCredential;
	/** Runs the node against the tenant. */
	run(parameters: INodeParameters, options?: Partial<RunNodeOptions>): Promise<NodeResult>;
	/** The tenant's first devices of a platform. */
	devices(count: number, platform?: Device['platform']): Device[];
	/** Query strings of the requests so far to a path, oldest first. */
	queries(path: string): IDataObject[];
}

/** Everything a test does with a tenant that runs already. */
export const testTenantOf = (tenant: Tenant): TestTenant => {
	const credential = { region: 'custom', apiUrl: tenant.url, token: tenant.token };
	return {
		tenant,
		credential,
		run: async (parameters, options = {}) => await runNode(parameters, { credential, ...options }),
		devices: (count, platform = 'Mac') =>
			[...tenant.state.devices.values()]
				.filter((device) => device.platform === platform)
				.slice(0, count),
		queries: (path) =>
			tenant.counters.log
				.map(({ url }) => new URL(url, tenant.url))
				.filter(({ pathname }) => pathname === path)
				.map(({ searchParams }) => Object.fromEntries(searchParams)),
	};
};

/** A tenant of its own for one test, closed after `work`, so that the node starts with a new rate limiter. */
export async function withTenant<T>(
	options: TenantOptions,
	work: (testTenant: TestTenant) => Promise<T>,
): Promise<T> {
	const tenant = await startTenant(options);
	try {
		return await work(testTenantOf(tenant));
	} finally {
		await tenant.close();
	}
}

/** One tenant for all tests of a file, reset before each of them. Call it inside `describe`. */
export function useTestTenant(options: TenantOptions = {}): { readonly current: TestTenant } {
	let testTenant: TestTenant | undefined;
	beforeAll(async () => {
		testTenant = testTenantOf(await startTenant({ rateLimit: false, ...options }));
	});
	beforeEach(() => testTenant?.tenant.reset());
	afterAll(async () => await testTenant?.tenant.close());
	return {
		get current() {
			if (testTenant === undefined) throw new Error('The tenant runs only once the tests run');
			return testTenant;
		},
	};
}

/** A module of the node as it was built: the very instance that the node in the engine uses. */
export const builtModule = <T extends object>(path: string): T =>
	jest.requireActual<T>(join(packageFolder, 'dist/nodes/Kandji', path));

/**
 * Cuts every pause between two attempts of a request short, for tests of what is sent again and not of when. Call it
 * inside `describe`.
 */
export function withoutPauses(): void {
	let spy: jest.SpyInstance;
	// One for all tests of the block: a rate limiter keeps the one it was made with.
	beforeAll(() => {
		const wait = builtModule<typeof Wait>('transport/http/wait.js');
		const original = wait.wait;
		spy = jest
			.spyOn(wait, 'wait')
			.mockImplementation(async (ms, signal) => await original(Math.min(ms, 5), signal));
	});
	afterAll(() => spy.mockRestore());
}

/** The JSON of items. */
export const jsons = (items: INodeExecutionData[]): IDataObject[] => items.map(({ json }) => json);

/** Requests in the tenant's log that are writes. */
export const writes = (tenant: Tenant): LoggedRequest[] =>
	tenant.counters.log.filter(({ method }) => method !== 'GET');

/** What a user reads about a failed run: message and description. */
export const errorText = ({ error }: Pick<NodeResult, 'error'>): string =>
	error === undefined ? '' : `${error.message} | ${String(error.description ?? '')}`;

/** Waits until a condition holds. */
export async function eventually(holds: () => boolean, withinMs = 30_000): Promise<void> {
	const end = Date.now() + withinMs;
	while (!holds()) {
		if (Date.now() > end) throw new Error('The condition did not hold in time');
		await delay(2);
	}
}
