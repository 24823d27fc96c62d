import { setTimeout as delay } from 'node:timers/promises';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { NewNode } from '../../test/e2e/support/workflow';
import type { N8nInstallation } from '../n8n/install';
import { createUserFolder } from '../n8n/pack';
import {
	readDevices,
	readDevicesInEights,
	readDevicesPageByPage,
	readOneByOne,
	readPrism,
	readUsers,
} from './floor';
import { addWorkflow, measure, openN8n } from './n8n';
import { httpDevice, httpDevices, httpPrism, httpUsers, kandjiNode } from './nodes';
import {
	compare,
	median,
	noFailure,
	type Figures,
	type Goal,
	type Measurement,
	type Result,
} from './report';
import { startTenantProcess, type BenchTenant } from './tenant';

/** The same work done by the Kandji node, the HTTP Request node and a bare fetch loop. */
interface ComparisonScenario {
	/** Arguments of the simulated tenant. */
	tenant: string[];
	/** What goes into the node; one empty item by default. */
	input?: (tenant: BenchTenant) => Promise<IDataObject[]>;
	ours: INodeParameters;
	httpNode: (tenant: BenchTenant) => NewNode[];
	/** Returns the records, of which there are to be as many from the nodes. */
	floor: (tenant: BenchTenant, input: IDataObject[]) => Promise<IDataObject[]>;
	/** Other clients' ways to do it, by the name of the figure. */
	peers?: Record<string, (tenant: BenchTenant) => Promise<IDataObject[]>>;
	goals: Goal[];
}

const value = (figures: Figures, key: string): number => figures[key] ?? NaN;

const fasterThanHttp = (times: number): Goal => ({
	text: `at least ${times} times as fast as the HTTP Request node`,
	isMet: (figures) => value(figures, 'ratio_http') >= times,
});

const nearFloor = (times: number): Goal => ({
	text: `at most ${times} times the floor`,
	isMet: (figures) => value(figures, 'ratio_floor') <= times,
});

const notMoreMemory: Goal = {
	text: "peak memory not above the HTTP Request node's",
	isMet: (figures) => value(figures, 'peak_rss_mb') <= value(figures, 'peak_rss_http_mb'),
};

const singleGets = 2000;

const after = (ms: number): string[] => ['--latency', String(ms)];
const fleet = (devices: number): string[] => ['--devices', String(devices)];

const allDevices = {
	ours: { resource: 'device', operation: 'getAll', returnAll: true },
	httpNode: httpDevices,
	floor: readDevices,
};

/** All of them run within the limits of a tenant; memory is n8n's own peak while it runs and stores the execution. */
export const comparisons: Record<string, ComparisonScenario> = {
	return_all_30000: {
		...allDevices,
		tenant: [...fleet(30_000), ...after(150)],
		peers: { page_by_page: readDevicesPageByPage, in_eights: readDevicesInEights },
		goals: [fasterThanHttp(6), nearFloor(1.15), noFailure],
	},
	return_all_30000_no_totals: {
		...allDevices,
		tenant: [...fleet(30_000), ...after(150), '--no-totals'],
		goals: [fasterThanHttp(5), nearFloor(1.2 * 1.15), noFailure],
	},
	return_all_30000_50ms: {
		...allDevices,
		tenant: [...fleet(30_000), ...after(50)],
		goals: [fasterThanHttp(2), noFailure],
	},
	return_all_30000_400ms: {
		...allDevices,
		tenant: [...fleet(30_000), ...after(400)],
		goals: [fasterThanHttp(7), noFailure],
	},
	return_all_100000: {
		...allDevices,
		tenant: [...fleet(100_000), ...after(150)],
		goals: [notMoreMemory, noFailure],
	},
	get_2000: {
		tenant: [
			...fleet(singleGets),
			...after(150),
			// The hour's budget is for one run, not for all of them.
			...['--per-hour', '1000000'],
		],
		input: async (tenant) =>
			(await readDevices(tenant)).map(({ device_id }) => ({ device_id: device_id ?? null })),
		ours: {
			resource: 'device',
			operation: 'get',
			deviceId: { __rl: true, mode: 'id', value: '={{ $json.device_id }}' },
		},
		httpNode: httpDevice,
		floor: readOneByOne,
		goals: [noFailure, nearFloor(1.12)],
	},
	cursor_20000: {
		tenant: [...fleet(2_000), '--users', '20000', ...after(150)],
		ours: { resource: 'user', operation: 'getAll', returnAll: true },
		httpNode: httpUsers,
		floor: readUsers,
		goals: [fasterThanHttp(1), noFailure],
	},
	prism_50000: {
		// A fleet of this size has 50,000 apps and a few.
		tenant: [...fleet(6_290), ...after(150)],
		ours: { resource: 'prism', operation: 'getAll', category: 'apps', returnAll: true },
		httpNode: httpPrism('apps'),
		floor: async (tenant) => await readPrism(tenant, 'apps'),
		goals: [fasterThanHttp(4), nearFloor(1.5), noFailure],
	},
};

/** So long no limit remembers the run before. */
const PAUSE_MS = 1_500;

const describe = ({ ms, failures, reason, peakMb }: Measurement): string => {
	const memory = peakMb === undefined ? '' : `, ${Math.round(peakMb)} MB`;
	const failed = failures === 0 ? '' : `, ${failures} failed: ${reason}`;
	return `${ms} ms${memory}${failed}`;
};

/** The contenders take turns, so that a machine that slows down slows all of them. */
export async function runComparison(
	scenario: ComparisonScenario,
	runs: number,
	installation: N8nInstallation,
	report: (progress: string) => void,
): Promise<Result> {
	const tenant = await startTenantProcess(scenario.tenant);
	const open = async () => await openN8n(installation, await createUserFolder());
	const [ourN8n, httpN8n] = await Promise.all([open(), open()]);
	try {
		const input = await scenario.input?.(tenant);
		const ourWorkflow = await addWorkflow(ourN8n, tenant, [kandjiNode(scenario.ours)], input);
		const httpWorkflow = await addWorkflow(httpN8n, tenant, scenario.httpNode(tenant), input);
		const floors: Measurement[] = [];
		const ours: Measurement[] = [];
		const https: Measurement[] = [];
		const peers = Object.entries(scenario.peers ?? {}).map(([name, read]) => ({
			name,
			read,
			runs: [] as number[],
		}));
		for (let run = 1; run <= runs; run++) {
			await delay(PAUSE_MS);
			const begun = performance.now();
			const { length: expected } = await scenario.floor(tenant, input ?? []);
			const floorMs = performance.now() - begun;
			await delay(PAUSE_MS);
			const our = await measure(ourN8n, ourWorkflow, expected);
			const http = await measure(httpN8n, httpWorkflow, expected);
			for (const peer of peers) {
				await delay(PAUSE_MS);
				const start = performance.now();
				await peer.read(tenant);
				peer.runs.push(performance.now() - start);
			}
			floors.push({ ms: floorMs, failures: 0 });
			ours.push(our);
			https.push(http);
			report(
				`run ${run} of ${runs}, ${expected} items: Kandji ${describe(our)}; HTTP Request ${describe(http)}; floor ${Math.round(floorMs)} ms`,
			);
		}
		const figures: Figures = compare(ours, https, floors);
		for (const { name, runs: times } of peers) figures[`${name}_ms`] = Math.round(median(times));
		return { figures, goals: scenario.goals };
	} finally {
		await Promise.all([ourN8n.stop(), httpN8n.stop(), tenant.stop()]);
	}
}
