import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { formatTable, summarise } from '../../scripts/demo/table';
import { startTenant } from '../../simulator/tenant/index';

const root = join(__dirname, '../..');

/** `npm run -s demo -- …args`, with the scripts' own Node and no variables of the caller's. */
const demo = async (args: string[], env: Record<string, string> = {}) =>
	await promisify(execFile)(join(root, 'node_modules/.bin/tsx'), ['scripts/demo.ts', ...args], {
		cwd: root,
		env: { PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}`, ...env },
		maxBuffer: 100_000_000,
	});

describe('the table of the demo', () => {
	const now = Date.parse('2026-03-01T12:00:00Z');
	const mac = (device_id: string, os_version: string, last_check_in: string) => ({
		device_id,
		platform: 'Mac',
		os_version,
		last_check_in,
	});

	it('counts by release, by age of the last check-in and by FileVault status', () => {
		const devices = [
			mac('a', '15.6.1', '2026-03-01T11:00:00.123456Z'),
			mac('b', '15.5', '2026-02-26 12:00:00.123456+00:00'),
			mac('c', '9.9', '2026-02-28T11:59:59'),
			mac('d', '15.5', ''),
			{
				device_id: 'e',
				platform: 'iPad',
				os_version: '18.1',
				last_check_in: '2025-01-01T00:00:00Z',
			},
		];
		const fileVault = [
			{ device_id: 'a', status: true },
			{ device_id: 'b', status: false },
			{ device_id: 'd', status: null },
		];
		const rows = summarise(devices, fileVault, now);
		expect(rows).toMatchObject([
			{ platform: 'iPad', version: '18', devices: 1, byAge: [0, 0, 0, 1], never: 0 },
			{ platform: 'Mac', version: '15', devices: 3, byAge: [1, 1, 0, 0], never: 1 },
			{ platform: 'Mac', version: '9', devices: 1, byAge: [0, 1, 0, 0], never: 0 },
		]);
		expect(rows[1]).toMatchObject({ fileVaultOn: 1, fileVaultKnown: 2 });
		expect(formatTable(rows)).toContain('1 of 2 (50 %)');
	});
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
		[['--devices', 'many'], {}, '--devices must be an integer'],
		[['--speed'], {}, "Unknown option '--speed'"],
		[[], { KANDJI_TOKEN: 'x' }, 'KANDJI_SUBDOMAIN is not'],
		[[], { KANDJI_SUBDOMAIN: 'acme' }, 'KANDJI_TOKEN is not set'],
		[['--devices', '5'], { KANDJI_SUBDOMAIN: 'acme', KANDJI_TOKEN: 'x' }, 'with a real tenant'],
	])('refuses %j with %j', async (args, env, message) => {
		await expect(demo(args, env)).rejects.toMatchObject({
			code: 1,
			stderr: expect.stringContaining(message),
		});
	});
});
