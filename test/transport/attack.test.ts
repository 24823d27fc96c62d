import { errorText, useTestTenant } from './support';

const hostile = [
	['a path above', '../../v1/devices'],
	['an encoded path above', '%2e%2e%2fusers'],
	['an id and a path', '3de7b283-1a44-47ef-bde1-2f556a8a32f7/action/erase'],
	['an id and a query', '3de7b283-1a44-47ef-bde1-2f556a8a32f7?limit=1'],
	['an id and a fragment', '3de7b283-1a44-47ef-bde1-2f556a8a32f7#'],
	['two lines', '3de7b283-1a44-47ef-bde1-2f556a8a32f7\r\nX-Injected: 1'],
	['two ids', '3de7b283-1a44-47ef-bde1-2f556a8a32f7,4de7b283-1a44-47ef-bde1-2f556a8a32f7'],
	['full-width digits', '３de7b283-1a44-47ef-bde1-2f556a8a32f7'],
	['a null character', '3de7b283-1a44-47ef-bde1-2f556a8a32f7\u0000'],
	['an emoji', '💣'],
	['a word', 'null'],
	['10 kB', 'a'.repeat(10_000)],
	['10 kB of digits and dashes', '0-'.repeat(5000)],
] as const;

const isTooMuch = (text: string) => text.length > 2000;

describe('hostile ids', () => {
	const testTenant = useTestTenant({ devices: 30 });

	const act = async (mode: string, value: unknown, operation = 'restart') =>
		await testTenant.current.run(
			{
				resource: 'deviceAction',
				operation,
				deviceId: { mode, value: '={{ $json.id }}', __rl: true },
			},
			{ input: [{ id: value as string }] },
		);

	const received = () => testTenant.current.tenant.counters.total.received;

	it.each(hostile)('by ID, %s: refused before any request', async (_name, value) => {
		const result = await act('id', value);
		expect(errorText(result)).toMatch(/^Device is not a valid ID: .*\| Nothing was sent\. /s);
		expect(isTooMuch(errorText(result))).toBe(false);
		expect(received()).toBe(0);
	});

	it.each([
		['empty', ''],
		['blank', '   '],
		['missing', undefined],
		['null', null],
	])('%s in every mode: refused before any request', async (_name, value) => {
		for (const mode of ['list', 'serial', 'url', 'id']) {
			expect(errorText(await act(mode, value))).toMatch(/^Device is empty \| Nothing was sent\. /);
		}
		expect(received()).toBe(0);
	});

	it.each([
		['a list', ['3de7b283-1a44-47ef-bde1-2f556a8a32f7']],
		['a number', 42],
		['an object', { id: 1 }],
		['true', true],
	])('%s instead of a text: refused before any request', async (_name, value) => {
		const result = await act('id', value);
		expect(result.status).toBe('error');
		expect(received()).toBe(0);
	});

	it.each(hostile.filter(([, value]) => !/[0-9a-f]{8}-/.test(value)))(
		'by URL, %s: refused before any request',
		async (_name, value) => {
			const result = await act('url', `https://acme.kandji.io/devices/${value}`);
			expect(errorText(result)).toMatch(/^Device is not a valid URL: .*\| Nothing was sent\. /s);
			expect(received()).toBe(0);
		},
	);

	it('by URL: the ID in a hostile URL is not used', async () => {
		const [device] = testTenant.current.devices(1);
		const id = device!.device_id;
		const result = await act(
			'url',
			`https://evil.example/../${id}/../../?next=https://evil.example#`,
		);
		expect(errorText(result)).toMatch(
			/^Device is not a valid URL: .*another tenant|^Device is not a valid URL: .*no page/s,
		);
		expect(received()).toBe(0);
	});

	it.each(hostile)('by serial number, %s: encoded, and matches nothing', async (_name, value) => {
		const result = await act('serial', value);
		expect(result.status).toBe('error');
		expect(isTooMuch(errorText(result))).toBe(false);
		const { log } = testTenant.current.tenant.counters;
		expect(log.filter(({ method }) => method !== 'GET')).toEqual([]);
		for (const { url, headers } of log) {
			const { pathname, searchParams } = new URL(url, testTenant.current.tenant.url);
			expect(pathname).toBe('/api/v1/devices');
			expect(searchParams.get('serial_number')).toBe(value);
			expect(headers['x-injected']).toBeUndefined();
		}
	});

	it('a part of a serial number does not name a device', async () => {
		const [device] = testTenant.current.devices(1);
		const result = await act('serial', device!.serial_number.slice(0, -1));
		expect(errorText(result)).toMatch(/^There is no device with the serial number /);
		expect(received()).toBe(1);
	});

	it('a plain text instead of a locator is an id', async () => {
		const result = await testTenant.current.run({
			resource: 'deviceAction',
			operation: 'restart',
			deviceId: '../users',
		});
		expect(errorText(result)).toMatch(/^Device is not a valid ID: "\.\.\/users"/);
		expect(received()).toBe(0);
	});
});
