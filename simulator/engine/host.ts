import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Expression, setSafeRegexEngine } from 'n8n-workflow';

/** The checkout: where package.json and dist are. */
export const packageFolder = join(__dirname, '../..');

/** n8n-core wants a folder with its settings; a tool's cache is where it disturbs nobody. */
const userFolder = join(packageFolder, 'node_modules/.cache/n8n-engine');

function writeSettings(): void {
	const folder = join(userFolder, '.n8n');
	mkdirSync(folder, { recursive: true });
	// Renamed into place, since several test processes may start at once.
	const draft = join(folder, `config.${process.pid}`);
	writeFileSync(draft, JSON.stringify({ encryptionKey: 'nothing is stored' }), { mode: 0o600 });
	renameSync(draft, join(folder, 'config'));
}

/**
 * Runs the regular expressions of forms without n8n's limit of 250 ms, which counts the time that a busy machine gives to
 * others. That ours take no such time is tested.
 */
function runRegexesUntimed(): void {
	setSafeRegexEngine({
		exec: (pattern, input, flags) => new RegExp(pattern, flags).exec(input),
		test: (pattern, input, flags) => new RegExp(pattern, flags).test(input),
		replace: (pattern, input, flags, replacement) =>
			input.replace(new RegExp(pattern, flags), replacement),
		matchAll: (pattern, input, flags = '') => [
			...input.matchAll(new RegExp(pattern, flags.includes('g') ? flags : `${flags}g`)),
		],
		split: (pattern, input, flags) => input.split(new RegExp(pattern, flags)),
	});
}

async function start(): Promise<void> {
	runRegexesUntimed();
	process.env.N8N_USER_FOLDER = userFolder;
	process.env.N8N_LOG_LEVEL ??= 'silent';
	writeSettings();
	// n8n's own defaults, so that expressions run in the same isolated VM as in production.
	await Expression.initExpressionEngine({
		engine: 'vm',
		poolSize: 1,
		maxCodeCacheSize: 1024,
		bridgeTimeout: 5000,
		bridgeMemoryLimit: 128,
	});
}

let started: Promise<void> | undefined;

/** Prepares what an n8n process prepares before it runs its first workflow; once. */
export async function startHost(): Promise<void> {
	started ??= start();
	await started;
}
