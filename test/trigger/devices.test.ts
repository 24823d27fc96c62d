import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { createPoller, type PollerOptions } from '../../simulator/engine/poller';
import { startTenant, type Tenant } from '../../simulator/tenant/index';
import {
	parseDate,
	spaced,
	spacedSeconds,
	zoneless,
	zulu,
} from '../../simulator/tenant/state/dates';
import { credentialOf, eventIds, eventKeys } from './support';

const DAY = 86_400_000;

describe('Kandji Trigger on devices', () => {
	let tenant: Tenant;
	let options: PollerOptions;
	const poller = async (parameters: INodeParameters, more: Partial<PollerOptions> = {}) =>
		await createPoller(parameters, { ...options, ...more });
	const device = (index: number) => [...tenant.state.devices.values()][index]!;
	/** Managed devices that checked in recently. */
	const healthy = () =>
		[...tenant.state.devices.values()].filter(
			({ is_removed, is_missing, last_check_in }) =>
				!is_removed && !is_missing && last_check_in !== '',
		);

	beforeAll(async () => {
		tenant = await startTenant({ devices: 400, rateLimit: false });
		options = { credential: credentialOf(tenant) };
	});
	beforeEach(() => tenant.reset());
	afterAll(async () => await tenant.close());

	it('takes a baseline at activation and then emits new devices once', async () => {
		const { poll } = await poller({ events: ['deviceEnrolled'] });
		expect(await poll()).toBeNull();
		expect(await poll()).toBeNull();
		const [added] = tenant.mutate({ op: 'addDevice' }) as Array<{ device_id: string }>;
		const items = await poll();
		expect(eventKeys(items)).toEqual([`deviceEnrolled ${added!.device_id}`]);
		expect(items![0]!.json).toMatchObject({
			event: 'deviceEnrolled',
			device_id: added!.device_id,
			serial_number: expect.any(String),
			blueprint_name: expect.any(String),
		});
		expect(await poll()).toBeNull();
	});

	it('returns the API’s record when Simplify is off', async () => {
		const { poll } = await poller({ events: ['deviceEnrolled'], simplify: false });
		await poll();
		const [added] = tenant.mutate({ op: 'addDevice' }) as [object];
		expect((await poll())![0]!.json).toMatchObject(added);
	});

	it('names the fields that changed, and reports the change back', async () => {
		const { poll } = await poller({ events: ['deviceChanged'] });
		await poll();
		const { device_id, blueprint_id, os_version } = device(5);
		tenant.mutate({
			op: 'updateDevice',
			device_id,
			fields: { blueprint_id: 'another', os_version: '99.1' },
		});
		const first = await poll();
		expect(first!.map(({ json }) => json.changed_fields)).toEqual([['blueprint_id', 'os_version']]);
		tenant.mutate({ op: 'updateDevice', device_id, fields: { blueprint_id, os_version } });
		const second = await poll();
		tenant.mutate({ op: 'updateDevice', device_id, fields: { os_version: '99.1' } });
		const third = await poll();
		expect(third!.map(({ json }) => json.changed_fields)).toEqual([['os_version']]);
		expect(new Set([first, second, third].flatMap(eventIds)).size).toBe(3);
	});

	it('detects changes of every watched field, but not another form of the same value', async () => {
		const { poll } = await poller({ events: ['deviceChanged'] });
		const [target] = healthy();
		const { device_id, tags, ...was } = target!;
		tenant.mutate({ op: 'updateDevice', device_id, fields: { user: '', asset_tag: '' } });
		await poll();
		const same = { user: null, asset_tag: null as unknown as string, tags: [...tags].reverse() };
		tenant.mutate({ op: 'updateDevice', device_id, fields: same });
		expect(await poll()).toBeNull();
		const [user] = tenant.state.users.values();
		tenant.mutate({
			op: 'updateDevice',
			device_id,
			fields: {
				agent_version: '9',
				asset_tag: '9',
				blueprint_id: '9',
				blueprint_name: 'Ninth',
				device_name: '9',
				is_missing: true,
				is_removed: true,
				lost_mode_status: '9',
				os_version: '9',
				tags: ['9'],
				user: { id: user!.id, email: 'nine@acme.example', name: '', is_archived: false },
				last_check_in: zulu(Date.now()),
			},
		});
		const [{ json }, ...others] = (await poll()) as [INodeExecutionData, ...INodeExecutionData[]];
		expect(others).toEqual([]);
		expect(json.changed_fields).toEqual([
			'agent_version',
			'asset_tag',
			'blueprint_id',
			'device_name',
			'is_missing',
			'is_removed',
			'lost_mode_status',
			'os_version',
			'tags',
			'user',
		]);
		expect(json.changes).toEqual([
			{ field: 'agent_version', from: was.agent_version, to: '9' },
			{ field: 'asset_tag', from: null, to: '9' },
			{ field: 'blueprint_id', from: was.blueprint_id, to: '9' },
			{ field: 'blueprint_name', from: was.blueprint_name, to: 'Ninth' },
			{ field: 'device_name', from: was.device_name, to: '9' },
			{ field: 'is_missing', from: false, to: true },
			{ field: 'is_removed', from: false, to: true },
			{ field: 'lost_mode_status', from: was.lost_mode_status || null, to: '9' },
			{ field: 'os_version', from: was.os_version, to: '9' },
			{ field: 'tags', from: [...tags].sort(), to: ['9'] },
			{ field: 'user_email', from: null, to: 'nine@acme.example' },
		]);
	});

	it('tells no change when a blueprint is renamed, and its present name when the device leaves it', async () => {
		const { poll } = await poller({ events: ['deviceChanged'], watchFields: ['blueprint_id'] });
		await poll();
		const { device_id, blueprint_id } = device(6);
		const update = (fields: object) => tenant.mutate({ op: 'updateDevice', device_id, fields });
		update({ blueprint_name: 'Renamed' });
		expect(await poll()).toBeNull();
		update({ blueprint_id: 'another', blueprint_name: 'Another' });
		expect((await poll())![0]!.json.changes).toEqual([
			{ field: 'blueprint_id', from: blueprint_id, to: 'another' },
			{ field: 'blueprint_name', from: 'Renamed', to: 'Another' },
		]);
	});

	it('compares only the watched fields', async () => {
		const { poll } = await poller({ events: ['deviceChanged'], watchFields: ['user'] });
		await poll();
		const { device_id } = device(3);
		tenant.mutate({ op: 'updateDevice', device_id, fields: { os_version: '99.1' } });
		expect(await poll()).toBeNull();
	});

	it('emits ID and serial number of removed devices, deleted or marked', async () => {
		const { poll } = await poller({ events: ['deviceRemoved'] });
		await poll();
		const [gone, marked] = healthy();
		tenant.mutate({ op: 'removeDevice', device_id: gone!.device_id });
		const { device_id } = marked!;
		tenant.mutate({ op: 'updateDevice', device_id, fields: { is_removed: true } });
		const items = await poll();
		const ids = items!.map(({ json }) => json);
		expect(ids).toHaveLength(2);
		for (const { device_id: id, serial_number } of [gone!, marked!]) {
			expect(ids).toContainEqual({
				event: 'deviceRemoved',
				event_id: expect.stringContaining(`deviceRemoved:${id}:`),
				device_id: id,
				serial_number,
			});
		}
		tenant.mutate({ op: 'removeDevice', device_id });
		expect(await poll()).toBeNull();
	});

	it('reports a re-enrollment, not a new device', async () => {
		const { poll } = await poller({ events: ['deviceEnrolled', 'deviceReEnrolled'] });
		await poll();
		const { device_id } = device(9);
		tenant.mutate({ op: 'reEnroll', device_id });
		expect(eventKeys(await poll())).toEqual([`deviceReEnrolled ${device_id}`]);
		expect(await poll()).toBeNull();
	});

	it('reports each period of inactivity once', async () => {
		const { poll } = await poller({ events: ['deviceNotSeen'], daysNotSeen: 7 });
		const { device_id } = healthy()[0]!;
		await poll();
		const setInactive = (days: number) =>
			tenant.mutate({
				op: 'updateDevice',
				device_id,
				fields: { last_check_in: zulu(Date.now() - days * DAY - 60_000) },
			});
		setInactive(8);
		const items = await poll();
		expect(eventKeys(items)).toEqual([`deviceNotSeen ${device_id}`]);
		expect(items![0]!.json.days_not_seen).toBe(8);
		expect(await poll()).toBeNull();
		tenant.mutate({ op: 'checkIn', device_id });
		expect(await poll()).toBeNull();
		setInactive(9);
		expect(eventKeys(await poll())).toEqual([`deviceNotSeen ${device_id}`]);
	});

	it('counts from the enrollment when a device never checked in', async () => {
		const { poll } = await poller({ events: ['deviceNotSeen'], daysNotSeen: 7 });
		await poll();
		const fields = { last_check_in: '', last_enrollment: spaced(Date.now() - 10 * DAY) };
		const [added] = tenant.mutate({ op: 'addDevice', fields }) as Array<{ device_id: string }>;
		expect(eventKeys(await poll())).toEqual([`deviceNotSeen ${added!.device_id}`]);
	});

	it('finds several events of one device with one sweep', async () => {
		const events = ['deviceChanged', 'deviceCheckedIn', 'deviceEnrolled', 'deviceRemoved'];
		const { poll } = await poller({ events });
		await poll();
		const { device_id } = device(1);
		tenant.mutate({ op: 'checkIn', device_id });
		tenant.mutate({ op: 'updateDevice', device_id, fields: { device_name: 'Renamed' } });
		const before = tenant.counters.total.received;
		expect(eventKeys(await poll())).toEqual([
			`deviceChanged ${device_id}`,
			`deviceCheckedIn ${device_id}`,
		]);
		expect(tenant.counters.total.received - before).toBe(2);
	});

	it('treats every form of a date as the same time', async () => {
		const { poll } = await poller({ events: ['deviceCheckedIn', 'deviceReEnrolled'] });
		const { device_id } = healthy()[0]!;
		const time = Date.now() - 5000;
		const write = (form: (time: number) => string) =>
			tenant.mutate({
				op: 'updateDevice',
				device_id,
				fields: { last_check_in: form(time), last_enrollment: form(time) },
			});
		write(zulu);
		await poll();
		for (const form of [spaced, zoneless]) {
			write(form);
			expect(await poll()).toBeNull();
		}
		expect(parseDate(spacedSeconds(time))).toBeLessThanOrEqual(time);
	});

	describe('filters', () => {
		it('sends the platform and compares the rest with the record', async () => {
			const mac = healthy().find(({ platform }) => platform === 'Mac')!;
			const { poll } = await poller({
				events: ['deviceEnrolled', 'deviceRemoved'],
				filters: {
					platform: 'Mac',
					blueprintId: { __rl: true, mode: 'id', value: mac.blueprint_id },
				},
			});
			await poll();
			const fields = { platform: 'Mac' as const, blueprint_id: mac.blueprint_id };
			const [right] = tenant.mutate({ op: 'addDevice', fields }) as Array<{ device_id: string }>;
			tenant.mutate({ op: 'addDevice', fields: { ...fields, platform: 'iPad' } });
			tenant.mutate({ op: 'addDevice', fields: { ...fields, blueprint_id: 'other' } });
			const { device_id } = mac;
			// It moved to another blueprint, but it was not removed.
			tenant.mutate({ op: 'updateDevice', device_id, fields: { blueprint_id: 'other' } });
			expect(eventKeys(await poll())).toEqual([`deviceEnrolled ${right!.device_id}`]);
		});

		it('compares tags and users', async () => {
			const user = { id: '3de7b283-1a44-47ef-bde1-2f556a8a32f7', email: 'Ana@acme.example' };
			const { poll } = await poller({
				events: ['deviceEnrolled'],
				filters: {
					tagNames: 'Loaner, Finance',
					userEmail: '@ACME.example',
					userId: { __rl: true, mode: 'id', value: user.id },
				},
			});
			await poll();
			const fields = { tags: ['Finance'], user: { ...user, name: 'Ana', is_archived: false } };
			tenant.mutate({ op: 'addDevice', fields });
			tenant.mutate({ op: 'addDevice', fields: { ...fields, tags: ['finance'] } });
			tenant.mutate({ op: 'addDevice', fields: { ...fields, user: null } });
			expect(await poll()).toHaveLength(1);
		});

		it('rejects an empty one before any request', async () => {
			const { poll } = await poller({ events: ['deviceEnrolled'], filters: { tagNames: ' ' } });
			await expect(poll()).rejects.toThrow('Tag Names is empty');
			expect(tenant.counters.total.received).toBe(0);
		});
	});

	describe('existing devices', () => {
		it('are emitted once at activation if chosen', async () => {
			const parameters = { events: ['deviceEnrolled'], emitExisting: true };
			const first = await poller(parameters);
			const present = [...tenant.state.devices.values()].filter(({ is_removed }) => !is_removed);
			const items = await first.poll();
			expect(items).toHaveLength(present.length);
			expect(new Set(eventIds(items)).size).toBe(present.length);
			expect(await first.poll()).toBeNull();
			const changed = { ...parameters, filters: { platform: 'Mac' } };
			const second = await poller(changed, { staticData: first.staticData });
			expect(await second.poll()).toBeNull();
		});
	});

	describe('check-ins alone', () => {
		it('need one request when few devices checked in', async () => {
			const { poll } = await poller({ events: ['deviceCheckedIn'] });
			for (const { device_id } of healthy().slice(5)) {
				const fields = { last_check_in: zulu(Date.now() - DAY) };
				tenant.mutate({ op: 'updateDevice', device_id, fields });
			}
			await poll();
			const { device_id } = healthy()[4]!;
			tenant.mutate({ op: 'checkIn', device_id });
			const before = tenant.counters.total.received;
			expect(eventKeys(await poll())).toEqual([`deviceCheckedIn ${device_id}`]);
			expect(await poll()).toBeNull();
			expect(tenant.counters.total.received - before).toBe(2);
		});

		it('are found behind any number of blank ones', async () => {
			tenant.state.devices.blanksFirst = true;
			for (const { device_id } of healthy().slice(50)) {
				tenant.mutate({ op: 'updateDevice', device_id, fields: { last_check_in: '' } });
			}
			const { poll } = await poller({ events: ['deviceCheckedIn'] });
			await poll();
			const { device_id } = healthy()[7]!;
			tenant.mutate({ op: 'checkIn', device_id });
			expect(eventKeys(await poll())).toEqual([`deviceCheckedIn ${device_id}`]);
			tenant.state.devices.blanksFirst = false;
		});

		it('are not hidden by a device whose clock is ahead', async () => {
			const [ahead, other] = healthy();
			const fields = { last_check_in: zulu(Date.now() + 900 * DAY) };
			tenant.mutate({ op: 'updateDevice', device_id: ahead!.device_id, fields });
			const { poll } = await poller({ events: ['deviceCheckedIn'] });
			await poll();
			tenant.mutate({ op: 'checkIn', device_id: other!.device_id });
			expect(eventKeys(await poll())).toEqual([`deviceCheckedIn ${other!.device_id}`]);
			tenant.mutate({ op: 'checkIn', device_id: ahead!.device_id });
			expect(eventKeys(await poll())).toEqual([`deviceCheckedIn ${ahead!.device_id}`]);
			expect(await poll()).toBeNull();
		});
	});
});
