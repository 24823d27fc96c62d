import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { childEnvironment, projectFolder } from '../n8n/environment';
import type { N8nInstallation } from '../n8n/install';
import { createUserFolder, removeUserFolder } from '../n8n/pack';
import { openN8n } from './n8n';
import { median, type Result } from './report';

/** Loads the package as n8n does at its start, in a Node process of its own; prints milliseconds. */
const loading = `
const { PackageDirectoryLoader } = require('n8n-core');
const begun = performance.now();
new PackageDirectoryLoader(process.cwd())
	.loadAll()
	.then(() => console.log(performance.now() - begun));
`;

async function loadOnce(userFolder: string): Promise<number> {
	const { stdout } = await promisify(execFile)(process.execPath, ['--eval', loading], {
		cwd: projectFolder,
		env: childEnvironment({ N8N_USER_FOLDER: userFolder }),
	});
	return Number(stdout.trim().split('\n').at(-1));
}

interface Start {
	/** Until n8n is ready. */
	ms: number;
	/** Size of the descriptions of all node types as the editor fetches them. */
	bytes: number;
}

async function startOnce(installation: N8nInstallation, userFolder: string): Promise<Start> {
	const n8n = await openN8n(installation, userFolder);
	try {
		const types = await n8n.client.fetch('GET', '/types/nodes.json');
		return { ms: n8n.startMs, bytes: (await types.arrayBuffer()).byteLength };
	} finally {
		await n8n.stop();
	}
}

const kilobytes = (bytes: number): number => Math.round(bytes / 1024);

/** What it costs an n8n to have the package: time to load it, and what the editor has to fetch. */
export async function runColdStart(
	runs: number,
	installation: N8nInstallation,
	report: (progress: string) => void,
): Promise<Result> {
	const loads: number[] = [];
	const starts: Record<'with' | 'without', Start[]> = { with: [], without: [] };
	const newFolder = async () => await mkdtemp(path.join(tmpdir(), 'n8n-bench-'));
	for (let run = 1; run <= runs; run++) {
		const scratch = await newFolder();
		loads.push(await loadOnce(scratch));
		await removeUserFolder(scratch);
		starts.without.push(await startOnce(installation, await newFolder()));
		starts.with.push(await startOnce(installation, await createUserFolder()));
		report(
			`run ${run}: loaded in ${Math.round(loads.at(-1) ?? NaN)} ms, n8n ready in ${Math.round(starts.with.at(-1)?.ms ?? NaN)} ms, without it ${Math.round(starts.without.at(-1)?.ms ?? NaN)} ms`,
		);
	}
	const of = (key: keyof Start, which: keyof typeof starts) =>
		median(starts[which].map((start) => start[key]));
	return {
		figures: {
			load_ms: Math.round(median(loads)),
			n8n_start_ms: Math.round(of('ms', 'with')),
			n8n_start_ms_without: Math.round(of('ms', 'without')),
			types_kb: kilobytes(of('bytes', 'with')),
			types_kb_without: kilobytes(of('bytes', 'without')),
		},
		goals: [],
	};
}
