import type { INodeParameters } from 'n8n-workflow';

import { createPoller, type PollerOptions } from '../../simulator/engine/poller';
import { loadNodeType } from '../../simulator/engine/package';
import { startTenant, type Tenant } from '../../simulator/tenant/index';
import { credentialOf } from './support';

const everything = {
	events: ['auditEvent', 'deviceChanged', 'deviceEnrolled', 'deviceRemoved', 'threatDetected'],
};

describe('Kandji Trigger’s parameters, budget and test events', () => {
	let tenant: Tenant;
	let options: PollerOptions;
	const poller = async (parameters: INodeParameters, more: Partial<PollerOptions> = {}) =>
		await createPoller(parameters, { ...options, ...more });

	beforeAll(async () => {
		tenant = await startTenant({ devices: 200, rateLimit: false });
		options = { credential: credentialOf(tenant) };
	});
	beforeEach(() => tenant.reset());
	afterAll(async () => await tenant.close());

	it('reports when the budget of a poll is used up', async () => {
		const trigger = await poller(everything, { durable: true, budgetMs: -1 });
		await expect(trigger.poll()).rejects.toThrow(
			'The poll did not finish within the 0 seconds that n8n allows',
		);
		expect(trigger.staticData).toEqual({});
	});

	describe('Fetch Test Event', () => {
		it('shows one real record of each chosen event, and changes nothing', async () => {
			const trigger = await poller(everything, { mode: 'manual' });
			const items = await trigger.poll();
			expect(items!.map(({ json }) => json.event)).toEqual(everything.events);
			expect(tenant.state.devices.has(String(items![1]!.json.device_id))).toBe(true);
			const { changed_fields, changes, os_version } = items![1]!.json;
			expect(changed_fields).toContain('user');
			expect(changes).toContainEqual({ field: 'os_version', from: os_version, to: os_version });
			expect(trigger.staticData).toEqual({});
			expect(tenant.counters.total.received).toBe(3);
		});

		it('shows records that pass the filters', async () => {
			const parameters = { events: ['deviceEnrolled'], filters: { platform: 'AppleTV' } };
			const items = await (await poller(parameters, { mode: 'manual' })).poll();
			expect(items!.map(({ json }) => json.platform)).toEqual(['AppleTV']);
		});

		it('shows every event that there is', async () => {
			const { description } = await loadNodeType('kandjiTrigger');
			const { options: choices } = description.properties.find(({ name }) => name === 'events')!;
			const events = choices!.map((choice) => ('value' in choice ? String(choice.value) : ''));
			const items = await (await poller({ events }, { mode: 'manual' })).poll();
			expect(items!.map(({ json }) => json.event)).toEqual(events);
			expect(new Set(items!.map(({ json }) => json.event_id)).size).toBe(events.length);
		});

		it('leaves out an event without any record', async () => {
			tenant.state.threats.length = 0;
			const items = await (await poller(everything, { mode: 'manual' })).poll();
			expect(items!.map(({ json }) => json.event)).toEqual(everything.events.slice(0, -1));
		});

		it('reports when no record passes the filters', async () => {
			const parameters = { events: ['deviceEnrolled'], filters: { tagNames: 'No such tag' } };
			const trigger = await poller(parameters, { mode: 'manual' });
			await expect(trigger.poll()).rejects.toThrow('Kandji has no record for a test event');
		});
	});

	it.each([
		[{ events: [] }, 'Trigger On is empty'],
		[{ events: ['deviceChanged'], watchFields: [] }, 'Watch Fields is empty'],
		[
			{ events: ['deviceNotSeen'], daysNotSeen: 0 },
			'Days Without Check-In must be a whole number of at least 1',
		],
		[{ events: ['auditEvent'], auditFilters: { action: '' } }, 'Actions is empty'],
		[
			{ events: ['threatDetected'], options: { lookBackHours: 0 } },
			'Look Back (Hours) must be a whole number of at least 1',
		],
	])('refuses %p', async (parameters, message) => {
		const trigger = await poller(parameters);
		await expect(trigger.poll()).rejects.toThrow(message);
		expect(tenant.counters.total.received).toBe(0);
	});
});
