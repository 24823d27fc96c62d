import type { INodeParameters } from 'n8n-workflow';

import { isVersionAtLeast } from '../../nodes/Kandji/shared/versions';
import { timeOf } from '../../nodes/Kandji/shared/time';
import { traits } from '../../simulator/tenant/state/index';
import type { Device } from '../../simulator/tenant/state/types';
import { onTenant } from './onTenant';

const list = 'GET /api/v1/devices';
const filevault = 'GET /api/v1/prism/filevault';

describe('Device › Get Many, filters that the API does not have', () => {
	// More than one page, in an order that is not that of any filter.
	const kandji = onTenant('device', { devices: 320, rateLimit: false });
	const all = () => kandji.tenant.state.devices.list(undefined);
	const requests = (operation: string) =>
		kandji.tenant.counters.operations[operation]?.executed ?? 0;
	const queries = () =>
		kandji.tenant.counters.log
			.map(({ url }) => new URL(url, kandji.tenant.url))
			.filter(({ pathname }) => pathname === '/api/v1/devices')
			.map(({ searchParams }) => Object.fromEntries(searchParams));
	const found = async (filters: INodeParameters, more: INodeParameters = { returnAll: true }) =>
		(await kandji.json('getAll', { filters, ...more })).map(({ device_id: id }) => String(id));
	const ids = (isWanted: (device: Device) => boolean) =>
		all()
			.filter(isWanted)
			.map(({ device_id: id }) => id);
	const message = async (filters: INodeParameters) =>
		String((await kandji.run('getAll', { filters })).error?.message);

	const day = 86_400_000;
	const before = new Date(Date.now() - 5 * day).toISOString();
	const isOlder = (date: string) => (timeOf(date) ?? Infinity) < Date.parse(before);
	const isSince = (date: string) => (timeOf(date) ?? -Infinity) >= Date.parse(before);
	const year = new Date(Date.now() - 300 * day).toISOString();
	const isMac = ({ platform }: Device) => platform === 'Mac';
	const hasAgent = ({ platform }: Device) => platform === 'Mac' || platform === 'Windows';
	const isAtLeast = ({ os_version: version }: Device, minimum: string) =>
		isVersionAtLeast(version, minimum) === true;
	const release = ({ platform, os_version: version }: Device) =>
		platform === 'Windows' ? version : undefined;

	/** What the fleet must contain for a filter to prove anything: some devices that pass, and some that do not. */
	it.each<[INodeParameters, (device: Device) => boolean]>([
		[{ lastCheckInBefore: before }, (device) => isOlder(device.last_check_in)],
		[{ lastCheckInAfter: before }, (device) => isSince(device.last_check_in)],
		[{ enrolledBefore: year }, ({ last_enrollment: date }) => timeOf(date)! < Date.parse(year)],
		[{ enrolledAfter: year }, ({ last_enrollment: date }) => timeOf(date)! >= Date.parse(year)],
		[
			{ osAtLeast: '15.5', platforms: ['Mac'] },
			(device) => isMac(device) && isAtLeast(device, '15.5'),
		],
		[
			{ osOlderThan: '15.5', platforms: ['Mac', 'iPad'] },
			(device) => (isMac(device) || device.platform === 'iPad') && !isAtLeast(device, '15.5'),
		],
		[
			{ osOlderThan: '24h2' },
			(device) => isVersionAtLeast(release(device) ?? '', '24H2') === false,
		],
		[{ osAtLeast: '24H2' }, (device) => isVersionAtLeast(release(device) ?? '', '24H2') === true],
		[{ withoutUser: true }, ({ user }) => !user],
		[{ withoutUser: 'false' }, ({ user }) => Boolean(user)],
		[{ agentMissing: true }, (device) => hasAgent(device) && !device.agent_installed],
		[{ agentMissing: false }, (device) => hasAgent(device) && device.agent_installed],
		[{ mdmOff: true }, ({ mdm_enabled: isOn }) => !isOn],
		[{ platforms: ['iPad', 'AppleTV'] }, ({ platform }) => /^(iPad|AppleTV)$/.test(platform)],
		[
			{ fileVaultOff: true },
			(device) => traits(kandji.tenant.state, device).filevault_enabled === false,
		],
		[
			{ fileVaultOff: false, lastCheckInBefore: before },
			(device) =>
				traits(kandji.tenant.state, device).filevault_enabled === true &&
				isOlder(device.last_check_in),
		],
	])('%j', async (filters, isWanted) => {
		for (const device of all().filter(hasAgent).slice(0, 4)) device.agent_installed = false;
		const expected = ids(isWanted);
		expect(expected.length).toBeGreaterThan(2);
		expect(expected.length).toBeLessThan(320);
		expect((await found(filters)).sort()).toEqual([...expected].sort());
		// Limit counts what passes.
		const some = await found(filters, { limit: 3 });
		expect(some).toHaveLength(3);
		expect(expected).toEqual(expect.arrayContaining(some));
		// The compliance check lets the same devices through.
		const checked = await kandji.json('checkCompliance', {
			filters,
			rules: { userAssigned: true },
		});
		expect(checked.map(({ device_id: id }) => String(id)).sort()).toEqual([...expected].sort());
	});

	it('a device without a usable date or version passes no filter by it', async () => {
		const odd = ['', null, 'never', 'No value', '0000-00-00', {}];
		const devices = all().slice(0, odd.length);
		for (const [index, device] of devices.entries()) {
			const value = odd[index];
			Object.assign(device, { last_check_in: value, last_enrollment: value });
			device.os_version = /^0/.test(String(value)) ? '' : (value as string);
		}
		const unusable = new Set(devices.map(({ device_id: id }) => id));
		for (const filter of [
			{ lastCheckInAfter: '1970-01-01' },
			{ lastCheckInBefore: '2999-01-01' },
			{ enrolledAfter: '1970-01-01' },
			{ enrolledBefore: '2999-01-01' },
			{ osAtLeast: '0.0.0' },
			{ osOlderThan: '999.0.0' },
		]) {
			const passing = await found(filter);
			expect(passing.length).toBeGreaterThan(100);
			expect(passing.filter((id) => unusable.has(id))).toEqual([]);
		}
	});

	it('a switch that the API does not tell of a device keeps it out, on or off', async () => {
		const device = all().find(isMac)!;
		Object.assign(device, {
			mdm_enabled: null,
			agent_installed: null,
			user: undefined,
			tags: undefined,
		});
		kandji.tenant.mutate({ op: 'loseInventory', device_id: device.device_id });
		const { serial_number: serialNumber } = device;
		const off = '={{ $json.isOn }}';
		for (const filter of ['mdmOff', 'agentMissing', 'withoutUser', 'fileVaultOff']) {
			const { items, error } = await kandji.run(
				'getAll',
				{ filters: { serialNumber, [filter]: off } },
				{ input: [{ isOn: true }, { isOn: false }] },
			);
			expect([filter, items, error]).toEqual([filter, [], undefined]);
		}
		const tag = [...kandji.tenant.state.tags.values()][0]!.name;
		expect(await found({ serialNumber, tagsNone: tag })).toEqual([]);
	});

	it('a date without a zone is in the time zone of the workflow, and a day begins there', async () => {
		const device = all()[0]!;
		const { serial_number: serialNumber } = device;
		// The engine's workflows are in n8n's default time zone, five hours behind UTC in winter.
		device.last_check_in = '2026-02-04T05:00:00Z';
		const moments = [
			'2026-02-04',
			'2026-02-04T00:00:00',
			'2026-02-04T05:00:00Z',
			'2026-02-03T23:00-06:00',
		];
		const input = moments.map((moment) => ({ moment }));
		for (const [filter, expected] of [
			['lastCheckInAfter', moments.length],
			['lastCheckInBefore', 0],
		] as const) {
			const filters = { serialNumber, [filter]: '={{ $json.moment }}' };
			const { items } = await kandji.run('getAll', { filters }, { input });
			expect(items).toHaveLength(expected);
		}
	});

	describe('blueprints and tags', () => {
		const tags = () => [...kandji.tenant.state.tags.values()];
		const blueprints = () => [...kandji.tenant.state.blueprints.values()];
		const upper = (text: string) => `  ${text.toUpperCase()} `;
		const tagAll = () => {
			const [one, other] = tags();
			for (const [index, device] of all().entries()) {
				device.tags = [
					...(index % 3 === 0 ? [one!.name] : []),
					...(index % 4 === 0 ? [other!.name] : []),
				];
			}
			return [one!, other!] as const;
		};

		it('by names in any case, or IDs', async () => {
			const [one, other] = blueprints();
			const expected = ids(({ blueprint_id: id }) => id === one!.id || id === other!.id).sort();
			expect(expected.length).toBeGreaterThan(10);
			for (const value of [
				[one!.id, other!.id],
				`${one!.name},${other!.id}`,
				[upper(one!.name), upper(other!.name)],
			]) {
				expect((await found({ blueprints: value })).sort()).toEqual(expected);
			}
		});

		it('all, any or none of several tags', async () => {
			const [one, other] = tagAll();
			const value = [upper(one.name), other.id];
			const has = (device: Device, name: string) => device.tags.includes(name);
			const cases: Array<[string, (device: Device) => boolean]> = [
				['tagsAll', (device) => has(device, one.name) && has(device, other.name)],
				['tagsAny', (device) => has(device, one.name) || has(device, other.name)],
				['tagsNone', (device) => !has(device, one.name) && !has(device, other.name)],
			];
			for (const [filter, isWanted] of cases) {
				expect((await found({ [filter]: value })).sort()).toEqual(ids(isWanted).sort());
			}
			const both = ids((device) => has(device, one.name) && !has(device, other.name)).sort();
			expect((await found({ tagName: one.name, tagsNone: other.name })).sort()).toEqual(both);
		});

		it('what the API filters is sent, so that Limit reads no more rows than it needs', async () => {
			const [one, other] = tagAll();
			const [blueprint] = blueprints();
			const filters = {
				platforms: ['Mac'],
				blueprints: blueprint!.name,
				tagsAny: [one.name, other.name],
			};
			await found(filters, { limit: 5 });
			const { id: blueprint_id } = blueprint!;
			const sent = { platform: 'Mac', blueprint_id, tag_id_in: `${one.id},${other.id}` };
			expect(queries()).toEqual([{ ...sent, limit: '5', offset: '0' }]);
		});

		it('what another filter sends is not replaced', async () => {
			const expected = ids(({ platform }) => platform === 'iPad');
			expect(await found({ platform: 'iPad', platforms: ['Mac'] })).toEqual([]);
			expect((await found({ platform: 'iPad', platforms: ['iPad', 'Mac'] })).sort()).toEqual(
				expected.sort(),
			);
			expect(queries().every(({ platform }) => platform === 'iPad')).toBe(true);
		});

		it('names are looked up once for all items', async () => {
			const names = blueprints()
				.slice(0, 2)
				.map(({ name }) => name);
			const { error } = await kandji.run(
				'getAll',
				{ filters: { blueprints: names, tagsNone: '={{ $json.tag }}' }, limit: 1 },
				{
					input: tags()
						.slice(0, 3)
						.map(({ name }) => ({ tag: name })),
				},
			);
			expect(error).toBeUndefined();
			expect(requests('GET /api/v1/blueprints')).toBe(1);
			expect(requests('GET /api/v1/tags')).toBe(1);
		});

		it('a name that no record or that several have is an error', async () => {
			const [one, other] = blueprints();
			other!.name = one!.name.toLowerCase();
			expect(await message({ blueprints: [upper(one!.name)] })).toContain(
				'2 blueprints have the name',
			);
			// As entered, only one is meant.
			expect(await message({ blueprints: [other!.name] })).toBe('undefined');
			expect(await message({ tagsNone: 'No Such Tag' })).toBe(
				'Tags (None): there is no tag with the name or ID "No Such Tag"',
			);
			expect(requests(list)).toBe(1);
		});
	});

	it('reads FileVault once for all items, and only the Macs', async () => {
		const { items, error } = await kandji.run(
			'getAll',
			{ filters: { fileVaultOff: true }, returnAll: true },
			{ input: [{}, {}, {}] },
		);
		expect(error).toBeUndefined();
		expect(new Set(items.map(({ json }) => json.platform))).toEqual(new Set(['Mac']));
		expect(requests(filevault)).toBe(1);
		expect(queries().every(({ platform }) => platform === 'Mac')).toBe(true);
	});

	it('names the permission for FileVault when it is missing', async () => {
		kandji.tenant.mutate({ op: 'permission', operation: filevault, allowed: false });
		const { error } = await kandji.run('getAll', { filters: { fileVaultOff: true } });
		expect(`${error?.message} ${error?.description}`).toContain('/api/v1/prism/filevault');
		expect(requests(list)).toBe(0);
	});

	it.each<[INodeParameters, string]>([
		[
			{ lastCheckInBefore: 'yesterday' },
			'The filter Last Check-In Before is not a date: "yesterday"',
		],
		[{ enrolledAfter: '2026-02-30' }, 'The filter Enrolled After is not a date: "2026-02-30"'],
		[{ osAtLeast: 'latest' }, 'The filter OS At Least is not a version: "latest"'],
		[{ osOlderThan: '15.x' }, 'The filter OS Older Than is not a version: "15.x"'],
		[{ tagsAll: 'x', osOlderThan: '15..1' }, 'The filter OS Older Than is not a version: "15..1"'],
		[{ platforms: [] }, 'Platforms is empty'],
		[{ blueprints: ' , ' }, 'Blueprints is empty'],
		[{ tagsNone: [] }, 'Tags (None) is empty'],
		[{ lastCheckInAfter: '' }, 'Last Check-In After is empty'],
		[{ withoutUser: '' }, 'Without User is empty'],
	])('%j is refused before any request', async (filters, problem) => {
		expect(await message(filters)).toBe(problem);
		expect(kandji.tenant.counters.total.received).toBe(0);
	});

	it('reads on until Limit devices have passed, and no further', async () => {
		const last = all().at(-1)!;
		for (const device of all()) device.mdm_enabled = device === last;
		expect(await found({ mdmOff: false }, { limit: 1 })).toEqual([last.device_id]);
		expect(requests(list)).toBe(2);
		kandji.tenant.counters.reset();
		await found({ mdmOff: true }, { limit: 200 });
		expect(requests(list)).toBe(1);
	});
});
