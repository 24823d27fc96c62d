import { setTimeout as delay } from 'node:timers/promises';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { NewNode } from '../../test/e2e/support/workflow';
import type { N8nInstallation } from '../n8n/install';
import { createUserFolder } from '../n8n/pack';
import { readDevices, readOneByOne, readPrism, readUsers } from './floor';
import { addWorkflow, measure, openN8n } from './n8n';
import { httpDevice, httpDevices, httpPrism, httpUsers, kandjiNode } from './nodes';
import { compare, type Figures, type Goal, type Measurement, type Result } from './report';
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
	goals: Goal[];
}

const value = (figures: Figures, key: string): number => figures[key] ?? NaN;

const fasterThanHttp = (times: number): Goal => ({
	text: `at least ${times} times as fast as the HTTP Request node`,
	isMet: (figures) => value(figures, 'ratio_http') >= times,
});

const nearFloor: Goal = {
	text: 'at most 1.5 times the floor',
	isMet: (figures) => value(figures, 'ratio_floor') <= 1.5,
};

const noFailure: Goal = {
	text: 'no failure',
	isMet: ({ failures_ours }) => failures_ours === 0,
};

const notMoreMemory: Goal = {
	text: "peak memory not above the HTTP Request node's",
	isMet: (figures) => value(figures, 'peak_rss_mb') <= value(figures, 'peak_rss_http_mb'),
};

const singleGets = 2000;
const perSecond = 50;

const atTheApisRate: Goal = {
	text: `at most 1.15 times ${singleGets} requests at ${perSecond} a second`,
	isMet: (figures) => value(figures, 'ours_ms') <= (1.15 * 1000 * singleGets) / perSecond,
};

const overseas = ['--latency', '150'];
const unlimited = ['--no-rate-limit'];

const allDevices = {
	ours: { resource: 'device', operation: 'getAll', returnAll: true },
	httpNode: httpDevices,
	floor: readDevices,
};

/** All of them run in a few minutes; memory is n8n's own peak while it runs and stores the execution. */
export const comparisons: Record<string, ComparisonScenario> = {
	return_all_30000: {
		...allDevices,
		tenant: ['--devices', '30000', ...overseas, ...unlimited],
		goals: [fasterThanHttp(4), nearFloor, noFailure],
	},
	return_all_30000_no_latency: {
		...allDevices,
		tenant: ['--devices', '30000', ...unlimited],
		goals: [fasterThanHttp(1), notMoreMemory, noFailure],
	},
	get_2000: {
		tenant: [
			...['--devices', String(singleGets), ...overseas],
			// The hour's budget is for one run, not for all of them.
			...['--per-second', String(perSecond), '--per-hour', '1000000'],
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
		goals: [noFailure, atTheApisRate],
	},
	cursor_20000: {
		tenant: ['--devices', '2000', '--users', '20000', ...overseas, ...unlimited],
		ours: { resource: 'user', operation: 'getAll', returnAll: true },
		httpNode: httpUsers,
		floor: readUsers,
		goals: [fasterThanHttp(1), noFailure],
	},
	prism_50000: {
		// A fleet of this size has 50,000 apps and a few.
		tenant: ['--devices', '6290', ...overseas, ...unlimited],
		ours: { resource: 'prism', operation: 'getAll', category: 'apps', returnAll: true },
		httpNode: httpPrism('apps'),
		floor: async (tenant) => await readPrism(tenant, 'apps'),
		goals: [fasterThanHttp(4), nearFloor, noFailure],
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
		for (let run = 1; run <= runs; run++) {
			await delay(PAUSE_MS);
			const begun = performance.now();
			const { length: expected } = await scenario.floor(tenant, input ?? []);
			const floorMs = performance.now() - begun;
			await delay(PAUSE_MS);
			const our = await measure(ourN8n, ourWorkflow, expected);
			const http = await measure(httpN8n, httpWorkflow, expected);
			floors.push({ ms: floorMs, failures: 0 });
			ours.push(our);
			https.push(http);
			report(
				`run ${run} of ${runs}, ${expected} items: Kandji ${describe(our)}; HTTP Request ${describe(http)}; floor ${Math.round(floorMs)} ms`,
			);
		}
		return { figures: compare(ours, https, floors), goals: scenario.goals };
	} finally {
		await Promise.all([ourN8n.stop(), httpN8n.stop(), tenant.stop()]);
	}
}
