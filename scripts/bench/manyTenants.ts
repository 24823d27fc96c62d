import type { N8nInstallation } from '../n8n/install';
import { createUserFolder } from '../n8n/pack';
import { addWorkflow, measure, openN8n } from './n8n';
import { kandjiNode } from './nodes';
import { median, noFailure, type Result } from './report';
import { countersOf, startTenantProcesses } from './tenant';

const count = 40;
const devices = 900;

/** As many tenants in one n8n as a service provider has, each with its own limiter, all read at once. */
export async function runManyTenants(
	runs: number,
	installation: N8nInstallation,
	report: (progress: string) => void,
): Promise<Result> {
	const { tenants, stop } = await startTenantProcesses(count);
	const n8n = await openN8n(installation, await createUserFolder());
	try {
		const node = kandjiNode({ resource: 'device', operation: 'getAll', returnAll: true });
		const workflows = await Promise.all(
			tenants.map(async (tenant) => await addWorkflow(n8n, tenant, [node])),
		);
		const alone: number[] = [];
		const together: number[] = [];
		const peaks: number[] = [];
		let failures = 0;
		for (let run = 1; run <= runs; run++) {
			const one = await measure(n8n, workflows[0]!, devices);
			const begun = performance.now();
			const all = await Promise.all(
				workflows.map(async (workflow) => await measure(n8n, workflow, devices)),
			);
			together.push(performance.now() - begun);
			alone.push(one.ms);
			for (const { failures: failed, peakMb } of [one, ...all]) {
				failures += failed;
				if (peakMb !== undefined) peaks.push(peakMb);
			}
			report(`run ${run} of ${runs}: one ${one.ms} ms, all ${Math.round(together.at(-1)!)} ms`);
		}
		const received = await Promise.all(tenants.map(async (tenant) => await countersOf(tenant)));
		return {
			figures: {
				tenants: count,
				alone_ms: Math.round(median(alone)),
				together_ms: Math.round(median(together)),
				together_min_ms: Math.round(Math.min(...together)),
				together_max_ms: Math.round(Math.max(...together)),
				requests: received.reduce((sum, { received: each }) => sum + each, 0),
				failures,
				peak_rss_mb: peaks.length === 0 ? null : Math.round(Math.max(...peaks)),
			},
			goals: [noFailure],
		};
	} finally {
		await Promise.all([n8n.stop(), stop()]);
	}
}
