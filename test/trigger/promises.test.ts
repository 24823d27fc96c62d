import type { INodeParameters } from 'n8n-workflow';

import { createPoller, type PollerOptions } from '../../simulator/engine/poller';
import { startTenant, type Fault, type Tenant } from '../../simulator/tenant/index';
import { credentialOf, eventIds, eventKeys } from './support';

const everything = {
	events: ['auditEvent', 'deviceChanged', 'deviceEnrolled', 'deviceRemoved', 'threatDetected'],
};

describe('Kandji Trigger keeps its promises', () => {
	let tenant: Tenant;
	let options: PollerOptions;
	const poller = async (parameters: INodeParameters, more: Partial<PollerOptions> = {}) =>
		await createPoller(parameters, { ...options, ...more });
	const add = () => (tenant.mutate({ op: 'addDevice' }) as Array<{ device_id: string }>)[0]!;

	beforeAll(async () => {
		tenant = await startTenant({ devices: 1000, rateLimit: false });
		options = { credential: credentialOf(tenant) };
	});
	beforeEach(() => tenant.reset());
	afterAll(async () => await tenant.close());

	describe.each([false, true])('durable %s', (durable) => {
		it('across restarts of n8n nothing is lost or told twice', async () => {
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

		it('n8n killed between emitting and saving tells again, under the same id', async () => {
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

		const faults: Array<[string, Fault, RegExp]> = [
			['401', { kind: 'tokenRevoked' }, /does not accept the API token/],
			['403', { kind: 'permissionLoss' }, /may not do this/],
			['HTML', { kind: 'html', status: 500 }, /.+/],
			['half an answer', { kind: 'truncate' }, /cut off/],
			['an error with status 200', { kind: 'errorBody' }, /.+/],
			['nothing', { kind: 'empty' }, /empty answer/],
			['the same page', { kind: 'repeat' }, /same page|changing/],
		];
		it.each(faults)(
			'a sweep that ends in %s emits nothing and keeps the state',
			async (_, fault, message) => {
				const trigger = await poller(everything, { durable });
				await trigger.poll();
				const first = add();
				await trigger.poll();
				const { staticData } = trigger;
				const added = add();
				tenant.mutate({ op: 'removeDevice', device_id: first.device_id });
				tenant.faults.add({ ...fault, path: '/api/v1/devices', after: 2 });
				await expect(trigger.poll()).rejects.toThrow(message);
				expect(trigger.staticData).toEqual(staticData);
				tenant.faults.clear();
				tenant.mutate({ op: 'restoreToken' });
				tenant.mutate({ op: 'permission', operation: 'GET /api/v1/devices', allowed: true });
				expect(eventKeys(await trigger.poll())).toEqual([
					`deviceEnrolled ${added.device_id}`,
					`deviceRemoved ${first.device_id}`,
				]);
				expect(await trigger.poll()).toBeNull();
			},
		);

		it('one failing source holds the others back, and nothing is lost', async () => {
			const trigger = await poller(everything, { durable });
			await trigger.poll();
			tenant.mutate({ op: 'addThreat' });
			add();
			tenant.faults.add({ kind: 'status', status: 403, path: '/api/v1/threat-details', times: 1 });
			await expect(trigger.poll()).rejects.toThrow('may not do this');
			expect(await trigger.poll()).toHaveLength(2);
		});

		it('a first poll that fails does not lose the baseline', async () => {
			const trigger = await poller(everything, { durable });
			tenant.faults.add({ kind: 'status', status: 500, path: '/api/v1/devices', times: 1 });
			await expect(trigger.poll()).rejects.toThrow();
			expect(trigger.staticData).toEqual({});
			expect(await trigger.poll()).toBeNull();
			const { device_id } = add();
			expect(eventKeys(await trigger.poll())).toEqual([`deviceEnrolled ${device_id}`]);
		});
	});

	it.each([
		['the events', { events: ['deviceEnrolled', 'deviceRemoved'] }, '127.0.0.1'],
		['a filter', { events: ['deviceEnrolled'], filters: { userEmail: '@' } }, '127.0.0.1'],
		['the tenant', { events: ['deviceEnrolled'] }, 'localhost'],
	])('another value of %s takes a new baseline', async (_, parameters, host) => {
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

	it('durable mode forgets what activation stored, and nothing is lost all the same', async () => {
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

	it('another Simplify, which changes no event, goes on from the same state', async () => {
		const first = await poller({ events: ['deviceEnrolled'] }, { durable: true });
		await first.poll();
		add();
		const parameters = { events: ['deviceEnrolled'], simplify: false };
		const second = await poller(parameters, { durable: true, staticData: first.staticData });
		expect(await second.poll()).toHaveLength(1);
	});

	it.each([
		['of a later release', { version: 99 }],
		['cut off', { devices: { columns: [], data: 'AAAA' } }],
	])('a stored state %s is replaced by a new baseline', async (_, change) => {
		const first = await poller({ events: ['deviceEnrolled'] }, { durable: true });
		await first.poll();
		const state = { ...(first.staticData.state as object), ...change };
		const second = await poller(
			{ events: ['deviceEnrolled'] },
			{ durable: true, staticData: { state } },
		);
		expect(await second.poll()).toBeNull();
		add();
		expect(await second.poll()).toHaveLength(1);
	});

	it('devices that flap between pages are neither new nor removed', async () => {
		const parameters = { events: ['deviceEnrolled', 'deviceRemoved'] };
		const trigger = await poller(parameters);
		await trigger.poll();
		const known = new Set(tenant.state.devices.keys());
		const told: Record<string, string[]> = { deviceEnrolled: [], deviceRemoved: [] };
		const collect = async () => {
			for (const { json } of (await trigger.poll()) ?? []) {
				told[String(json.event)]!.push(String(json.device_id));
			}
		};
		for (let round = 0; round < 6; round++) {
			// As many come as go, so that the total stays the same while rows slide.
			const id = tenant.faults.add({
				kind: 'churn',
				insert: 3,
				remove: 3,
				path: '/api/v1/devices',
			});
			await collect();
			tenant.faults.clear(id);
		}
		await collect();
		const now = new Set(tenant.state.devices.keys());
		const stayed = [...known].filter((id) => now.has(id));
		expect(stayed.length).toBeGreaterThan(800);
		for (const id of stayed) {
			expect(told.deviceEnrolled).not.toContain(id);
			expect(told.deviceRemoved).not.toContain(id);
		}
		const gone = [...known].filter((id) => !now.has(id));
		expect(told.deviceRemoved).toEqual(expect.arrayContaining(gone));
		expect(new Set(told.deviceRemoved).size).toBe(told.deviceRemoved!.length);
		expect(new Set(told.deviceEnrolled).size).toBe(told.deviceEnrolled!.length);
	});

	it('needs no more requests than the fleet has pages', async () => {
		const trigger = await poller({ events: ['deviceChanged', 'deviceEnrolled', 'deviceRemoved'] });
		for (let round = 0; round < 3; round++) {
			tenant.counters.reset();
			await trigger.poll();
			expect(tenant.counters.total.received).toBe(4);
			tenant.mutate({ op: 'removeDevice', device_id: add().device_id });
		}
	});

	it('a poll in flight is not doubled', async () => {
		const trigger = await poller({ events: ['deviceEnrolled'] });
		await trigger.poll();
		add();
		tenant.counters.reset();
		const polls = await Promise.all([trigger.poll(), trigger.poll()]);
		expect(polls).toContain(null);
		expect(polls.flatMap((items) => items ?? [])).toHaveLength(1);
		expect(tenant.counters.total.received).toBe(4);
		expect(await trigger.poll()).toBeNull();
	});

	it('ends within the time that n8n gives, and says so', async () => {
		const trigger = await poller(everything, { durable: true, budgetMs: -1 });
		await expect(trigger.poll()).rejects.toThrow(
			'The poll did not finish within the 0 seconds that n8n allows',
		);
		expect(trigger.staticData).toEqual({});
	});

	describe('Fetch Test Event', () => {
		it('shows up to three real records of the chosen events, and changes nothing', async () => {
			const trigger = await poller(everything, { mode: 'manual' });
			const items = await trigger.poll();
			expect(items!.map(({ json }) => json.event)).toEqual(everything.events.slice(0, 3));
			expect(tenant.state.devices.has(String(items![1]!.json.device_id))).toBe(true);
			expect(items![1]!.json.changed_fields).toContain('user');
			expect(trigger.staticData).toEqual({});
			expect(tenant.counters.total.received).toBe(3);
		});

		it('shows records that pass the filters', async () => {
			const parameters = { events: ['deviceEnrolled'], filters: { platform: 'AppleTV' } };
			const items = await (await poller(parameters, { mode: 'manual' })).poll();
			expect(items!.map(({ json }) => json.platform)).toEqual(['AppleTV', 'AppleTV', 'AppleTV']);
		});

		it('says in plain words when there is none', async () => {
			const parameters = { events: ['deviceEnrolled'], filters: { tagNames: 'No such tag' } };
			const trigger = await poller(parameters, { mode: 'manual' });
			await expect(trigger.poll()).rejects.toThrow('Kandji has no record for a test event');
		});
	});

	it.each([
		[{ events: [] }, 'Trigger On is empty'],
		[{ events: ['deviceChanged'], watchFields: [] }, 'Watch Fields is empty'],
		[{ events: ['deviceNotSeen'], daysNotSeen: 0 }, 'Days Without Check-In must be more than 0'],
		[{ events: ['auditEvent'], auditFilters: { action: '' } }, 'The filter Actions is empty'],
	])('refuses %p', async (parameters, message) => {
		const trigger = await poller(parameters);
		await expect(trigger.poll()).rejects.toThrow(message);
		expect(tenant.counters.total.received).toBe(0);
	});
});
