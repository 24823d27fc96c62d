import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { check, lock } from 'proper-lockfile';
import { cacheFolder, childEnvironment } from './environment';
import { PINNED_N8N_VERSION } from './versions';

/** Older versions of n8n take SheetJS from its own host, which not every machine reaches; npm has one too. */
const registryOnly = { xlsx: '^0.18.5' };

const PROGRESS_EVERY_MS = 5_000;
const LOCK_RETRY_MS = 5_000;
const LOCK_RETRIES = 360;

/** An n8n on disk, ready to run with the Node of this process. */
export interface N8nInstallation {
	version: string;
	/** The folder whose node_modules holds n8n. */
	folder: string;
	/** The script to run: `node <bin> start`. */
	bin: string;
}

/** Where an installation is, in words; while packages are fetched also how many files came so far. */
type Report = (progress: string, files?: number) => void;

/** How many files npm fetches for n8n {@link PINNED_N8N_VERSION}; other versions take about as many. */
export const N8N_FILES = 5_700;

const selectedVersion = () => process.env.N8N_VERSION || PINNED_N8N_VERSION;

const installationOf = (version: string): N8nInstallation => {
	const folder = path.join(cacheFolder, `n8n-${version}`);
	return { version, folder, bin: path.join(folder, 'node_modules/n8n/bin/n8n') };
};

/** The version that {@link installN8n} returns, and whether it is there already. */
export const n8nStatus = (version = selectedVersion()) => ({
	version,
	isInstalled: isMarkedComplete(installationOf(version)),
});

/**
 * Installs n8n once into the user's cache and returns it; later calls return at once.
 * An interrupted installation goes on where it stopped, and of two at a time the second one waits.
 * @param report gets a line of progress every few seconds
 * @throws Error if the version is malformed, npm fails, or the result does not run
 */
export async function installN8n(
	report: Report,
	version = selectedVersion(),
): Promise<N8nInstallation> {
	if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) {
		throw new Error(`N8N_VERSION must be an exact version such as ${PINNED_N8N_VERSION}`);
	}
	const installation = installationOf(version);
	const { folder } = installation;
	if (isMarkedComplete(installation)) return installation;

	await mkdir(folder, { recursive: true });
	if (await check(folder)) report('waiting for another installation to end');
	const release = await lock(folder, {
		retries: { retries: LOCK_RETRIES, factor: 1, minTimeout: LOCK_RETRY_MS },
	});
	try {
		if (!isMarkedComplete(installation)) await complete(installation, report);
	} finally {
		await release();
	}
	return installation;
}

async function complete(installation: N8nInstallation, report: Report): Promise<void> {
	if (!(await hasPackages(installation))) await installPackages(installation, report);
	if (!(await runs(installation))) await buildSqlite(installation, report);
	if (!(await runs(installation))) {
		throw new Error(`n8n ${installation.version} does not run; delete ${installation.folder}`);
	}
	await writeFile(markerOf(installation), '');
}

const markerOf = ({ folder }: N8nInstallation) => path.join(folder, '.complete');

const isMarkedComplete = (installation: N8nInstallation) =>
	existsSync(markerOf(installation)) && existsSync(installation.bin);

/** npm writes node_modules/.package-lock.json last: without it, an installation was interrupted. */
async function hasPackages({ folder, version }: N8nInstallation): Promise<boolean> {
	const modules = path.join(folder, 'node_modules');
	if (!existsSync(path.join(modules, '.package-lock.json'))) return false;
	const manifest = await readFile(path.join(modules, 'n8n/package.json'), 'utf8').catch(() => '{}');
	return (JSON.parse(manifest) as { version?: string }).version === version;
}

/** n8n answers, and its database driver, the one part that may have to be compiled, loads. */
async function runs({ bin, folder, version }: N8nInstallation): Promise<boolean> {
	const runNode = async (...args: string[]) =>
		await promisify(execFile)(process.execPath, args, { cwd: folder, env: childEnvironment() });
	try {
		const { stdout } = await runNode(bin, '--version');
		await runNode('--eval', 'require("sqlite3")');
		return stdout.trim() === version;
	} catch {
		return false;
	}
}

async function installPackages({ folder, version }: N8nInstallation, report: Report) {
	const manifest = { private: true, overrides: registryOnly };
	await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
	let fetched = 0;
	// Scripts are left out because one of them fails and only sqlite3's is needed (see buildSqlite).
	await npm(
		['install', '--ignore-scripts', '--loglevel=http', `n8n@${version}`],
		folder,
		(elapsed) => report(`downloading and unpacking: ${fetched} files in ${elapsed}`, fetched),
		(line) => {
			if (line.includes('http fetch') || line.includes('http cache')) fetched += 1;
		},
	);
}

const buildSqlite = async ({ folder }: N8nInstallation, report: Report) =>
	await npm(['rebuild', 'sqlite3'], folder, (elapsed) =>
		report(`building the database driver: ${elapsed}`),
	);

async function npm(
	args: string[],
	folder: string,
	onProgress: (elapsed: string) => void,
	onLine: (line: string) => void = () => {},
): Promise<void> {
	const logFile = path.join(folder, 'install.log');
	const started = Date.now();
	const showProgress = () => onProgress(`${Math.round((Date.now() - started) / 1000)} s`);
	showProgress();
	const timer = setInterval(showProgress, PROGRESS_EVERY_MS);
	const log = createWriteStream(logFile, { flags: 'a' });
	const child = spawn('npm', args, { cwd: folder, env: childEnvironment(), stdio: 'pipe' });
	child.stdin.end();
	for (const output of [child.stdout, child.stderr]) {
		output.pipe(log, { end: false });
		createInterface({ input: output }).on('line', onLine);
	}
	try {
		const [exitCode, signal] = await once(child, 'close');
		if (exitCode !== 0) {
			throw new Error(`npm ${args[0]} failed (${signal ?? exitCode}); see ${logFile}`);
		}
	} finally {
		clearInterval(timer);
		log.end();
	}
}
