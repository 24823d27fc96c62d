import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import getPort from 'get-port';

const run = promisify(execFile);

/** Where Debian puts each version; elsewhere the PATH has one. */
const DEBIAN_FOLDER = '/usr/lib/postgresql';

/** A PostgreSQL server of the test's own. */
export interface Postgres {
	/** The variables that make n8n use it. */
	env: Record<string, string>;
	stop(): Promise<void>;
}

/**
 * Starts PostgreSQL on a free port of the loopback interface, with an empty database in a folder of
 * its own that goes when it stops.
 * @throws Error with what it printed if it does not start
 */
export async function startPostgres(): Promise<Postgres> {
	const port = await getPort();
	const folder = await mkdtemp(path.join(tmpdir(), 'postgres-'));
	const owner = await ownerOfServer();
	if (owner) await chown(folder, owner.uid, owner.gid);
	const options = { ...owner, cwd: folder };
	await run(
		await command('initdb'),
		['--pgdata', folder, '--username', 'n8n', '--auth', 'trust', '--encoding', 'UTF8', '--no-sync'],
		options,
	);
	const settings = {
		port,
		listen_addresses: '127.0.0.1',
		unix_socket_directories: '',
		// It need not survive a crash of the machine.
		fsync: 'off',
	};
	const server = spawn(
		await command('postgres'),
		[
			'-D',
			folder,
			...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
		],
		{ ...options, stdio: ['ignore', 'inherit', 'pipe'] },
	);
	await once(server, 'spawn');
	const killWithUs = () => server.kill('SIGKILL');
	process.once('exit', killWithUs);
	await untilReady(server);
	return {
		env: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(port),
			DB_POSTGRESDB_USER: 'n8n',
			DB_POSTGRESDB_DATABASE: 'postgres',
		},
		stop: async () => {
			const ended = once(server, 'exit');
			server.kill('SIGINT');
			await ended;
			process.off('exit', killWithUs);
			await rm(folder, { recursive: true });
		},
	};
}

async function untilReady(server: ChildProcess): Promise<void> {
	const printed: string[] = [];
	for await (const line of createInterface({ input: server.stderr! })) {
		printed.push(line);
		if (line.includes('ready to accept connections')) {
			server.stderr!.resume();
			return;
		}
	}
	throw new Error(`PostgreSQL did not start:\n${printed.join('\n')}`);
}

async function command(name: string): Promise<string> {
	const versions = await readdir(DEBIAN_FOLDER).catch(() => []);
	const newest = versions.sort((one, other) => Number(one) - Number(other)).at(-1);
	return newest === undefined ? name : path.join(DEBIAN_FOLDER, newest, 'bin', name);
}

/** PostgreSQL refuses to run as root; Debian's package brings a user for it. */
async function ownerOfServer(): Promise<{ uid: number; gid: number } | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	const id = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout);
	return { uid: await id('-u'), gid: await id('-g') };
}
