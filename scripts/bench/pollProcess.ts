import { createPoller } from '../../simulator/engine/poller';
import { peakMb, resetPeak } from './memory';
import type { Poll, PollTask } from './poll';
import { countersOf } from './tenant';

const pid = process.platform === 'linux' ? process.pid : undefined;

async function main(task: PollTask): Promise<void> {
	const { tenant } = task;
	const { credential } = tenant;
	// Durable, so that a poll that emits nothing stores its state too; with the time of n8n's default mode.
	const poller = await createPoller(task.parameters, {
		credential,
		durable: true,
		budgetMs: 300_000,
	});
	await poller.poll();
	const polls: Poll[] = [];
	while (polls.length < task.polls) {
		const { received: before } = await countersOf(tenant);
		resetPeak(pid);
		const restMb = peakMb(pid);
		const begun = performance.now();
		const items = await poller.poll();
		polls.push({
			ms: performance.now() - begun,
			requests: (await countersOf(tenant)).received - before,
			stateBytes: Buffer.byteLength(JSON.stringify(poller.staticData)),
			items: items?.length ?? 0,
			restMb,
			peakMb: peakMb(pid),
		});
	}
	process.stdout.write(JSON.stringify(polls));
}

main(JSON.parse(process.argv[2] ?? '') as PollTask).then(
	() => process.exit(),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
