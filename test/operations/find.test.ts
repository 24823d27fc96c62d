import { onTenant } from './onTenant';
import type { Device } from '../../simulator/tenant/state/types';

describe('Device › Find', () => {
	const kandji = onTenant('device');
	const { run, json } = kandji;
	const devices = () => [...kandji.tenant.state.devices.values()];
	const owned = () => devices().find(({ user }) => user) as Device & { user: { email: string } };

	it.each<[string, (device: Device) => void, (device: Device) => string]>([
		['serialNumber', () => {}, (device) => device.serial_number.toLowerCase()],
		['deviceName', (device) => (device.device_name = 'Ana’s Mac'), () => ' ana’s mac '],
		['assetTag', (device) => (device.asset_tag = 'A-77'), () => 'A-77'],
	])('finds by %s, not case-sensitive', async (findBy, prepare, value) => {
		const [device] = devices();
		prepare(device!);
		const found = await json('find', { findBy, value: value(device!) });
		expect(found.map((row) => row.device_id)).toEqual([device!.device_id]);
	});

	it('finds by the email of the user', async () => {
		const { user } = owned();
		const found = await json('find', { findBy: 'userEmail', value: user.email.toUpperCase() });
		expect(found.length).toBeGreaterThan(0);
		expect(new Set(found.map((row) => row.user_email))).toEqual(new Set([user.email]));
	});

	it('finds by MAC address in any notation', async () => {
		const mac = devices().find(({ platform }) => platform === 'Mac')!;
		const [details] = await json('getDetails', {
			deviceId: { __rl: true, mode: 'id', value: mac.device_id },
		});
		const address = String(details!.mac_address);
		const written = [
			address.toUpperCase().replaceAll(':', '-'),
			address.replaceAll(':', ''),
			` ${address} `,
		];
		for (const value of written) {
			const found = await json('find', { findBy: 'macAddress', value });
			expect(found.map((row) => row.device_id)).toEqual([mac.device_id]);
		}
	});

	it('refuses a part of a MAC address, which would match others too', async () => {
		const { error } = await run('find', { findBy: 'macAddress', value: '00:0c:29' });
		expect(error!.message).toBe('Value is not a valid MAC address: "00:0c:29"');
		expect(kandji.tenant.counters.total.received).toBe(0);
	});

	it('does not match part of a value', async () => {
		const [one, two] = devices();
		one!.asset_tag = '1040';
		two!.asset_tag = '10401';
		const found = await json('find', { findBy: 'assetTag', value: '1040' });
		expect(found.map((row) => row.device_id)).toEqual([one!.device_id]);
	});

	it.each([
		['returnNothing', [], undefined],
		['returnItem', [{ found: false, serial_number: 'NOSUCH' }], undefined],
		['throwError', [], 'No device found for "NOSUCH"'],
	])('returns, when there is none: %s', async (ifNoneFound, items, message) => {
		const result = await run('find', { value: 'NOSUCH', ifNoneFound });
		expect(result.items.map((item) => item.json)).toEqual(items);
		expect(result.error?.message).toBe(message);
	});

	it.each([
		['returnAll', 2, undefined],
		['returnFirst', 1, undefined],
		['throwError', 0, 'Found 2 devices for "Kiosk"'],
	])('returns, when there are several: %s', async (ifSeveralFound, count, message) => {
		const two = devices().slice(3, 5);
		for (const device of two) device.device_name = 'Kiosk';
		const result = await run('find', { findBy: 'deviceName', value: 'Kiosk', ifSeveralFound });
		expect(result.items).toHaveLength(count);
		expect(result.error?.message).toBe(message);
		if (message)
			for (const device of two) expect(result.error!.description).toContain(device.serial_number);
	});

	it('links results to their input items', async () => {
		const input = [{ serial: 'NOSUCH' }, { serial: devices()[7]!.serial_number }];
		const { items } = await run(
			'find',
			{ value: '={{ $json.serial }}', ifNoneFound: 'returnNothing' },
			{ input },
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
	});

	it('refuses an empty value, which would match the whole fleet', async () => {
		const { error } = await run('find', { value: '={{ $json.missing }}' });
		expect(error!.message).toBe('Value is empty');
		expect(kandji.tenant.counters.total.received).toBe(0);
	});

	it('reads the list once for many items, each of which gets its own items', async () => {
		const some = devices().slice(0, 5);
		const input = [...some, some[0]!, undefined].map((device) => ({
			serial: device?.serial_number ?? 'no such',
		}));
		const items = await json(
			'find',
			{
				findBy: 'serialNumber',
				value: '={{ $json.serial }}',
				simplify: false,
				ifNoneFound: 'returnNothing',
			},
			{ input },
		);
		expect(items).toEqual([...some, some[0]].map((device) => ({ ...device })));
		expect(items[0]!.tags).not.toBe(items[5]!.tags);
		expect(kandji.tenant.counters.total.received).toBe(1);
	});
});
