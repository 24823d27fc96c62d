import type { INodeParameters } from 'n8n-workflow';

import { createPoller, type PollerOptions } from '../../simulator/engine/poller';
import { startTenant, type Fault, type Tenant } from '../../simulator/tenant/index';
import { credentialOf, eventKeys } from './support';

const everything = {
	events: ['auditEvent', 'deviceChanged', 'deviceEnrolled', 'deviceRemoved', 'threatDetected'],
};

describe('Kandji Trigger when a poll fails', () => {
	let tenant: Tenant;
	let options: PollerOptions;
	const poller = async (parameters: INodeParameters, more: Partial<PollerOptions> = {}) =>
		await createPoller(parameters, { ...options, ...more });
	const add = () => (tenant.mutate({ op: 'addDevice' }) as Array<{ device_id: string }>)[0]!;

	beforeAll(async () => {
		tenant = await startTenant({ devices: 610, rateLimit: false });
		options = { credential: credentialOf(tenant) };
	});
	beforeEach(() => tenant.reset());
	afterAll(async () => await tenant.close());

	describe.each([false, true])('durable %s', (durable) => {
		it('a failing feed holds back the other events, and nothing is lost', async () => {
			const trigger = await poller(everything, { durable });
			await trigger.poll();
			tenant.mutate({ op: 'addThreat' });
			add();
			tenant.faults.add({ kind: 'status', status: 403, path: '/api/v1/threat-details', times: 1 });
			await expect(trigger.poll()).rejects.toThrow('is missing a permission');
			expect(await trigger.poll()).toHaveLength(2);
		});

		it('takes the baseline later when the first poll fails', async () => {
			const trigger = await poller(everything, { durable });
			tenant.faults.add({ kind: 'status', status: 500, path: '/api/v1/devices', times: 1 });
			await expect(trigger.poll()).rejects.toThrow(
				'An invalid response was received from the upstream server',
			);
			expect(trigger.staticData).toEqual({});
			expect(await trigger.poll()).toBeNull();
			const { device_id } = add();
			expect(eventKeys(await trigger.poll())).toEqual([`deviceEnrolled ${device_id}`]);
		});
	});

	const faults: Array<[name: string, fault: Fault, message: string]> = [
		[
			'401',
			{ kind: 'tokenRevoked' },
			'Kandji rejected the API token, or it is missing a permission',
		],
		[
			'403',
			{ kind: 'permissionLoss' },
			'The API token is missing a permission, or Kandji rejected it',
		],
		['HTML', { kind: 'html', status: 500 }, 'The response was a web page instead of data'],
		['half a response', { kind: 'truncate' }, 'Kandji’s response was cut off'],
		['an error with status 200', { kind: 'errorBody' }, 'Kandji returned an error instead of data'],
		['an empty response', { kind: 'empty' }, 'Kandji returned an empty response'],
		['the same page', { kind: 'repeat' }, 'Kandji returned the same page twice'],
	];
	it.each([
		['default', faults],
		['durable', faults.slice(0, 1)],
	])('in %s mode a sweep that fails emits nothing and keeps the state', async (mode, failures) => {
		const trigger = await poller(everything, { durable: mode === 'durable' });
		await trigger.poll();
		let known = add();
		await trigger.poll();
		for (const [name, fault, expected] of failures) {
			const { staticData } = trigger;
			const added = add();
			tenant.mutate({ op: 'removeDevice', device_id: known.device_id });
			tenant.faults.add({ ...fault, path: '/api/v1/devices', after: 2 });
			const message = await trigger.poll().catch((error: Error) => error.message);
			expect([name, message]).toEqual([name, expected]);
			expect(trigger.staticData).toEqual(staticData);
			tenant.faults.clear();
			tenant.mutate({ op: 'restoreToken' });
			tenant.mutate({ op: 'permission', operation: 'GET /api/v1/devices', allowed: true });
			expect(eventKeys(await trigger.poll())).toEqual([
				`deviceEnrolled ${added.device_id}`,
				`deviceRemoved ${known.device_id}`,
			]);
			known = added;
		}
		expect(await trigger.poll()).toBeNull();
	});
});
