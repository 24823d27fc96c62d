import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { childEnvironment, projectFolder } from './environment';

const runNpm = async (args: string[], cwd: string) =>
	await execa('npm', args, { cwd, env: childEnvironment(), extendEnv: false, stdin: 'ignore' });

/** Builds dist/ anew from the sources. */
export async function buildPackage(): Promise<void> {
	await runNpm(['run', 'build'], projectFolder);
}

/**
 * Makes an empty folder for a new n8n (its N8N_USER_FOLDER) and installs the built package in it,
 * packed, as an administrator does by hand: `npm install <tarball>` in `.n8n/nodes`.
 * @returns the folder, in the system's folder for temporary files; the caller removes it
 */
export async function createUserFolder(): Promise<string> {
	const userFolder = await mkdtemp(path.join(tmpdir(), 'n8n-nodes-kandji-'));
	const nodesFolder = path.join(userFolder, '.n8n', 'nodes');
	await mkdir(nodesFolder, { recursive: true });
	const { stdout: tarball } = await runNpm(
		['pack', '--silent', '--ignore-scripts', '--pack-destination', userFolder],
		projectFolder,
	);
	await writeFile(
		path.join(nodesFolder, 'package.json'),
		JSON.stringify({ name: 'installed-nodes', private: true, dependencies: {} }),
	);
	// n8n brings n8n-workflow; a second copy beside the package would not be the same classes.
	await runNpm(
		['install', '--omit=peer', '--legacy-peer-deps', path.join(userFolder, tarball.trim())],
		nodesFolder,
	);
	return userFolder;
}
