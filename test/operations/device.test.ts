import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { runNode } from '../../simulator/engine/engine';
import { startTenant, type Tenant } from '../../simulator/tenant';

let tenant: Tenant;

beforeAll(async () => {
	tenant = await startTenant({ devices: 700, rateLimit: false });
});
beforeEach(() => tenant.reset());
afterAll(() => tenant.close());

const run = async (parameters: INodeParameters, settings: object = {}) =>
	await runNode(parameters, {
		credential: { region: 'custom', apiUrl: tenant.url, token: tenant.token },
		...settings,
	});

const devices = () => [...tenant.state.devices.values()];
const deviceOf = (platform: string) => devices().find((device) => device.platform === platform)!;
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const jsonOf = ({ items }: { items: Array<{ json: IDataObject }> }) =>
	items.map(({ json }) => json);

describe('Device › Get Many', () => {
	it('returns every device once, over several pages', async () => {
		const result = await run({ resource: 'device', operation: 'getAll', returnAll: true });
		const ids = jsonOf(result).map(({ device_id }) => device_id);
		expect(new Set(ids)).toEqual(new Set(devices().map(({ device_id }) => device_id)));
		expect(ids).toHaveLength(700);
	});

	it.each(['Mac', 'iPhone', 'iPad', 'AppleTV', 'Windows', 'Android'])(
		'filters by platform: %s',
		async (platform) => {
			const result = await run({
				resource: 'device',
				operation: 'getAll',
				returnAll: true,
				filters: { platform },
			});
			const expected = devices().filter((device) => device.platform === platform);
			expect(expected.length).toBeGreaterThan(0);
			expect(jsonOf(result)).toHaveLength(expected.length);
		},
	);

	it('refuses a filter whose expression gave nothing', async () => {
		const { error } = await run({
			resource: 'device',
			operation: 'getAll',
			filters: { userEmailExact: '={{ $json.mail }}' },
		});
		expect(error?.message).toBe('User Email (Exact) is empty');
		expect(tenant.counters.total.received).toBe(0);
	});
});

describe('Device › Get Details', () => {
	it.each(['Mac', 'iPhone', 'iPad', 'AppleTV', 'Windows', 'Android'])(
		'simplifies a device of the platform %s',
		async (platform) => {
			const device = deviceOf(platform);
			const [details] = jsonOf(
				await run({
					resource: 'device',
					operation: 'getDetails',
					deviceId: byId(device.device_id),
				}),
			);
			expect(details).toMatchObject({
				device_id: device.device_id,
				device_name: device.device_name,
				serial_number: device.serial_number,
				platform,
			});
			expect(Object.values(details ?? {})).not.toContain('');
			expect(Object.values(details ?? {})).not.toContain(undefined);
		},
	);
});

describe('a device by its serial number', () => {
	it('is the one with exactly this serial number, not the first that contains it', async () => {
		const mac = deviceOf('Mac');
		tenant.mutate({
			op: 'updateDevice',
			device_id: deviceOf('iPad').device_id,
			fields: { serial_number: `${mac.serial_number}X` },
		});
		const [found] = jsonOf(
			await run({
				resource: 'device',
				operation: 'get',
				deviceId: { __rl: true, mode: 'serial', value: mac.serial_number.toLowerCase() },
			}),
		);
		expect(found?.device_id).toBe(mac.device_id);
		const { error } = await run({
			resource: 'device',
			operation: 'get',
			deviceId: { __rl: true, mode: 'serial', value: mac.serial_number.slice(0, 6) },
		});
		expect(error?.message).toMatch(/^There is no device with the serial number/);
	});
});

