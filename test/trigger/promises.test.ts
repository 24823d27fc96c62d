import type { INodeParameters } from 'n8n-workflow';

import { createPoller, type PollerOptions } from '../../simulator/engine/poller';
import { startTenant, type Tenant } from '../../simulator/tenant/index';
import { credentialOf, eventIds, eventKeys } from './support';

const everything = {
	events: ['auditEvent', 'deviceChanged', 'deviceEnrolled', 'deviceRemoved', 'threatDetected'],
};

describe('Kandji Trigger’s state', () => {
	let tenant: Tenant;
	let options: PollerOptions;
	const poller = async (parameters: INodeParameters, more: Partial<PollerOptions> = {}) =>
		await createPoller(parameters, { ...options, ...more });
	const add = () => (tenant.mutate({ op: 'addDevice' }) as Array<{ device_id: string }>)[0]!;

	beforeAll(async () => {
		tenant = await startTenant({ devices: 60, rateLimit: false });
		options = { credential: credentialOf(tenant) };
	});
	beforeEach(() => tenant.reset());
	afterAll(async () => await tenant.close());

	describe.each([false, true])('durable %s', (durable) => {
		it('loses nothing and emits nothing twice across restarts of n8n', async () => {
			const first = await poller(everything, { durable });
			await first.poll();
			// n8n saves the static data once more after activation.
			const { device_id } = add();
			expect(eventKeys(await first.poll())).toEqual([`deviceEnrolled ${device_id}`]);
			const other = add();
			const second = await poller(everything, { durable, staticData: first.staticData });
			expect(eventKeys(await second.poll())).toEqual([`deviceEnrolled ${other.device_id}`]);
			expect(await second.poll()).toBeNull();
			const third = await poller(everything, { durable, staticData: second.staticData });
			expect(await third.poll()).toBeNull();
		});

		it('emits the same ids again when n8n was killed between emitting and saving', async () => {
			const first = await poller(everything, { durable });
			await first.poll();
			add();
			await first.poll();
			const saved = first.staticData;
			const [{ device_id }] = [...tenant.state.devices.values()] as unknown as [
				{ device_id: string },
			];
			tenant.mutate({ op: 'updateDevice', device_id, fields: { device_name: 'New' } });
			add();
			tenant.mutate({ op: 'addThreat' });
			const lost = await first.poll();
			expect(lost).toHaveLength(3);
			const second = await poller(everything, { durable, staticData: saved });
			const again = await second.poll();
			expect(eventIds(again).sort()).toEqual(eventIds(lost).sort());
			expect(await second.poll()).toBeNull();
		});
	});

	it.each([
		['the events', { events: ['deviceEnrolled', 'deviceRemoved'] }, '127.0.0.1'],
		['a filter', { events: ['deviceEnrolled'], filters: { userEmail: '@' } }, '127.0.0.1'],
		['the tenant', { events: ['deviceEnrolled'] }, 'localhost'],
	])('takes a new baseline when %s changes', async (_, parameters, host) => {
		const first = await poller({ events: ['deviceEnrolled'] }, { durable: true });
		await first.poll();
		const { staticData } = first;
		add();
		const apiUrl = tenant.url.replace('127.0.0.1', host);
		const second = await poller(parameters, {
			durable: true,
			staticData,
			credential: { ...options.credential, apiUrl },
		});
		expect(await second.poll()).toBeNull();
		expect(second.staticData).not.toEqual(staticData);
		const user = { email: 'ana@acme.example', id: '1', name: 'Ana', is_archived: false };
		tenant.mutate({ op: 'addDevice', fields: { user } });
		expect(await second.poll()).toHaveLength(1);
	});

	it('keeps the baseline of the activation, which durable mode does not save', async () => {
		const parameters = { events: ['deviceEnrolled'], filters: { userEmail: '@acme' } };
		const activation = await poller(parameters);
		expect(await activation.poll()).toBeNull();
		const [user] = tenant.state.users.values();
		const { id, name } = user!;
		const fields = { user: { id, name, email: 'ana@acme.example', is_archived: false } };
		tenant.mutate({ op: 'addDevice', fields });
		const scheduled = await poller(parameters, { durable: true });
		expect(await scheduled.poll()).toHaveLength(1);
		expect(await scheduled.poll()).toBeNull();
	});

	it('continues from the same state when Simplify changes', async () => {
		const first = await poller({ events: ['deviceEnrolled'] }, { durable: true });
		await first.poll();
		add();
		const parameters = { events: ['deviceEnrolled'], simplify: false };
		const second = await poller(parameters, { durable: true, staticData: first.staticData });
		expect(await second.poll()).toHaveLength(1);
	});

	it('is replaced by a silent baseline when it is damaged, which the log says', async () => {
		const parameters = { events: ['deviceEnrolled'], emitExisting: true };
		const first = await poller(parameters, { durable: true });
		await first.poll();
		// Now n8n has saved a state, so that none is kept in memory.
		await first.poll();
		expect(first.warnings).toEqual([]);
		const state = { ...(first.staticData.state as object), pollId: 'x' };
		const second = await poller(parameters, { durable: true, staticData: { state } });
		add();
		expect(await second.poll()).toBeNull();
		expect(second.warnings).toEqual([expect.stringContaining('this poll takes a new baseline')]);
		add();
		expect(await second.poll()).toHaveLength(1);
		expect(second.warnings).toHaveLength(1);
	});
});
