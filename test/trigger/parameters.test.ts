import type { INodeParameters } from 'n8n-workflow';

import { createPoller, type PollerOptions } from '../../simulator/engine/poller';
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

		it('reports when no record passes the filters', async () => {
			const parameters = { events: ['deviceEnrolled'], filters: { tagNames: 'No such tag' } };
			const trigger = await poller(parameters, { mode: 'manual' });
			await expect(trigger.poll()).rejects.toThrow('Kandji has no record for a test event');
		});
	});

	it.each([
		[{ events: [] }, 'Trigger On is empty'],
		[{ events: ['deviceChanged'], watchFields: [] }, 'Watch Fields is empty'],
		[{ events: ['deviceNotSeen'], daysNotSeen: 0 }, 'Days Without Check-In must be more than 0'],
		[{ events: ['auditEvent'], auditFilters: { action: '' } }, 'Actions is empty'],
	])('refuses %p', async (parameters, message) => {
		const trigger = await poller(parameters);
		await expect(trigger.poll()).rejects.toThrow(message);
		expect(tenant.counters.total.received).toBe(0);
	});
});
