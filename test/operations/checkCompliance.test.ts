import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startTenant, type Tenant } from '../../simulator/tenant';
import { runNode } from '../../simulator/engine/engine';
import { traits } from '../../simulator/tenant/state/index';
import type { Device } from '../../simulator/tenant/state/types';
import { byId, onTenant } from './onTenant';

const filevault = 'GET /api/v1/prism/filevault';

describe('Device › Check Compliance', () => {
	const kandji = onTenant('device', { devices: 60, rateLimit: false });
	const { run, json } = kandji;
	const all = () => [...kandji.tenant.state.devices.values()];
	const mac = () => all().find(({ platform }) => platform === 'Mac')!;
	const received = () => kandji.tenant.counters.total.received;
	const check = async (rules: INodeParameters, more: INodeParameters = {}) =>
		await json('checkCompliance', { rules, ...more });
	const only = async (device: Device, rules: INodeParameters, more: INodeParameters = {}) => {
		const [item] = await check(rules, {
			filters: { serialNumber: device.serial_number },
			...more,
		});
		return item!;
	};
	const libraryItemOf = (device: Device): string => {
		const { nodes } = kandji.tenant.state.blueprints.get(device.blueprint_id)!;
		return [...nodes.values()].flat()[0]!;
	};

	it('returns an item for each device, with the FileVault of each Mac', async () => {
		const items = await check({ fileVaultOn: true, recoveryKeyEscrowed: true });
		const { state } = kandji.tenant;
		const expected = all().map((device) => {
			const { filevault_enabled: isOn, filevault_escrowed: isEscrowed } = traits(state, device);
			return device.platform !== 'Mac' || (isOn === true && isEscrowed);
		});
		const compliant = new Map(items.map((item) => [item.device_id, item.compliant]));
		expect(all().map(({ device_id: id }) => compliant.get(id))).toEqual(expected);
		expect(items).toHaveLength(60);
		// A page of devices and one of FileVault, whatever number of rules reads it.
		expect(received()).toBe(2);
	});

	it('checks every rule on one device', async () => {
		const device = mac();
		device.user = { id: '1', name: 'Ana', email: 'ana@acme.example', is_archived: false };
		Object.assign(device, { tags: ['Finance'], mdm_enabled: true });
		kandji.tenant.mutate({ op: 'checkIn', device_id: device.device_id });
		const id = libraryItemOf(device);
		kandji.tenant.state.itemStatus.set(`${device.device_id} ${id}`, 'ERROR');
		kandji.tenant.state.threats = [];
		kandji.tenant.mutate({
			op: 'addThreat',
			device_id: device.device_id,
			fields: { management_state: 'open' },
		});
		const rules = {
			agentInstalled: true,
			appsAbsent: 'TeamViewer, slack',
			appsPresent: { apps: [{ app: 'google chrome', minimumVersion: '1' }] },
			blueprintIsOneOf: device.blueprint_name,
			checkedInWithinDays: 7,
			fileVaultOn: true,
			firewallOn: true,
			fullSecureBoot: true,
			gatekeeperOn: true,
			libraryItemsWithoutFailures: { libraryItems: [{ libraryItemId: byId(id) }] },
			mdmEnabled: true,
			minimumAgentVersion: '4.0',
			minimumOsVersions: { versions: [{ platform: 'Mac', version: '99' }] },
			noOpenThreats: true,
			recoveryKeyEscrowed: true,
			systemIntegrityProtectionOn: true,
			tagIsOneOf: 'VIP, finance',
			userAssigned: true,
		};
		const item = await only(device, rules);
		const failed = (item.failed_rules as IDataObject[]).map(({ rule }) => rule);
		expect(failed).toEqual(
			expect.arrayContaining([
				'App Absent: slack',
				`Library Item Without Failures: ${id}`,
				'Minimum OS Version: Mac',
				'No Open Threats',
			]),
		);
		expect(failed).not.toContain('App Absent: TeamViewer');
		expect(failed).not.toContain('App Present: google chrome');
		expect(item).toMatchObject({ compliant: false, unknown: [], not_applicable: [] });
		const [summary] = await check(rules, { return: 'summary' });
		expect(summary!.rules).toHaveLength(19);
	});

	it('reads Prism only as far as the filters go', async () => {
		const device = mac();
		const item = await only(device, { fileVaultOn: true, appsAbsent: 'TeamViewer' });
		expect(item).toMatchObject({ device_id: device.device_id, unknown: [] });
		const urls = kandji.tenant.counters.log.map(({ url }) => decodeURIComponent(url));
		const prism = urls.filter((url) => url.includes('/prism/'));
		const named = `"serial_number":{"in":["${device.serial_number}"]}`;
		expect(prism).toHaveLength(3);
		expect(prism.filter((url) => !url.includes(named))).toEqual([]);
	});

	it('reads nothing for rules that apply to no device', async () => {
		const items = await check(
			{ fileVaultOn: true, minimumOsVersions: { versions: [{ platform: 'Mac', version: '15' }] } },
			{ filters: { platform: 'iPad' } },
		);
		expect(items.every(({ compliant }) => compliant === true)).toBe(true);
		expect(received()).toBe(1);
	});

	it('does not pass a device without inventory', async () => {
		const macs = all().filter(({ platform }) => platform === 'Mac');
		const phone = all().find(({ platform }) => platform === 'iPhone')!;
		for (const { device_id } of [macs[0]!, phone]) {
			kandji.tenant.mutate({ op: 'loseInventory', device_id });
		}
		const items = await check({ gatekeeperOn: true, appsAbsent: 'TeamViewer' });
		const of = ({ device_id: id }: Device) => items.find((item) => item.device_id === id);
		expect(of(macs[0]!)).toMatchObject({
			compliant: false,
			failed_rules: [],
			unknown: [{ rule: 'Gatekeeper On' }, { rule: 'App Absent: TeamViewer' }],
			last_collected_at: null,
		});
		expect(of(phone)).toMatchObject({ compliant: false, not_applicable: ['Gatekeeper On'] });
		expect(of(macs[1]!)).toMatchObject({ compliant: true });
		expect(of(macs[1]!)!.last_collected_at).toMatch(/^20/);
	});

	it('returns only devices that are not compliant, or a summary', async () => {
		const [device] = all();
		const rules = { blueprintIsOneOf: device!.blueprint_name };
		const inside = all().filter(({ blueprint_id: id }) => id === device!.blueprint_id).length;
		const items = await check(rules, { return: 'nonCompliant' });
		expect(items).toHaveLength(60 - inside);
		const [summary, ...others] = await check(rules, { return: 'summary' });
		expect(others).toEqual([]);
		expect(summary).toMatchObject({
			devices: 60,
			compliant: inside,
			non_compliant: 60 - inside,
			rules: [{ rule: 'Blueprint Is One Of', passed: inside, failed: 60 - inside }],
		});
	});

	describe('without a permission', () => {
		it.each([401, 403])('lists the rules that need it as unknown (status %i)', async (status) => {
			kandji.tenant.faults.add({ kind: 'status', status, path: '/api/v1/prism/filevault' });
			const item = await only(mac(), { fileVaultOn: true, firewallOn: true });
			expect(item).toMatchObject({
				compliant: false,
				unknown: [
					{
						rule: 'FileVault On',
						reason: 'The API token has no permission for Prism › FileVault',
					},
				],
			});
		});

		it('fails if asked to', async () => {
			kandji.tenant.permissions.set(filevault, false);
			const { error } = await run('checkCompliance', {
				rules: { fileVaultOn: true },
				options: { ifPermissionMissing: 'fail' },
			});
			expect(error!.message).toBe('The API token is missing a permission, or Kandji rejected it');
			expect(error!.description).toContain('GET /api/v1/prism/filevault');
		});

		it('fails without the device list', async () => {
			kandji.tenant.permissions.set('GET /api/v1/devices', false);
			const { error } = await run('checkCompliance', { rules: { mdmEnabled: true } });
			expect(error!.message).toBe('The API token is missing a permission, or Kandji rejected it');
		});
	});

	it('fails if what a rule needs cannot be read, for any other reason', async () => {
		kandji.tenant.faults.add({ kind: 'status', status: 500, path: '/api/v1/prism/filevault' });
		const { error } = await run('checkCompliance', { rules: { fileVaultOn: true } });
		expect(error!.message).toBe('An invalid response was received from the upstream server');
		const id = '3de7b283-1a44-47ef-bde1-2f556a8a32f7';
		const { error: notFound } = await run('checkCompliance', {
			rules: { libraryItemsWithoutFailures: { libraryItems: [{ libraryItemId: byId(id) }] } },
		});
		expect(notFound!.message).toBe(`Kandji found no library item ${id}`);
	});

	it('knows nothing if threats do not name their devices', async () => {
		kandji.tenant.faults.add({
			kind: 'errorBody',
			body: { results: [{ threat_name: 'malware' }], total_count: 1 },
			path: '/api/v2/threat/threat-details',
		});
		expect(await only(mac(), { noOpenThreats: true })).toMatchObject({
			compliant: false,
			unknown: [{ rule: 'No Open Threats' }],
		});
	});

	it('links devices to their input items', async () => {
		const [one, two] = all();
		const { items } = await run(
			'checkCompliance',
			{ rules: { mdmEnabled: true }, filters: { serialNumber: '={{ $json.serial }}' } },
			{ input: [one!, two!].map(({ serial_number: serial }) => ({ serial })) },
		);
		expect(items.map(({ json: { device_id: id }, pairedItem }) => [id, pairedItem])).toEqual([
			[one!.device_id, { item: 0 }],
			[two!.device_id, { item: 1 }],
		]);
	});

	it.each<[string, INodeParameters]>([
		['Rules is empty', {}],
		['Rules is empty', { fileVaultOn: false }],
		['Apps Absent is empty', { appsAbsent: ' , ' }],
		['Apps Present is empty', { appsPresent: {} }],
		['Apps Present › App is empty', { appsPresent: { apps: [{ minimumVersion: '1' }] } }],
		[
			'Apps Present › Minimum Version is not a version: "latest"',
			{ appsPresent: { apps: [{ app: 'Slack', minimumVersion: 'latest' }] } },
		],
		['Blueprint Is One Of is empty', { blueprintIsOneOf: '={{ $json.missing }}' }],
		[
			'Checked In Within (Days) must be a whole number of at least 1, but it is 0',
			{ checkedInWithinDays: 0 },
		],
		['Minimum Agent Version is not a version: "new"', { minimumAgentVersion: 'new' }],
		[
			'Minimum OS Versions › Version of Mac is not a version: "13.4.1 (c)"',
			{ minimumOsVersions: { versions: [{ platform: 'Mac', version: '13.4.1 (c)' }] } },
		],
		[
			'Minimum OS Versions › Version of Windows is not a version: "11"',
			{ minimumOsVersions: { versions: [{ platform: 'Windows', version: '11' }] } },
		],
		[
			'Library Item is empty',
			{ libraryItemsWithoutFailures: { libraryItems: [{ libraryItemId: byId('') }] } },
		],
		['Tag Is One Of is empty', { tagIsOneOf: '' }],
	])('refuses before the first request: %s', async (message, rules) => {
		const { error } = await run('checkCompliance', { rules });
		expect(error!.message).toBe(message);
		expect(received()).toBe(0);
	});
});

describe('the requests of a fleet', () => {
	let tenant: Tenant;
	beforeAll(async () => {
		tenant = await startTenant({ devices: 310, rateLimit: false });
		for (const device of tenant.state.devices.values()) {
			Object.assign(device, { platform: 'Mac', os_version: '15.6', agent_installed: true });
		}
	});
	afterAll(async () => await tenant.close());

	it('grow with pages: two of every list for 310 Macs', async () => {
		const { items, error } = await runNode(
			{
				resource: 'device',
				operation: 'checkCompliance',
				rules: {
					fileVaultOn: true,
					firewallOn: true,
					gatekeeperOn: true,
					recoveryKeyEscrowed: true,
					systemIntegrityProtectionOn: true,
					fullSecureBoot: true,
					mdmEnabled: true,
					appsPresent: { apps: [{ app: 'com.google.Chrome' }] },
				},
			},
			{ credential: { region: 'custom', apiUrl: tenant.url, token: tenant.token } },
		);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(310);
		// Devices, four categories, the app by name (none), and by bundle ID together with Safari: 620 rows.
		expect(tenant.counters.total.received).toBe(2 + 4 * 2 + 1 + 3);
	});
});