describe('Device › Update', () => {
	it('writes and clears', async () => {
		const { device_id: id } = deviceOf('Mac');
		await run({
			resource: 'device',
			operation: 'update',
			deviceId: byId(id),
			updateFields: { assetTag: 'A-1' },
		});
		expect(tenant.state.devices.get(id)?.asset_tag).toBe('A-1');
		await run({
			resource: 'device',
			operation: 'update',
			deviceId: byId(id),
			updateFields: { clearFields: ['assetTag', 'tags', 'user'] },
		});
		expect(tenant.state.devices.get(id)).toMatchObject({ asset_tag: '', tags: [] });
	});

	it.each([
		['Asset Tag', { assetTag: '={{ $json.tag }}' }, 'Asset Tag is empty'],
		['Tags', { tags: '={{ $json.tags }}' }, 'Tags is empty'],
		['User', { userId: byId('={{ $json.user }}') }, 'User is empty'],
		['Blueprint', { blueprintId: byId('nonsense') }, /^Blueprint is not a valid ID/],
		['nothing', {}, 'There is nothing to update'],
	])('refuses %s without a value, before any request', async (_name, updateFields, message) => {
		const { error } = await run({
			resource: 'device',
			operation: 'update',
			deviceId: byId(deviceOf('Mac').device_id),
			updateFields: updateFields as never,
		}).catch((thrown: Error) => ({ error: thrown }));
		expect(error?.message).toMatch(message);
		expect(tenant.counters.total.received).toBe(0);
	});

	it('passes on what the API says about an unknown tag', async () => {
		const { error } = await run({
			resource: 'device',
			operation: 'update',
			deviceId: byId(deviceOf('Mac').device_id),
			updateFields: { tags: 'No such tag' },
		});
		expect(error?.message).toContain('No such tag');
	});
});

describe('what cannot be undone', () => {
	const mac = () => deviceOf('Mac');
	const erased = () => tenant.counters.operations['POST /api/v1/devices/{device_id}/action/erase'];

	it.each([
		['erase', { resource: 'deviceAction', operation: 'erase' }],
		['delete', { resource: 'device', operation: 'delete' }],
	])('%s is refused when the serial number is another one', async (_name, parameters) => {
		const { error } = await run({
			...parameters,
			deviceId: byId(mac().device_id),
			confirmSerialNumber: deviceOf('iPad').serial_number,
		});
		expect(error?.message).toMatch(/^Confirm Serial Number does not match/);
		expect(Object.values(tenant.counters.destructive)).toEqual([]);
	});

	it('erase goes out when it matches, or when the check is turned off', async () => {
		const deviceId = byId(mac().device_id);
		const action = { resource: 'deviceAction', operation: 'erase', deviceId };
		const confirmed = await run({ ...action, confirmSerialNumber: mac().serial_number });
		const { device_id, serial_number, device_name } = mac();
		expect(jsonOf(confirmed)).toEqual([{ success: true, device_id, serial_number, device_name }]);
		tenant.reset();
		await run({ ...action, checkSerialNumber: false });
		expect(erased()).toMatchObject({ received: 1, executed: 1 });
	});
});

describe('Add Device Note', () => {
	it('writes who did what on the device', async () => {
		const { device_id: id } = deviceOf('Mac');
		const action = { resource: 'deviceAction', operation: 'restart', deviceId: byId(id) };
		const [item] = jsonOf(await run({ ...action, addDeviceNote: true }));
		expect(tenant.state.notes.get(id)?.at(-1)?.content).toBe(item?.note);
		expect(item?.note).toMatch(/^Device Action › Restart by n8n: workflow "/);
	});

	it('does not fail an action that was done', async () => {
		tenant.mutate({
			op: 'permission',
			operation: 'POST /api/v1/devices/{device_id}/notes',
			allowed: false,
		});
		const { device_id: id } = deviceOf('Mac');
		const action = { resource: 'deviceAction', operation: 'restart', deviceId: byId(id) };
		const [item] = jsonOf(await run({ ...action, addDeviceNote: true }));
		expect(item).toMatchObject({
			success: true,
			note_error: 'The API token is missing a permission, or Kandji rejected it',
		});
	});
});

describe('Redact Personal Data', () => {
	it('leaves no name and no email of a person in the output', async () => {
		const device = devices().find(({ platform, user }) => platform === 'Mac' && user)!;
		const { name, email } = device.user as { name: string; email: string };
		for (const operation of ['get', 'getDetails']) {
			const raw = operation === 'get' ? { simplify: false } : { output: 'raw' };
			const text = JSON.stringify(
				jsonOf(
					await run({
						resource: 'device',
						operation,
						...raw,
						deviceId: byId(device.device_id),
						options: { redactPersonalData: true },
					}),
				),
			);
			expect(text).toContain(device.device_id);
			expect(text).toContain(device.serial_number);
			expect(text).not.toContain(name);
			expect(text).not.toContain(email);
			expect(text).not.toContain(device.device_name);
		}
	});
});
