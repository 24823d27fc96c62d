import type { INodeListSearchResult, INodeParameters } from 'n8n-workflow';

import type { KandjiCredential } from '../../simulator/engine/engine';
import { searchList } from '../../simulator/engine/searchList';
import { startTenant, type Tenant } from '../../simulator/tenant/index';
import { useFastClock } from '../fastClock';

const hostileTexts = [
	`O'Nobody`,
	`"quoted" & 'single'`,
	'?limit=1&offset=9#x',
	'%2e%2e/../',
	'a\\b\u0000c',
	'Ünï ☃ 設定',
	'x'.repeat(2000),
];

describe('pickers', () => {
	useFastClock();
	let tenant: Tenant;
	let credential: KandjiCredential;

	beforeAll(async () => {
		tenant = await startTenant({
			devices: 250,
			rateLimit: false,
			users: 700,
			sizes: { customProfiles: 350, customApps: 12, customScripts: 25, inHouseApps: 4 },
		});
		credential = { region: 'custom', apiUrl: tenant.url, token: tenant.token };
	});
	beforeEach(() => tenant.reset());
	afterAll(async () => await tenant.close());

	const search = async (
		method: string,
		filter?: string,
		token?: string,
		currentNodeParameters?: INodeParameters,
	): Promise<INodeListSearchResult> =>
		await searchList(method, filter, token, { credential, currentNodeParameters });

	/** Follows the tokens to the end, as scrolling does. */
	const all = async (method: string, filter?: string, parameters?: INodeParameters) => {
		const pages: INodeListSearchResult[] = [];
		let token: string | undefined;
		do {
			const page = await search(method, filter, token, parameters);
			pages.push(page);
			token = page.paginationToken as string | undefined;
			expect(['string', 'undefined']).toContain(typeof token);
		} while (token !== undefined);
		return { pages, results: pages.flatMap(({ results }) => results) };
	};
	const idsOf = (rows: Iterable<{ id: string }>) => [...rows].map(({ id }) => id).sort();
	const valuesOf = ({ results }: INodeListSearchResult) =>
		results.map(({ value }) => String(value)).sort();

	it('lists every device over several pages, as name and serial number', async () => {
		const { pages, results } = await all('searchDevices');
		const devices = tenant.state.devices.list();
		expect(pages.length).toBeGreaterThan(2);
		expect(valuesOf({ results })).toEqual(devices.map(({ device_id }) => device_id).sort());
		const shown = new Set(results.map(({ name }) => name));
		const [{ device_name, serial_number }] = [devices[0]!];
		expect(shown).toContain(`${device_name} (${serial_number})`);
	});

	it('finds a device by part of its name or of its serial number, wherever it is', async () => {
		const device = tenant.state.devices.list('device_name').at(-1)!;
		device.device_name = `Zoë "O'Neil" & Co`;
		const byName = await search('searchDevices', ` "o'neil" & `);
		expect(valuesOf(byName)).toEqual([device.device_id]);
		const bySerial = await search('searchDevices', device.serial_number.slice(2).toLowerCase());
		expect(valuesOf(bySerial)).toEqual([device.device_id]);
	});

	it('lists the notes of the chosen device by their text', async () => {
		const [device, other] = tenant.state.devices.list();
		for (const [of, content] of [
			[device!, 'Battery replaced'],
			[device!, 'Screen replaced'],
			[other!, 'Battery is old'],
		] as const) {
			const url = `${tenant.url}/api/v1/devices/${of.device_id}/notes`;
			await fetch(url, {
				method: 'POST',
				headers: { authorization: `Bearer ${tenant.token}`, 'content-type': 'application/json' },
				body: JSON.stringify({ content }),
			});
		}
		const deviceId = { __rl: true, mode: 'serial', value: device!.serial_number };
		const shown = async (filter?: string) =>
			(await search('searchDeviceNotes', filter, undefined, { deviceId })).results.map(
				({ name }) => name,
			);
		expect(await shown()).toEqual(expect.arrayContaining(['Battery replaced', 'Screen replaced']));
		expect(await shown('battery rep')).toEqual(['Battery replaced']);
		const none = search('searchDeviceNotes', '', undefined, {
			deviceId: { ...deviceId, value: '' },
		});
		await expect(none).rejects.toThrow('Device is empty');
	});

	it('shows a device once that matches by name and by serial number', async () => {
		const [device] = tenant.state.devices.list();
		device!.device_name = device!.serial_number;
		const { results } = await search('searchDevices', device!.serial_number);
		expect(valuesOf({ results })).toEqual([device!.device_id]);
	});

	it('finds all blueprints over several pages, and some by name', async () => {
		const [blueprint] = tenant.state.blueprints.values();
		for (let index = 0; index < 250; index++) {
			const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
			tenant.state.blueprints.set(id, { ...blueprint!, id, name: `Lab "${index}"` });
		}
		const { pages, results } = await all('searchBlueprints');
		expect(pages.length).toBeGreaterThan(2);
		expect(valuesOf({ results })).toEqual(idsOf(tenant.state.blueprints.values()));
		const found = await search('searchBlueprints', 'lab "249"');
		expect(found.results.map(({ name }) => name)).toEqual(['Lab "249"']);
	});

	it('finds users by name on the last page, and by email in one request', async () => {
		const { pages, results } = await all('searchUsers');
		expect(pages.length).toBeGreaterThan(2);
		expect(valuesOf({ results })).toEqual(idsOf(tenant.state.users.values()));

		const last = [...tenant.state.users.values()].at(-1)!;
		last.name = `Ýrsa O'Hara`;
		tenant.counters.reset();
		expect(valuesOf(await search('searchUsers', `ÝRSA O'H`))).toEqual([last.id]);
		expect(tenant.counters.total.executed).toBe(3);
		tenant.counters.reset();
		expect(valuesOf(await search('searchUsers', last.email))).toContain(last.id);
		expect(tenant.counters.total.executed).toBe(1);
	});

	it('shows the email of a user without a name', async () => {
		const [user] = tenant.state.users.values();
		user!.name = '';
		const { results } = await search('searchUsers', user!.email);
		expect(results.map(({ name }) => name)).toContain(user!.email);
	});

	it('finds tags over several pages', async () => {
		for (let index = 0; index < 650; index++) {
			const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
			tenant.state.tags.set(id, { id, name: `Tag ${index}` });
		}
		const { pages, results } = await all('searchTags');
		expect(pages.length).toBeGreaterThan(2);
		expect(valuesOf({ results })).toEqual(idsOf(tenant.state.tags.values()));
		expect((await search('searchTags', 'tag 649')).results).toHaveLength(1);
	});

	it('lists library items of all kinds that the API lists, each with its kind', async () => {
		const { customApps, customProfiles, customScripts, inHouseApps } = tenant.state.library;
		const { results } = await all('searchLibraryItems');
		expect(valuesOf({ results })).toEqual(
			[customApps, customProfiles, customScripts, inHouseApps]
				.flatMap((items) => [...items.keys()])
				.sort(),
		);
		const script = [...customScripts.values()].at(-1)!;
		const found = await search('searchLibraryItems', script.name);
		expect(found.results).toContainEqual(
			expect.objectContaining({ name: `${script.name} (Custom Script)`, value: script.id }),
		);
	});

	it('lists only profiles where a custom profile is asked for', async () => {
		const { pages, results } = await all('searchLibraryItems', '', { resource: 'customProfile' });
		expect(pages.length).toBeGreaterThan(1);
		expect(valuesOf({ results })).toEqual([...tenant.state.library.customProfiles.keys()].sort());
	});

	it('lists what a blueprint holds where an item is to be removed from it', async () => {
		const blueprint = [...tenant.state.blueprints.values()].find(({ type }) => type === 'classic')!;
		const items = [...tenant.state.library.customProfiles.keys()].slice(0, 70);
		const [other] = tenant.state.library.otherItems.keys();
		blueprint.nodes.set('', [...items, other!]);
		const parameters = {
			resource: 'blueprint',
			operation: 'removeLibraryItem',
			blueprintId: { __rl: true, mode: 'list', value: blueprint.id },
		};
		const { results } = await all('searchLibraryItems', '', parameters);
		expect(valuesOf({ results })).toEqual([...items, other].sort());
		const byExpression = { ...parameters.blueprintId, value: '={{ $json.id }}' };
		const { results: any } = await search('searchLibraryItems', '', undefined, {
			...parameters,
			blueprintId: byExpression,
		});
		expect(any.length).toBeGreaterThan(70);
	});

	it('finds ADE integrations by server or organisation, and categories by name', async () => {
		const [token] = tenant.state.adeTokens.values();
		expect(valuesOf(await search('searchAdeIntegrations'))).toEqual(
			idsOf(tenant.state.adeTokens.values()),
		);
		const found = await search('searchAdeIntegrations', token!.server_name.toUpperCase());
		expect(valuesOf(found)).toContain(token!.id);
		const [category] = tenant.state.library.categories;
		expect(await search('searchSelfServiceCategories', category!.name)).toEqual({
			results: [{ name: category!.name, value: category!.id }],
		});
	});

	describe.each([
		['searchDevices', 'GET /api/v1/devices'],
		['searchBlueprints', 'GET /api/v1/blueprints'],
		['searchUsers', 'GET /api/v1/users'],
		['searchTags', 'GET /api/v1/tags'],
		['searchLibraryItems', 'GET /api/v1/library/custom-scripts'],
		['searchAdeIntegrations', 'GET /api/v1/integrations/apple/ade'],
		['searchSelfServiceCategories', 'GET /api/v1/self-service/categories'],
		['searchAdeDevices', 'GET /api/v1/integrations/apple/ade/devices'],
	])('%s', (method, permission) => {
		it('says which permission is missing', async () => {
			tenant.permissions.set(permission, false);
			await expect(search(method, 'nothing matches this')).rejects.toMatchObject({
				message: 'The API token is missing a permission, or Kandji rejected it',
				description: expect.stringContaining(permission),
			});
		});

		it('fails when the API fails', async () => {
			tenant.faults.add({ kind: 'status', status: 400 });
			await expect(search(method)).rejects.toThrow();
		});

		it.each([' ', '\u00a0', '\u200b', '\ufeff\u2060 ', '\u3164'])(
			'finds nothing for %j, which shows nothing',
			async (text) => {
				expect(await search(method, text)).toEqual({ results: [] });
				expect(tenant.counters.total.received).toBe(0);
			},
		);

		it.each(hostileTexts)('treats %j as plain text', async (text) => {
			const { results, paginationToken } = await search(method, text);
			expect(results).toEqual([]);
			expect(paginationToken).toBeUndefined();
			const { received, executed } = tenant.counters.total;
			expect(received).toBeGreaterThan(0);
			expect(executed).toBe(received);
		});
	});
});
