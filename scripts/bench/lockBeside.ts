import { setTimeout as delay } from 'node:timers/promises';

import type { N8nInstallation } from '../n8n/install';
import { createUserFolder } from '../n8n/pack';
import { readDevices } from './floor';
import { addWorkflow, measure, openN8n } from './n8n';
import { kandjiNode } from './nodes';
import { median, noFailure, type Goal, type Measurement, type Result } from './report';
import { startTenantProcess } from './tenant';

const latencyMs = 150;
const reads = 1_500;

/** So long the reads have been under way when the lock comes. */
const PAUSE_MS = 4_000;

const withinASecond: Goal = {
	text: 'leaves within a second',
	isMet: ({ lock_max_ms }) => (lock_max_ms ?? Infinity) <= 1_000 + latencyMs,
};

/** A lock from a third workflow, while one reads single devices and another a report. */
export async function runLockBeside(
	runs: number,
	installation: N8nInstallation,
	report: (progress: string) => void,
): Promise<Result> {
	const tenant = await startTenantProcess([
		...['--devices', '6000', '--latency', String(latencyMs)],
		// The hour's budget is for one run, not for all of them.
		...['--per-hour', '1000000'],
	]);
	const n8n = await openN8n(installation, await createUserFolder());
	try {
		const devices = await readDevices(tenant);
		const byId = { __rl: true, mode: 'id', value: '={{ $json.device_id }}' };
		const one = { resource: 'device', operation: 'get', deviceId: byId };
		const input = devices.slice(0, reads).map(({ device_id }) => ({ device_id: device_id! }));
		const single = await addWorkflow(n8n, tenant, [kandjiNode(one)], input);
		const all = { resource: 'device', operation: 'getAll', returnAll: true };
		const fleet = await addWorkflow(n8n, tenant, [kandjiNode(all)]);
		const macs = devices.filter(({ platform }) => platform === 'Mac');
		const locks: Measurement[] = [];
		let failures = 0;
		for (let run = 1; run <= runs; run++) {
			const mac = macs[run];
			const lock = { resource: 'deviceAction', operation: 'lock', deviceId: byId };
			const third = await addWorkflow(
				n8n,
				tenant,
				[kandjiNode(lock)],
				[{ device_id: mac?.device_id ?? null }],
			);
			const others = [measure(n8n, single, reads), measure(n8n, fleet, devices.length)];
			await delay(PAUSE_MS);
			const locked = await measure(n8n, third, 1);
			locks.push(locked);
			for (const other of [locked, ...(await Promise.all(others))]) failures += other.failures;
			report(`run ${run} of ${runs}: ${locked.ms} ms`);
		}
		const times = locks.map(({ ms }) => ms);
		return {
			figures: {
				lock_ms: Math.round(median(times)),
				lock_min_ms: Math.min(...times),
				lock_max_ms: Math.max(...times),
				failures,
			},
			goals: [withinASecond, noFailure],
		};
	} finally {
		await Promise.all([n8n.stop(), tenant.stop()]);
	}
}
