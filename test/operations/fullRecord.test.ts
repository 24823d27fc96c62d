import { byId, onTenant } from './onTenant';

const path = '/api/v1/devices/{device_id}';

describe('Device › Get Full Record', () => {
	const kandji = onTenant('device');
	const { run, json } = kandji;
	const device = (wanted = 'Mac') =>
		[...kandji.tenant.state.devices.values()].find(({ platform }) => platform === wanted)!;
	const forbid = (suffix: string) =>
		kandji.tenant.mutate({ op: 'permission', operation: `GET ${path}${suffix}`, allowed: false });
	const parts = ['details', 'apps', 'library_items', 'parameters', 'status', 'notes'];
	const paths = ['', ...parts.map((part) => `/${part.replace('_', '-')}`)];

	it('holds everything in one item', async () => {
		const [record] = await json('getFullRecord', { deviceId: byId(device().device_id) });
		expect(record).toMatchObject({
			...device(),
			details: { general: { device_id: device().device_id } },
			apps: expect.any(Array),
			library_items: expect.any(Array),
			parameters: expect.any(Array),
			status: { device_id: device().device_id },
			notes: expect.any(Array),
			missing_parts: {},
		});
		expect(kandji.tenant.counters.total.received).toBe(7);
	});

	it('names a part that the token has no permission for, and the permission', async () => {
		forbid('/apps');
		const [record] = await json('getFullRecord', { deviceId: byId(device().device_id) });
		expect(record).toMatchObject({ apps: null, notes: expect.any(Array) });
		expect(record!.missing_parts).toEqual({
			apps: expect.stringContaining(`select the permission for GET ${path}/apps`),
		});
	});

	it('leaves out the device’s own record when only that is forbidden', async () => {
		forbid('');
		const [record] = await json('getFullRecord', { deviceId: byId(device().device_id) });
		expect(record).toMatchObject({
			device_id: device().device_id,
			details: expect.any(Object),
			missing_parts: { device: expect.any(String) },
		});
	});

	it('names a part that the platform does not have', async () => {
		const [record] = await json('getFullRecord', { deviceId: byId(device('iPhone').device_id) });
		expect(record).toMatchObject({ platform: 'iPhone', details: expect.any(Object) });
		expect(Object.keys(record!.missing_parts as object).sort()).toEqual(
			parts.filter((part) => record![part] === null).sort(),
		);
	});

	it('fails when nothing may be read, and when there is no such device', async () => {
		const unknown = '3de7b283-1a44-47ef-bde1-2f556a8a32f7';
		const missing = await run('getFullRecord', { deviceId: byId(unknown) });
		expect(missing.error!.message).toBe(`Kandji found no device ${unknown}`);
		expect(kandji.tenant.counters.total.received).toBe(1);
		for (const suffix of paths) forbid(suffix);
		const { error } = await run('getFullRecord', { deviceId: byId(device().device_id) });
		expect(error!.message).toBe('The API token is missing a permission, or Kandji rejected it');
	});

	it('fails when a part breaks, instead of returning half a record', async () => {
		kandji.tenant.faults.add({ kind: 'status', status: 500, path: `${path}/status` });
		const { error, items } = await run('getFullRecord', { deviceId: byId(device().device_id) });
		expect(error).toBeDefined();
		expect(items).toEqual([]);
	});
});
