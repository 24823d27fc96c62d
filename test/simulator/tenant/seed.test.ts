import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import { settle } from '../../../simulator/tenant/options';
import { createState } from '../../../simulator/tenant/state';
import { ask } from '../../../simulator/tenant/client';
import { startTenant } from '../../../simulator/tenant/index';

const NOW = Date.UTC(2026, 0, 31, 12);

describe('the seed', () => {
	const fleet = (seed: number) => {
		const state = createState(settle({ seed, devices: 300, now: NOW }));
		return JSON.stringify([...state.devices.values(), ...state.users.values(), state.threats]);
	};

	it('gives the same tenant byte for byte, and another seed another', () => {
		expect(fleet(7)).toBe(fleet(7));
		expect(fleet(7)).not.toBe(fleet(8));
	});

	it('makes unique ids, serial numbers and emails', () => {
		const { devices, users } = createState(settle({ devices: 5000, now: NOW }));
		const distinct = (values: string[]) => new Set(values).size;
		expect(distinct([...devices.values()].map((device) => device.serial_number))).toBe(5000);
		expect(devices.size).toBe(5000);
		expect(distinct([...users.values()].map((user) => user.email))).toBe(3500);
	});

	it('never dates anything after the tenant’s start', () => {
		const { devices, auditEvents, clock } = createState(settle({ devices: 500, now: NOW }));
		const limit = new Date(clock.start).toISOString().slice(0, 19);
		for (const { last_check_in } of devices.values()) expect(last_check_in < limit).toBe(true);
		for (const { occurred_at } of auditEvents) expect(occurred_at < limit).toBe(true);
	});

	it('serves every operation once', async () => {
		const tenant = await startTenant({ devices: 0, users: 0 });
		expect(tenant.operations).toEqual([...new Set(tenant.operations)]);
		expect((await ask(tenant, 'GET /api/v1/devices')).json()).toEqual([]);
		await tenant.close();
	});
});

describe('the command', () => {
	it('prints URL and token, serves, and stops on SIGINT', async () => {
		const tsx = require.resolve('tsx/cli');
		const options = ['--port', '0', '--devices', '12', '--fault', 'kind=status,status=503,times=1'];
		const child = spawn(process.execPath, [tsx, 'scripts/tenant.ts', ...options]);
		const lines: string[] = [];
		for await (const line of createInterface({ input: child.stdout })) {
			lines.push(line);
			if (lines.length === 3) break;
		}
		const [url, token, size] = lines as [string, string, string];
		expect(size).toBe('12 devices, 9 users');
		const headers = { Authorization: `Bearer ${token.replace('token ', '')}` };
		const statuses = [];
		for (let index = 0; index < 2; index++) {
			statuses.push((await fetch(`${url}/api/v1/devices`, { headers })).status);
		}
		expect(statuses).toEqual([503, 200]);
		child.kill('SIGINT');
		const [code] = (await once(child, 'exit')) as [number | null];
		expect(code).toBe(0);
	});
});
