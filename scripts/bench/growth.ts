import type { N8nInstallation } from '../n8n/install';
import { createUserFolder } from '../n8n/pack';
import { addWorkflow, measure, openN8n } from './n8n';
import { kandjiNode } from './nodes';
import {
	median,
	medianPeak,
	noFailure,
	type Figures,
	type Goal,
	type Measurement,
	type Result,
} from './report';
import { startTenantProcess } from './tenant';

const fleets = [3_000, 30_000, 100_000];

const rateOf = (devices: number) => `items_per_s_${devices}`;

const linear: Goal = {
	text: `as many items a second of ${fleets.at(-1)} devices as of ${fleets[0]}`,
	isMet: (figures) => {
		const [least = 0, ...others] = fleets.map((devices) => figures[rateOf(devices)] ?? 0);
		return others.every((rate) => rate >= least);
	},
};

async function readFleet(
	devices: number,
	runs: number,
	installation: N8nInstallation,
): Promise<Measurement[]> {
	const tenant = await startTenantProcess([
		...['--devices', String(devices)],
		// Without latency a small fleet would be read before the limit of 50 requests per second takes effect.
		...['--latency', '150'],
	]);
	const n8n = await openN8n(installation, await createUserFolder());
	try {
		const node = kandjiNode({ resource: 'device', operation: 'getAll', returnAll: true });
		const workflow = await addWorkflow(n8n, tenant, [node]);
		const measured: Measurement[] = [];
		for (let run = 1; run <= runs; run++) measured.push(await measure(n8n, workflow, devices));
		return measured;
	} finally {
		await Promise.all([n8n.stop(), tenant.stop()]);
	}
}

/** Fleets of growing size, answers after 150 ms: items a second, and n8n's peak memory. */
export async function runGrowth(
	runs: number,
	installation: N8nInstallation,
	report: (progress: string) => void,
): Promise<Result> {
	const figures: Figures = { failures: 0 };
	for (const devices of fleets) {
		const measured = await readFleet(devices, runs, installation);
		const ms = median(measured.map((run) => run.ms));
		figures[rateOf(devices)] = Math.round((1000 * devices) / ms);
		figures[`peak_rss_mb_${devices}`] = medianPeak(measured);
		figures.failures = Math.max(figures.failures ?? 0, ...measured.map((run) => run.failures));
		report(`${devices} devices in ${Math.round(ms)} ms`);
	}
	return { figures, goals: [linear, noFailure] };
}
