import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { startTenant } from '../tenant/index';

const root = join(__dirname, '../..');

/** `npm run -s demo -- …args`, with the scripts' own Node and no variables of the caller's. */
const demo = async (args: string[], env: Record<string, string> = {}) =>
	await promisify(execFile)(join(root, 'node_modules/.bin/tsx'), ['scripts/demo.ts', ...args], {
		cwd: root,
		env: { PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}`, ...env },
		maxBuffer: 100_000_000,
	});

describe('npm run demo', () => {
	it('prints a table, and as its last line the number of devices', async () => {
		const { stdout } = await demo(['--devices', '734']);
		expect(stdout).toMatch(/│ Mac +│ 15 +│/);
		expect(stdout).toMatch(/│ All +│ +│ +734 │/);
		expect(stdout.trimEnd().split('\n').at(-1)).toBe('734 devices');
	});

	it('prints the items as JSON and nothing else', async () => {
		const { stdout, stderr } = await demo(['--devices', '734', '--json']);
		expect(JSON.parse(stdout)).toHaveLength(734);
		expect(stderr).toBe('');
	});

	it('reads a tenant that the environment names, and changes nothing in it', async () => {
		const tenant = await startTenant({ devices: 31 });
		const { stdout } = await demo([], {
			KANDJI_REGION: 'custom',
			KANDJI_API_URL: tenant.url,
			KANDJI_TOKEN: tenant.token,
		}).finally(async () => await tenant.close());
		expect(stdout.trimEnd().split('\n').at(-1)).toBe('31 devices');
		const methods = new Set(tenant.counters.log.map(({ method }) => method));
		expect([...methods]).toEqual(['GET']);
	});

	it('ends with the node’s own message when the token is wrong', async () => {
		const tenant = await startTenant({ devices: 1 });
		const failing = demo([], {
			KANDJI_REGION: 'custom',
			KANDJI_API_URL: tenant.url,
			KANDJI_TOKEN: 'revoked',
		}).finally(async () => await tenant.close());
		await expect(failing).rejects.toMatchObject({
			code: 1,
			stderr: expect.stringMatching(/token[^]*\n$/i),
		});
	});

	it.each([
		[['--devices', 'many'], {}, '--devices takes a whole number'],
		[['--speed'], {}, "Unknown option '--speed'"],
		[[], { KANDJI_TOKEN: 'x' }, 'KANDJI_SUBDOMAIN is not'],
		[[], { KANDJI_SUBDOMAIN: 'acme' }, 'KANDJI_TOKEN is not set'],
		[['--devices', '5'], { KANDJI_SUBDOMAIN: 'acme', KANDJI_TOKEN: 'x' }, 'a real tenant has'],
	])('refuses %j with %j', async (args, env, message) => {
		await expect(demo(args, env)).rejects.toMatchObject({
			code: 1,
			stderr: expect.stringContaining(message),
		});
	});
});
