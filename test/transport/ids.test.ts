import type { IDataObject } from 'n8n-workflow';

import type { Device } from '../../simulator/tenant';
import { errorText, jsons, useTestTenant, writes, withoutPauses } from './support';

const bySerial = (value: string) => ({ __rl: true, mode: 'serial', value });
const byUrl = (value: string) => ({ __rl: true, mode: 'url', value });
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const unknownId = '3de7b283-1a44-47ef-bde1-2f556a8a32f7';

describe('the device that is meant', () => {
	withoutPauses();
	const current = useTestTenant({ devices: 40 });
	const run = async (operation: string, parameters: IDataObject, options = {}) =>
		await current.current.run(
			{ resource: 'device', operation, ...(parameters as object) },
			options,
		);

	/** Two records with one serial number, as a device leaves them that enrolled again. */
	const twins = (): [Device, Device] => {
		const [one, two] = current.current.devices(2) as [Device, Device];
		two.serial_number = one.serial_number;
		one.is_missing = two.is_missing = one.is_removed = two.is_removed = false;
		return [one, two];
	};

	it.each(['is_removed', 'is_missing'] as const)(
		'by serial number is the one that is not %s',
		async (state) => {
			const [old, now] = twins();
			old[state] = true;
			const { items } = await run('get', {
				deviceId: bySerial(` ${now.serial_number.toLowerCase()} `),
			});
			expect(jsons(items).map(({ device_id: id }) => id)).toEqual([now.device_id]);
		},
	);

	it('is refused when two are there, or when two are not, and both are listed', async () => {
		const both = twins();
		for (const state of [false, true]) {
			for (const device of both) device.is_removed = state;
			const result = await run('get', { deviceId: bySerial(both[0].serial_number) });
			expect(result.error!.message).toBe(
				`2 devices have the serial number "${both[0].serial_number}"`,
			);
			for (const { device_id: id, device_name: name, last_check_in: seen } of both) {
				for (const part of [id, name, seen]) expect(errorText(result)).toContain(part);
			}
		}
	});

	it('is found when more devices contain the serial number than one page has', async () => {
		const { tenant } = current.current;
		tenant.mutate({ op: 'addDevice', count: 320, fields: { serial_number: 'XC02' } });
		const [device] = current.current.devices(1);
		device!.serial_number = 'C02';
		const { items } = await run('get', { deviceId: bySerial('c02') });
		expect(jsons(items)[0]!.device_id).toBe(device!.device_id);
	});

	it.each(['undefined', 'null', 'F\u212a7', 'F\u01317'])(
		'is none whose serial number only looks like %j',
		async (serial) => {
			const [one, two, three] = current.current.devices(3);
			Object.assign(one!, { serial_number: 'FK7' });
			Object.assign(two!, { serial_number: 'FI7' });
			Object.assign(three!, { serial_number: null });
			current.current.tenant.faults.add({
				kind: 'errorBody',
				body: [one, two, three],
				path: '/api/v1/devices',
				times: 1,
			});
			const { error } = await run('get', { deviceId: bySerial(serial) });
			expect(error!.message).toBe(`There is no device with the serial number "${serial}"`);
		},
	);

	it('is not guessed from an answer that is no list', async () => {
		const { tenant } = current.current;
		tenant.faults.add({ kind: 'errorBody', body: { count: 0 }, path: '/api/v1/devices' });
		const { error } = await run('get', { deviceId: bySerial('C02') });
		expect(error!.message).not.toContain('There is no device');
	});

	it('by URL is the one whose page it is', async () => {
		const [device] = current.current.devices(1);
		const url = `https://acme.kandji.io/devices/${device!.device_id}/general`;
		const { items } = await run('get', { deviceId: byUrl(url) });
		expect(jsons(items)[0]!.device_id).toBe(device!.device_id);
	});

	it.each([
		`https://evil.example/devices/${unknownId}`,
		`https://acme.kandji.io/users/${unknownId}`,
		`https://acme.kandji.io/devices/${unknownId}?next=8f0a2b14-77de-4c3c-9d0e-54a1d9f3b6aa`,
	])('is none at %s', async (url) => {
		const result = await run('get', { deviceId: byUrl('={{ $json.url }}') }, { input: [{ url }] });
		expect(result.error!.message).toMatch(/^Device is not a valid URL: /);
		expect(errorText(result)).toContain('https://acme.kandji.io/devices/');
		expect(current.current.tenant.counters.total.received).toBe(0);
	});

	it('stays the same when another record takes its serial number between check and request', async () => {
		const { tenant } = current.current;
		const [meant, other] = current.current.devices(2) as [Device, Device];
		const serial = meant.serial_number;
		for (const [device_id, fields] of [
			[other.device_id, { serial_number: serial }],
			[meant.device_id, { is_removed: true }],
		] as const) {
			tenant.faults.add({
				kind: 'mutate',
				late: true,
				method: 'GET',
				path: '/api/v1/devices',
				times: 1,
				mutation: { op: 'updateDevice', device_id, fields },
			});
		}
		const { items } = await current.current.run({
			resource: 'deviceAction',
			operation: 'erase',
			deviceId: bySerial(serial),
			confirmSerialNumber: serial,
			addDeviceNote: true,
			waitForCompletion: true,
		});
		expect(jsons(items)[0]).toMatchObject({ device_id: meant.device_id, success: true });
		expect(writes(tenant).map(({ url }) => url.split('/')[4])).toEqual([
			meant.device_id,
			meant.device_id,
		]);
		expect(current.current.queries('/api/v1/devices')).toHaveLength(1);
	});

	it.each([
		[1, 2],
		[5, 6],
	])('is confirmed by the record that was found: %i by serial number', async (count, requests) => {
		const { tenant } = current.current;
		const { error } = await current.current.run(
			{
				resource: 'deviceAction',
				operation: 'erase',
				deviceId: bySerial('={{ $json.serial }}'),
				confirmSerialNumber: '={{ $json.serial }}',
			},
			{ input: current.current.devices(count).map((device) => ({ serial: device.serial_number })) },
		);
		expect(error).toBeUndefined();
		expect(tenant.counters.total.received).toBe(requests);
		expect(writes(tenant)).toHaveLength(count);
	});

	it.each([1, 5])('is not confirmed by another serial number, of %i items', async (count) => {
		const { tenant } = current.current;
		const [other, ...devices] = current.current.devices(count + 1);
		const result = await current.current.run(
			{
				resource: 'deviceAction',
				operation: 'erase',
				deviceId: bySerial('={{ $json.serial }}'),
				confirmSerialNumber: other!.serial_number,
			},
			{ input: devices.map((device) => ({ serial: device.serial_number })) },
		);
		expect(result.error!.message).toBe(
			`Confirm Serial Number does not match: the serial number of the device is not "${other!.serial_number}"`,
		);
		expect(writes(tenant)).toEqual([]);
	});

	it('is not confirmed by the answer about another one', async () => {
		const { tenant } = current.current;
		const [meant, other] = current.current.devices(2) as [Device, Device];
		tenant.faults.add({
			kind: 'errorBody',
			body: { ...other, serial_number: meant.serial_number },
			path: '/api/v1/devices/{device_id}',
		});
		const { error } = await run('delete', {
			deviceId: byId(meant.device_id),
			confirmSerialNumber: meant.serial_number,
		});
		expect(error!.message).toBe('Kandji returned another device');
		expect(writes(tenant)).toEqual([]);
	});
});
