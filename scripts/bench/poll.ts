import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { INodeParameters } from 'n8n-workflow';

import { childEnvironment, projectFolder } from '../n8n/environment';
import { atMost, median, type Figures, type Goal, type Result } from './report';
import { startTenantProcess, type BenchTenant } from './tenant';

/** One poll of a trigger that has its baseline. */
export interface Poll {
	ms: number;
	requests: number;
	/** Size of the trigger's static data as n8n stores it. */
	stateBytes: number;
	items: number;
	/** Memory of the process, n8n's core included, before the poll and at its highest. */
	restMb?: number;
	peakMb?: number;
}

/** What `pollProcess.ts` is asked for. */
export interface PollTask {
	tenant: Pick<BenchTenant, 'url' | 'credential'>;
	parameters: INodeParameters;
	polls: number;
}

/** Polls in n8n-core's own poll context, in its own process, so that its memory can be measured. */
async function pollApart(task: PollTask): Promise<Poll[]> {
	const script = path.join(projectFolder, 'scripts/bench/pollProcess.ts');
	const { stdout } = await promisify(execFile)(
		process.execPath,
		['--import', 'tsx', script, JSON.stringify(task)],
		{ cwd: projectFolder, env: childEnvironment() },
	);
	return JSON.parse(stdout) as Poll[];
}

interface PollScenario {
	tenant: string[];
	parameters: INodeParameters;
	/** A trigger that stores less, for which only the size of the state is reported. */
	light?: INodeParameters;
	goals: Goal[];
}

const pagesOf50000 = Math.ceil(50_000 / 300);

/** A quiet tenant: what a poll costs when nothing happened. */
export const pollScenarios: Record<string, PollScenario> = {
	poll_50000: {
		tenant: ['--devices', '50000', '--latency', '100'],
		parameters: {
			events: ['deviceEnrolled', 'deviceReEnrolled', 'deviceChanged', 'deviceRemoved'],
		},
		light: {
			events: ['deviceEnrolled', 'deviceCheckedIn', 'deviceRemoved'],
			keepSerialNumbers: false,
		},
		goals: [
			atMost('ms', 10_000, 'within 10 s'),
			atMost('requests', pagesOf50000, `at most ${pagesOf50000} requests`),
			atMost('state_bytes', 4_000_000, 'state below 4 MB'),
			atMost(
				'light_state_bytes',
				1_500_000,
				'below 1.5 MB without changed fields and serial numbers',
			),
		],
	},
	poll_audit_quiet: {
		tenant: ['--devices', '50000', '--latency', '100'],
		parameters: { events: ['auditEvent'] },
		goals: [atMost('requests', 1, 'one request')],
	},
};

const mostOf = (polls: Poll[], key: 'requests' | 'items' | 'stateBytes') =>
	Math.max(...polls.map((poll) => poll[key]));

const memory = (values: Array<number | undefined>): number | null => {
	const known = values.filter((value) => value !== undefined);
	return known.length === 0 ? null : Math.round(median(known));
};

export async function runPoll(
	{ tenant: args, parameters, light, goals }: PollScenario,
	runs: number,
	report: (progress: string) => void,
): Promise<Result> {
	const tenant = await startTenantProcess(args);
	try {
		const polls = await pollApart({ tenant, parameters, polls: runs });
		for (const { ms, requests } of polls) report(`${Math.round(ms)} ms, ${requests} requests`);
		const figures: Figures = {
			ms: Math.round(median(polls.map(({ ms }) => ms))),
			requests: mostOf(polls, 'requests'),
			items: mostOf(polls, 'items'),
			state_bytes: mostOf(polls, 'stateBytes'),
			rest_rss_mb: memory(polls.map(({ restMb }) => restMb)),
			peak_rss_mb: memory(polls.map(({ peakMb }) => peakMb)),
		};
		if (light !== undefined) {
			const lightPolls = await pollApart({ tenant, parameters: light, polls: 1 });
			figures.light_state_bytes = mostOf(lightPolls, 'stateBytes');
		}
		return { figures, goals };
	} finally {
		await tenant.stop();
	}
}
