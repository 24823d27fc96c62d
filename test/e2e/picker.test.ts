import { startKandji, type Kandji } from './support/kandji';

describe('the device picker in n8n', () => {
	let kandji: Kandji;

	beforeAll(async () => {
		kandji = await startKandji({ devices: 250 });
	});
	afterAll(async () => await kandji.tenant.close());

	const pick = async (query: { filter?: string; paginationToken?: string }) =>
		await kandji.client.pick({
			nodeType: 'n8n-nodes-kandji.kandji',
			methodName: 'searchDevices',
			path: 'parameters.deviceId',
			parameters: { resource: 'device', operation: 'get' },
			credential: kandji.credential,
			...query,
		});

	it('offers the whole fleet, page by page', async () => {
		const offered: unknown[] = [];
		let paginationToken: string | undefined;
		let pages = 0;
		do {
			const page = await pick({ paginationToken });
			offered.push(...page.results.map(({ value }) => value));
			paginationToken = page.paginationToken as string | undefined;
			pages += 1;
		} while (paginationToken);
		expect(pages).toBeGreaterThan(1);
		expect(offered).toHaveLength(250);
		expect(new Set(offered)).toEqual(new Set(kandji.tenant.state.devices.keys()));
	});

	it('finds a device by its serial number', async () => {
		const [device] = [...kandji.tenant.state.devices.values()].slice(-1);
		const { results } = await pick({ filter: device?.serial_number });
		expect(results.map(({ value }) => value)).toEqual([device?.device_id]);
	});
});
