import type { IDataObject } from 'n8n-workflow';

import { Kandji } from '../../nodes/Kandji/Kandji.node';
import { lookups } from '../../nodes/Kandji/transport/routing/lookups';
import { errorText, jsons, useTestTenant } from './support';

describe('a locator', () => {
	const { properties } = new Kandji().description;

	it.each(Object.entries(lookups))(
		'of %s offers the modes that can be looked up',
		(name, known) => {
			const locators = properties.filter((field) => field.name === `${name}Id`);
			for (const { modes = [] } of locators) {
				const offered = modes.map((mode) => mode.name);
				expect(offered.filter((mode) => !['list', 'url', 'id'].includes(mode)).sort()).toEqual(
					Object.keys(known).sort(),
				);
			}
		},
	);
});

describe('a record that is found by what people call it', () => {
	const current = useTestTenant({ devices: 60, users: 40, sizes: { adeDevices: 700 } });
	const run = async (
		[resource, operation, parameter, mode]: readonly [string, string, string, string],
		value: string,
		input?: IDataObject[],
	) =>
		await current.current.run(
			{
				resource,
				operation,
				[parameter]: { __rl: true, mode, value },
				...(operation === 'getStatuses' ? { returnAll: false, limit: 1 } : {}),
			},
			{ input },
		);
	const rows = async (resource: string) =>
		jsons((await current.current.run({ resource, operation: 'getAll', returnAll: true })).items);

	const places = [
		['adeDevice', 'get', 'adeDeviceId', 'serial', 'serial_number', 'id'],
		['blueprint', 'get', 'blueprintId', 'name', 'name', 'id'],
		['customApp', 'get', 'customAppId', 'name', 'name', 'id'],
		['customProfile', 'get', 'customProfileId', 'name', 'name', 'id'],
		['customScript', 'get', 'customScriptId', 'name', 'name', 'id'],
		['device', 'get', 'deviceId', 'name', 'device_name', 'device_id'],
		['device', 'get', 'deviceId', 'serial', 'serial_number', 'device_id'],
		['inHouseApp', 'get', 'inHouseAppId', 'name', 'name', 'id'],
		['user', 'get', 'userId', 'email', 'email', 'id'],
	] as const;

	it.each(places)('%s › %s %s by %s', async (...place) => {
		const [resource, operation, parameter, mode, field, idField] = place;
		const all = await rows(resource);
		const called = (row: IDataObject) => String(row[field]);
		const unique = all.filter(
			(row) => all.filter((other) => called(other) === called(row)).length === 1,
		);
		const record = unique[0]!;
		for (const text of [called(record), ` ${called(record).toUpperCase()} `]) {
			const { items, error } = await run([resource, operation, parameter, mode], text);
			expect(error?.message).toBeUndefined();
			expect(jsons(items)[0]![idField]).toBe(record[idField]);
		}
		const missing = await run([resource, operation, parameter, mode], `${called(record)} no such`);
		expect(errorText(missing)).toMatch(/^There is no .* \| Nothing was sent/);
	});

	it('is a library item of any kind', async () => {
		const [profile] = await rows('customProfile');
		const { error } = await run(
			['libraryItem', 'getStatuses', 'libraryItemId', 'name'],
			String(profile!.name),
		);
		expect(error?.message).toBeUndefined();
	});

	it('is refused when two have the name, and both are listed', async () => {
		const { tenant } = current.current;
		const [one, other] = [...tenant.state.blueprints.values()] as unknown as [
			IDataObject,
			IDataObject,
		];
		other.name = one.name;
		const result = await run(['blueprint', 'get', 'blueprintId', 'name'], String(one.name));
		expect(errorText(result)).toMatch(/^2 blueprints have the name /);
		for (const { id } of [one, other]) expect(errorText(result)).toContain(id);
	});

	it('is the user who is not archived, of two with one email', async () => {
		const { tenant } = current.current;
		const [one, other] = [...tenant.state.users.values()];
		Object.assign(one!, { archived: true });
		Object.assign(other!, { archived: false, email: one!.email });
		const { items } = await run(['user', 'get', 'userId', 'email'], one!.email);
		expect(jsons(items)[0]!.id).toBe(other!.id);
	});

	it('is a tag of the whole list, which the API gives only with a search', async () => {
		const { tenant } = current.current;
		const tags = [...tenant.state.tags.values()].slice(0, 4);
		await run(
			['tag', 'delete', 'tagId', 'name'],
			'={{ $json.name }}',
			tags.map(({ name }) => ({ name })),
		);
		const lists = tenant.counters.log.filter(({ method }) => method === 'GET');
		expect(lists.map(({ url }) => url)).toEqual(['/api/v1/tags?search=']);
		for (const { id } of tags) expect(tenant.state.tags.has(id)).toBe(false);
	});

	it('is read with the whole list, once, when many items need one', async () => {
		const { tenant } = current.current;
		const devices = current.current.devices(20);
		tenant.counters.reset();
		const { items, error } = await run(
			['device', 'get', 'deviceId', 'serial'],
			'={{ $json.serial }}',
			devices.map(({ serial_number: serial }) => ({ serial })),
		);
		expect(error?.message).toBeUndefined();
		expect(jsons(items).map(({ device_id: id }) => id)).toEqual(
			devices.map(({ device_id: id }) => id),
		);
		expect(tenant.counters.total.received).toBe(21);
	});

	it('is asked for by itself where the list has more pages than there are items', async () => {
		const { tenant } = current.current;
		tenant.mutate({ op: 'addDevice', count: 1600 });
		const devices = current.current.devices(4);
		tenant.counters.reset();
		const { items, error } = await run(
			['device', 'get', 'deviceId', 'serial'],
			'={{ $json.serial }}',
			devices.map(({ serial_number: serial }) => ({ serial })),
		);
		expect(error?.message).toBeUndefined();
		expect(jsons(items).map(({ device_id: id }) => id)).toEqual(
			devices.map(({ device_id: id }) => id),
		);
		expect(tenant.counters.total.received).toBe(9);
	});

	it('is found in a list of several pages that has no filter, for one item and for many', async () => {
		const { tenant } = current.current;
		for (const count of [1, 5]) {
			const serials = [...tenant.state.adeDevices.values()].slice(-count);
			const { items, error } = await run(
				['adeDevice', 'get', 'adeDeviceId', 'serial'],
				'={{ $json.serial }}',
				serials.map(({ serial_number: serial }) => ({ serial })),
			);
			expect(error?.message).toBeUndefined();
			expect(jsons(items)).toHaveLength(count);
		}
	});
});
