import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import getPort from 'get-port';

/** A Redis server of the test's own. */
export interface Redis {
	port: number;
	stop(): Promise<void>;
}

/**
 * Starts Debian's `redis-server` on a free port of the loopback interface; it keeps nothing on disk.
 * @throws Error with what it printed if it does not start
 */
export async function startRedis(): Promise<Redis> {
	const port = await getPort();
	const settings = { port, bind: '127.0.0.1', dir: tmpdir(), save: '', appendonly: 'no' };
	const redis = spawn(
		'redis-server',
		Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
		{ stdio: ['ignore', 'pipe', 'inherit'] },
	);
	await once(redis, 'spawn');
	const killWithUs = () => redis.kill('SIGKILL');
	process.once('exit', killWithUs);
	const printed: string[] = [];
	for await (const line of createInterface({ input: redis.stdout })) {
		printed.push(line);
		if (line.includes('Ready to accept connections')) break;
	}
	if (redis.exitCode !== null) throw new Error(`Redis did not start:\n${printed.join('\n')}`);
	redis.stdout.resume();
	return {
		port,
		stop: async () => {
			const ended = once(redis, 'exit');
			redis.kill();
			await ended;
			process.off('exit', killWithUs);
		},
	};
}
