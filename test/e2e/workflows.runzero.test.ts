import { parseDate } from '../../simulator/tenant/state/dates';
import { traits } from '../../simulator/tenant/state';
import {
	runZeroChanges,
	runZeroIds,
	startRunZero,
	type Asset,
	type RunZero,
} from './services/runZero';
import { expectExactNote, expectSuccess, runExample } from './support/example';
import { mostArrivalsPerSecond, startKandji, type Kandji } from './support/kandji';

const DETAILS = 'GET /api/v1/devices/{device_id}/details';

const { organizationId, siteId, customIntegrationId } = runZeroIds;

describe('Kandji to runZero', () => {
	let kandji: Kandji;
	let runZero: RunZero;

	beforeAll(async () => {
		[kandji, runZero] = await Promise.all([startKandji({ devices: 120 }), startRunZero()]);
	});
	afterAll(async () => await Promise.all([kandji.tenant.close(), runZero.close()]));

	const devices = () => [...kandji.tenant.state.devices.values()];
	const run = async () => {
		const execution = await runExample(kandji, 'kandji-to-runzero', runZeroChanges(runZero));
		expectSuccess(execution);
		const sent = runZero.imports.at(-1);
		if (sent === undefined) throw new Error('runZero received nothing');
		return sent;
	};
	const assetsById = (assets: Asset[]) => new Map(assets.map((asset) => [asset.id, asset]));

	it('sends every device once, with what Kandji knows of its network', async () => {
		const { organization, fields, assets } = await run();
		expect(organization).toBe(organizationId);
		expect(fields).toEqual({
			siteId,
			customIntegrationId,
			'importTask.name': expect.stringMatching(/^Kandji \d{4}-\d\d-\d\d$/),
		});
		expect(assets).toHaveLength(120);
		const byId = assetsById(assets);
		for (const device of devices()) {
			const asset = byId.get(device.device_id);
			expect(asset?.customAttributes?.serialNumber).toBe(device.serial_number);
			expect(asset?.hostnames?.[0]).toBeTruthy();
			expect(Date.parse(asset?.firstSeenTS ?? '')).toBe(
				Math.floor(parseDate(device.first_enrollment)),
			);
		}
		const macs = devices().filter(({ platform }) => platform === 'Mac');
		for (const mac of macs) {
			const { mac_address, local_ip, public_ip } = traits(kandji.tenant.state, mac);
			const asset = byId.get(mac.device_id);
			expect(asset?.networkInterfaces).toEqual([
				{ macAddress: mac_address, ...(local_ip && { ipv4Addresses: [local_ip] }) },
			]);
			expect(asset?.customAttributes?.publicIp).toBe(public_ip || undefined);
			expect(asset).toMatchObject({ os: 'macOS', osVersion: mac.os_version, model: mac.model });
		}
	});

	it('asks for each device once, at a pace that the tenant allows', () => {
		const { operations } = kandji.tenant.counters;
		expect(operations[DETAILS]).toEqual({ received: 120, executed: 120 });
		expect(kandji.tenant.maxPerSecond()).toBeLessThanOrEqual(mostArrivalsPerSecond);
	});

	it('leaves out what is missing on other platforms', async () => {
		const { assets } = await run();
		const byId = assetsById(assets);
		const of = (platform: string) =>
			devices()
				.filter((device) => device.platform === platform)
				.map(({ device_id }) => byId.get(device_id));
		for (const tv of of('AppleTV')) expect(tv).not.toHaveProperty('networkInterfaces');
		for (const pc of of('Windows')) {
			expect(pc?.networkInterfaces?.[0]).not.toHaveProperty('macAddress');
			expect(pc?.networkInterfaces?.[0]?.ipv6Addresses).toEqual([
				'fd7c:3a1b:9f42:8d27:6be2:4c19:ab7d:e530',
			]);
			expect(pc?.networkInterfaces?.[0]?.ipv4Addresses).toHaveLength(1);
		}
		expect(of('AppleTV').length * of('Windows').length).toBeGreaterThan(0);
		expect(JSON.stringify(assets)).not.toMatch(/:(""|null|\[\])/);
	});

	it('leaves out a date that is none, which runZero would refuse with all devices', async () => {
		const [device] = devices();
		const { first_enrollment } = device!;
		device!.first_enrollment = 'unknown';
		const { assets } = await run();
		device!.first_enrollment = first_enrollment;
		expect(assets).toHaveLength(120);
		expect(assetsById(assets).get(device!.device_id)).not.toHaveProperty('firstSeenTS');
	});

	it('still sends a device whose details cannot be read', async () => {
		const [device] = devices();
		kandji.tenant.faults.add({
			kind: 'status',
			status: 404,
			path: `/api/v1/devices/${device!.device_id}/details`,
		});
		const { assets } = await run();
		expect(assets).toHaveLength(120);
		expect(assetsById(assets).get(device!.device_id)).toMatchObject({
			hostnames: [device!.device_name],
			customAttributes: { serialNumber: device!.serial_number },
		});
	});

	it('uses every permission that its note names, and no other', () => {
		expectExactNote('kandji-to-runzero');
	});
});
