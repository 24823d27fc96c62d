import { zulu } from '../../simulator/tenant/state/dates';
import { traits } from '../../simulator/tenant/state';
import type { Device } from '../../simulator/tenant/state/types';
import { runZeroChanges, startRunZero, type RunZero } from './services/runZero';
import {
	oAuthClient,
	startTailscale,
	type TailnetDevice,
	type Tailscale,
} from './services/tailscale';
import { expectExactNote, expectSuccess, runExample, type Changes } from './support/example';
import { startKandji, type Kandji } from './support/kandji';

const FLEET = 60;

let count = 0;
/** A node of the tailnet with an address of its own. */
const node = (hostname: string, fields: Partial<TailnetDevice> = {}): TailnetDevice => {
	const number = ++count;
	return {
		nodeId: `n${number}CNTRL`,
		hostname,
		name: `node-${number}.tail1234.ts.net`,
		user: 'ana@acme.example',
		addresses: [`100.64.${number >> 8}.${number & 255}`, `fd7a:115c:a1e0::${number.toString(16)}`],
		os: 'macOS',
		lastSeen: zulu(Date.now()),
		authorized: true,
		...fields,
	};
};
const serial = (...serialNumbers: string[]) => ({ postureIdentity: { serialNumbers } });

describe('Kandji and Tailscale to runZero', () => {
	let kandji: Kandji;
	let tailscale: Tailscale;
	let runZero: RunZero;
	const tailnet: TailnetDevice[] = [];

	beforeAll(async () => {
		[kandji, tailscale, runZero] = await Promise.all([
			startKandji({ devices: FLEET }),
			startTailscale(tailnet),
			startRunZero(),
		]);
	});
	afterAll(
		async () => await Promise.all([kandji.tenant.close(), tailscale.close(), runZero.close()]),
	);
	beforeEach(() => {
		tailnet.splice(0);
		tailscale.client.scopes = ['devices:core:read'];
	});

	const macs = () =>
		[...kandji.tenant.state.devices.values()].filter(({ platform }) => platform === 'Mac');
	const start = async (settings: Changes['settings'] = {}) => {
		const changes = runZeroChanges(runZero);
		return await runExample(kandji, 'kandji-and-tailscale-to-runzero', {
			...changes,
			settings: { ...changes.settings, tailscaleUrl: tailscale.url, ...settings },
			credentials: { 'Tailscale OAuth client': oAuthClient(tailscale) },
		});
	};
	/** Runs it, and returns the assets of the one import that runZero received, by ID. */
	const run = async (...nodes: TailnetDevice[]) => {
		tailnet.push(...nodes);
		const before = runZero.imports.length;
		expectSuccess(await start());
		expect(runZero.imports).toHaveLength(before + 1);
		const { assets } = runZero.imports.at(-1)!;
		return new Map(assets.map((asset) => [asset.id, asset]));
	};
	const ipv4Of = ({ addresses = [] }: TailnetDevice) => addresses.slice(0, 1);

	it('sends a device of both as one asset with the addresses and attributes of both', async () => {
		const [bySerial, byName] = macs() as [Device, Device];
		const renamed = node('renamed', {
			...serial('BOARD-1', bySerial.serial_number.toLowerCase()),
			name: 'renamed.tail1234.ts.net',
			tags: ['tag:laptops'],
		});
		// As macOS writes a name with spaces into the network.
		const sameName = node(byName.device_name.toUpperCase());
		const assets = await run(renamed, sameName);

		expect(assets.size).toBe(FLEET);
		const { mac_address, local_ip } = traits(kandji.tenant.state, bySerial);
		const joined = assets.get(bySerial.device_id);
		expect(joined).toMatchObject({
			os: 'macOS',
			osVersion: bySerial.os_version,
			model: bySerial.model,
			networkInterfaces: [
				{ macAddress: mac_address, ...(local_ip && { ipv4Addresses: [local_ip] }) },
				{ ipv4Addresses: ipv4Of(renamed), ipv6Addresses: renamed.addresses?.slice(1) },
			],
			customAttributes: {
				source: 'Kandji, Tailscale',
				kandjiSerialNumber: bySerial.serial_number,
				kandjiBlueprint: bySerial.blueprint_name,
				tailscaleNodeId: renamed.nodeId,
				tailscaleUser: 'ana@acme.example',
				tailscaleAuthorized: 'true',
				tailscaleSerialNumbers: `BOARD-1, ${bySerial.serial_number.toLowerCase()}`,
			},
		});
		expect(joined?.hostnames).toHaveLength(3);
		expect(joined?.hostnames).toEqual(
			expect.arrayContaining(['renamed.tail1234.ts.net', 'renamed']),
		);
		expect(joined?.tags).toContain('laptops');
		expect(assets.get(byName.device_id)?.customAttributes).toMatchObject({
			source: 'Kandji, Tailscale',
			kandjiSerialNumber: byName.serial_number,
			tailscaleNodeId: sameName.nodeId,
		});
	});

	it('sends a device of one side once, with the attributes of that side', async () => {
		const [mac] = macs() as [Device];
		const alone = node('nobody-knows-it');
		// Another device of the same name: its serial number says so.
		const other = node(mac.device_name, serial('UNKNOWN1'));
		const phone = node('localhost', { os: 'android', name: 'localhost-0.tail1234.ts.net' });
		const external = node('partner-nas', { isExternal: true });
		const assets = await run(alone, other, phone, external);

		expect(assets.size).toBe(FLEET + 3);
		for (const device of [alone, other, phone]) {
			const { customAttributes } = assets.get(device.nodeId)!;
			expect(customAttributes).toMatchObject({
				source: 'Tailscale',
				tailscaleNodeId: device.nodeId,
				tailscaleMachineName: device.hostname,
			});
			expect(Object.keys(customAttributes!).join()).not.toContain('kandji');
		}
		for (const device of kandji.tenant.state.devices.values()) {
			const { customAttributes } = assets.get(device.device_id)!;
			expect(customAttributes).toMatchObject({
				source: 'Kandji',
				kandjiSerialNumber: device.serial_number,
			});
			expect(Object.keys(customAttributes!).join()).not.toContain('tailscale');
		}
		expect(JSON.stringify([...assets.values()])).not.toMatch(/:(""|null|\[\])|\{\}/);
	});

	it('keeps both tailnet devices of one serial number', async () => {
		const [mac] = macs() as [Device];
		const [first, second] = ['before-wipe', 'after-wipe'].map((name) =>
			node(name, serial(mac.serial_number)),
		) as [TailnetDevice, TailnetDevice];
		const assets = await run(first, second);

		expect(assets.size).toBe(FLEET);
		const joined = assets.get(mac.device_id);
		expect(joined?.networkInterfaces?.slice(1).map((one) => one.ipv4Addresses)).toEqual([
			ipv4Of(first),
			ipv4Of(second),
		]);
		expect(joined?.customAttributes).toMatchObject({
			tailscaleNodeId: `${first.nodeId}, ${second.nodeId}`,
			tailscaleMachineName: 'before-wipe, after-wipe',
			tailscaleUser: 'ana@acme.example',
		});
		expect(joined?.hostnames).toEqual(expect.arrayContaining(['before-wipe', 'after-wipe']));
	});

	it('does not guess which of two devices of one name is meant', async () => {
		const [first, second] = macs() as [Device, Device];
		const { device_name } = second;
		second.device_name = first.device_name;
		const namesake = node(first.device_name);
		const assets = await run(namesake);
		second.device_name = device_name;

		expect(assets.size).toBe(FLEET + 1);
		expect(assets.get(namesake.nodeId)?.customAttributes?.source).toBe('Tailscale');
	});

	it("sends Kandji's devices when the tailnet is empty", async () => {
		expect((await run()).size).toBe(FLEET);
	});

	it('sends nothing when Tailscale refuses, and says which scope is missing', async () => {
		tailscale.client.scopes = ['dns:read'];
		const before = runZero.imports.length;
		const { status, data } = await start();
		expect(status).toBe('error');
		expect(data.resultData.error?.message).toMatch(/\(403\).*devices:core:read/);
		expect(runZero.imports).toHaveLength(before);
	});

	it('joins hundreds of devices', async () => {
		const nodes = macs().map((mac) => node('joined', serial(mac.serial_number)));
		const rest = Array.from({ length: 400 - nodes.length }, (_, index) => node(`only-${index}`));
		const assets = await run(...nodes, ...rest);
		expect(assets.size).toBe(FLEET + rest.length);
		for (const mac of macs()) {
			expect(assets.get(mac.device_id)?.customAttributes?.source).toBe('Kandji, Tailscale');
		}
	});

	it('uses every permission that its note names, and no other', () => {
		expectExactNote('kandji-and-tailscale-to-runzero');
	});
});
