import type { INodeParameters } from 'n8n-workflow';

import { createPoller, type PollerOptions } from '../../simulator/engine/poller';
import { startTenant, type Tenant } from '../../simulator/tenant/index';
import { credentialOf, eventKeys } from './support';

describe('Kandji Trigger’s sweep', () => {
	let tenant: Tenant;
	let options: PollerOptions;
	const poller = async (parameters: INodeParameters, more: Partial<PollerOptions> = {}) =>
		await createPoller(parameters, { ...options, ...more });
	const add = () => (tenant.mutate({ op: 'addDevice' }) as Array<{ device_id: string }>)[0]!;

	beforeAll(async () => {
		tenant = await startTenant({ devices: 700, rateLimit: false });
		options = { credential: credentialOf(tenant) };
	});
	beforeEach(() => tenant.reset());
	afterAll(async () => await tenant.close());

	it('does not take devices that move between pages for new or removed', async () => {
		const parameters = { events: ['deviceEnrolled', 'deviceRemoved'] };
		const trigger = await poller(parameters);
		await trigger.poll();
		const known = new Set(tenant.state.devices.keys());
		const emitted: Record<string, string[]> = { deviceEnrolled: [], deviceRemoved: [] };
		const collect = async () => {
			for (const { json } of (await trigger.poll()) ?? []) {
				emitted[String(json.event)]!.push(String(json.device_id));
			}
		};
		for (let round = 0; round < 6; round++) {
			// As many come as go: rows move while the total stays the same.
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
		expect(stayed.length).toBeGreaterThan(500);
		for (const id of stayed) {
			expect(emitted.deviceEnrolled).not.toContain(id);
			expect(emitted.deviceRemoved).not.toContain(id);
		}
		const gone = [...known].filter((id) => !now.has(id));
		expect(emitted.deviceRemoved).toEqual(expect.arrayContaining(gone));
		expect(new Set(emitted.deviceRemoved).size).toBe(emitted.deviceRemoved!.length);
		expect(new Set(emitted.deviceEnrolled).size).toBe(emitted.deviceEnrolled!.length);
	});

	it('names devices without an ID in a warning, and emits all events of the others', async () => {
		const trigger = await poller({ events: ['deviceEnrolled', 'deviceRemoved'] });
		await trigger.poll();
		const [known, gone, other] = [...tenant.state.devices.values()].filter(
			({ is_removed }) => !is_removed,
		);
		const { device_id } = known!;
		known!.device_id = '';
		tenant.mutate({ op: 'removeDevice', device_id: gone!.device_id });
		const fresh = add();
		expect(eventKeys(await trigger.poll())).toEqual([
			`deviceEnrolled ${fresh.device_id}`,
			`deviceRemoved ${gone!.device_id}`,
		]);
		expect(trigger.warnings).toEqual([
			expect.stringContaining(
				`without an ID, which are skipped: serial_number ${known!.serial_number}`,
			),
		]);
		// A record without an ID and a serial number does not hold back the others either.
		Object.assign(tenant.state.devices.get(add().device_id)!, { device_id: '', serial_number: '' });
		known!.device_id = device_id;
		tenant.mutate({ op: 'removeDevice', device_id: other!.device_id });
		expect(eventKeys(await trigger.poll())).toEqual([`deviceRemoved ${other!.device_id}`]);
	});

	describe('at activation', () => {
		const empty = (times?: number) =>
			tenant.faults.add({ kind: 'status', status: 200, body: [], path: '/api/v1/devices', times });
		const everyEvent = { events: ['deviceChanged', 'deviceEnrolled', 'deviceRemoved'] };

		it.each([
			[everyEvent, 1],
			[everyEvent, Infinity],
			[{ events: ['deviceCheckedIn'] }, 1],
			[{ events: ['deviceCheckedIn', 'deviceEnrolled'] }, Infinity],
		])(
			'with %p does not take all devices for new when %d empty lists came',
			async (events, times) => {
				const trigger = await poller(events);
				const fault = empty(times);
				expect(await trigger.poll()).toBeNull();
				tenant.faults.clear(fault);
				expect(await trigger.poll()).toBeNull();
				const { device_id } = add();
				const items = (await trigger.poll())!;
				expect(new Set(items.map(({ json }) => json.device_id))).toEqual(new Set([device_id]));
				expect(await trigger.poll()).toBeNull();
			},
		);

		it('says in the log that a baseline was incomplete', async () => {
			const trigger = await poller(everyEvent);
			const fault = empty();
			await trigger.poll();
			tenant.faults.clear(fault);
			await trigger.poll();
			expect(trigger.warnings).toEqual([
				expect.stringMatching(/^Kandji Trigger: \d+ devices that enrolled before this trigger was/),
			]);
		});

		it('emits them once, late, when existing devices are wanted', async () => {
			const trigger = await poller({ events: ['deviceEnrolled'], emitExisting: true });
			const fault = empty();
			expect(await trigger.poll()).toBeNull();
			tenant.faults.clear(fault);
			const present = [...tenant.state.devices.values()].filter(({ is_removed }) => !is_removed);
			expect(await trigger.poll()).toHaveLength(present.length);
			expect(await trigger.poll()).toBeNull();
		});
	});

	it('emits the removal of a record before the enrollment of the one that replaces it, whenever it goes', async () => {
		const trigger = await poller({ events: ['deviceEnrolled', 'deviceRemoved'] });
		await trigger.poll();
		const [deleted, marked, staying] = [...tenant.state.devices.values()].filter(
			({ is_removed }) => !is_removed,
		);
		const added = [deleted!, marked!, staying!].map(
			({ serial_number }) =>
				(
					tenant.mutate({ op: 'addDevice', fields: { serial_number } }) as [{ device_id: string }]
				)[0].device_id,
		);
		tenant.mutate({ op: 'removeDevice', device_id: deleted!.device_id });
		marked!.is_removed = true;
		const items = (await trigger.poll())!.map(({ json }) => json);
		for (const [index, { device_id }] of [deleted!, marked!, staying!].entries()) {
			const own = items.filter((json) =>
				[device_id, added[index]].includes(String(json.device_id)),
			);
			expect(own.map(({ event, replaced_by }) => [event, replaced_by])).toEqual([
				['deviceRemoved', added[index]],
				['deviceEnrolled', undefined],
			]);
		}
		tenant.mutate({ op: 'removeDevice', device_id: staying!.device_id });
		expect(await trigger.poll()).toBeNull();
	});

	it('needs no more requests than the fleet has pages', async () => {
		const trigger = await poller({ events: ['deviceChanged', 'deviceEnrolled', 'deviceRemoved'] });
		for (let round = 0; round < 3; round++) {
			tenant.counters.reset();
			await trigger.poll();
			expect(tenant.counters.total.received).toBe(3);
			tenant.mutate({ op: 'removeDevice', device_id: add().device_id });
		}
	});

	it('does not run twice at the same time', async () => {
		const trigger = await poller({ events: ['deviceEnrolled'] });
		await trigger.poll();
		add();
		tenant.counters.reset();
		// Slow answers: on a busy machine a quick first poll can end before the second one has begun.
		const id = tenant.faults.add({ kind: 'latency', ms: 1_000, path: '/api/v1/devices' });
		const polls = await Promise.all([trigger.poll(), trigger.poll()]);
		tenant.faults.clear(id);
		expect(polls).toContain(null);
		expect(polls.flatMap((items) => items ?? [])).toHaveLength(1);
		expect(tenant.counters.total.received).toBe(3);
		expect(await trigger.poll()).toBeNull();
	});
});
