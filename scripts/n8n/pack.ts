import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { onExit } from 'signal-exit';

import { childEnvironment, projectFolder } from './environment';

const removal = { recursive: true, force: true, maxRetries: 3 };

const npm = async (cwd: string, ...args: string[]) =>
	await promisify(execFile)('npm', args, { cwd, env: childEnvironment() });

/**
 * Makes an empty folder for a new n8n (its N8N_USER_FOLDER) and installs the built package in it,
 * packed, as an administrator does by hand: `npm install <tarball>` in `.n8n/nodes`.
 * @returns a temporary folder, removed when this process ends at the latest
 */
export async function createUserFolder(): Promise<string> {
	const userFolder = await mkdtemp(path.join(tmpdir(), 'n8n-nodes-kandji-'));
	onExit(() => rmSync(userFolder, removal), { alwaysLast: true });
	const nodesFolder = path.join(userFolder, '.n8n', 'nodes');
	await mkdir(nodesFolder, { recursive: true });
	await writeFile(path.join(nodesFolder, 'package.json'), '{ "private": true }');
	const packArguments = ['pack', '--silent', '--ignore-scripts', '--pack-destination', userFolder];
	const { stdout: tarball } = await npm(projectFolder, ...packArguments);
	// n8n brings n8n-workflow; a second copy beside the package would not be the same classes.
	const installArguments = ['install', '--omit=peer', '--legacy-peer-deps', '--ignore-scripts'];
	await npm(nodesFolder, ...installArguments, path.join(userFolder, tarball.trim()));
	return userFolder;
}

/** Removes a folder that {@link createUserFolder} made; the n8n in it has ended. */
export async function removeUserFolder(userFolder: string): Promise<void> {
	await rm(userFolder, removal);
}
