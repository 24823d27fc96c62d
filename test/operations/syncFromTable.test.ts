import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { RunNodeOptions } from '../../simulator/engine/engine';
import type { Device } from '../../simulator/tenant/state/types';
import { onTenant } from './onTenant';

const columns: INodeParameters = {
	assetTag: '={{ $json.asset_tag }}',
	blueprint: '={{ $json.blueprint }}',
	deviceName: '={{ $json.device_name }}',
	tagsToHave: '={{ $json.tags }}',
	tagsNotToHave: '={{ $json.not_tags }}',
	userEmail: '={{ $json.email }}',
};

describe('Device › Sync From Table', () => {
	const kandji = onTenant('device', {
		devices: 30,
		rateLimit: false,
		sizes: { adeDevices: 12 },
	});
	const macs = () =>
		[...kandji.tenant.state.devices.values()].filter(({ platform }) => platform === 'Mac');
	const writes = () =>
		kandji.tenant.counters.log
			.filter(({ method }) => method !== 'GET')
			.map(({ operation }) => operation);
	const blueprint = () => [...kandji.tenant.state.blueprints.values()][1]!;
	const user = () => [...kandji.tenant.state.users.values()].find(({ archived }) => !archived)!;

	const sync = async (
		input: IDataObject[],
		parameters: INodeParameters = {},
		more: Partial<RunNodeOptions> = {},
	) =>
		await kandji.run(
			'syncFromTable',
			{
				serialNumber: '={{ $json.serial }}',
				fieldsToSync: columns,
				dryRun: false,
				...parameters,
			},
			{ input, ...more },
		);
	const statuses = (items: Array<{ json: IDataObject }>) => items.map(({ json }) => json.status);
	const patch = 'PATCH /api/v1/devices/{device_id}';

	/** Rows that change every field of the first device, nothing of the second, and a tag of the third. */
	const table = (): IDataObject[] => {
		const [one, two, three] = macs() as [Device, Device, Device];
		Object.assign(one, { tags: [], asset_tag: '', user: '' });
		Object.assign(three, { tags: ['Loaner'] });
		kandji.tenant.state.tags.set('t', { id: 't', name: 'Loaner' });
		kandji.tenant.state.tags.set('f', { id: 'f', name: 'Finance' });
		return [
			{
				serial: one.serial_number,
				asset_tag: 'A-1',
				blueprint: blueprint().name,
				tags: 'Finance',
				email: user().email.toUpperCase(),
			},
			{ serial: two.serial_number, blueprint: two.blueprint_name },
			{ serial: three.serial_number, not_tags: 'Loaner' },
		];
	};

	it('sends one update for each device that differs, and nothing in a second run', async () => {
		const rows = table();
		const [one] = macs() as [Device];
		const { items, error } = await sync(rows, { options: { addSummary: true } });
		expect(error).toBeUndefined();
		expect(statuses(items)).toEqual(['changed', 'unchanged', 'changed', undefined]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 2].map((item) => ({ item })),
		);
		expect(items[0]!.json).toMatchObject({
			device_id: one.device_id,
			serial_number: one.serial_number,
			from: { asset_tag: null, tags: [], user_email: null },
			to: { asset_tag: 'A-1', tags: ['Finance'], user_email: user().email },
		});
		expect(items[3]!.json).toEqual({
			summary: true,
			dry_run: false,
			unchanged: 1,
			planned: 0,
			changed: 2,
			unknown: 0,
			ambiguous: 0,
			failed: 0,
		});
		expect(one).toMatchObject({
			asset_tag: 'A-1',
			blueprint_id: blueprint().id,
			tags: ['Finance'],
			user: { id: user().id },
		});
		// Devices, users, blueprints and tags are one page each.
		expect(writes()).toEqual([patch, patch]);
		expect(kandji.tenant.counters.total.received).toBe(4 + 2);

		const again = await sync(rows);
		expect(statuses(again.items)).toEqual(['unchanged', 'unchanged', 'unchanged']);
		expect(writes()).toHaveLength(2);
	});

	it.each<[string, INodeParameters]>([
		['by default', {}],
		['if one row has it on', { dryRun: '={{ $itemIndex === 2 }}' }],
	])('only plans %s', async (_title, parameters) => {
		const { items } = await kandji.run(
			'syncFromTable',
			{ serialNumber: '={{ $json.serial }}', fieldsToSync: columns, ...parameters },
			{ input: table() },
		);
		expect(statuses(items)).toEqual(['planned', 'unchanged', 'planned']);
		expect(writes()).toEqual([]);
	});

	it('sends nothing when a field of any row is invalid', async () => {
		const rows = [...table(), { serial: 'C02', asset_tag: { an: 'object' } }];
		const { error, items } = await sync(rows);
		expect(error!.message).toMatch(/Asset Tag/);
		expect(items).toEqual([]);
		expect(writes()).toEqual([]);
		const continued = await sync(rows, {}, { onError: 'continueRegularOutput' });
		expect(statuses(continued.items)).toEqual(['changed', 'unchanged', 'changed', undefined]);
		expect(continued.items[3]!.json.error).toMatch(/Asset Tag/);
	});

	it('refuses the whole table when it changes more devices than allowed', async () => {
		for (const onError of [undefined, 'continueRegularOutput'] as const) {
			const { items, error } = await sync(table(), { maximumChanges: 1 }, { onError });
			const message = 'The table changes 2 devices, but Maximum Changes is 1';
			if (onError === undefined) expect(error!.message).toBe(message);
			else expect(items.map(({ json }) => json.error)).toEqual([message, message, message]);
		}
		expect(writes()).toEqual([]);
	});

	it('says what was done when it stops, and continues in the next run', async () => {
		const rows = table();
		const three = macs()[2]!;
		const path = `/api/v1/devices/${three.device_id}`;
		const fault = kandji.tenant.faults.add({ kind: 'status', status: 500, method: 'PATCH', path });
		const { error } = await sync(rows);
		expect(error!.description).toContain('Items 0 to 1 were done before it');
		kandji.tenant.faults.clear(fault);
		const again = await sync(rows);
		expect(statuses(again.items)).toEqual(['unchanged', 'unchanged', 'changed']);
	});

	it('returns rows that cannot be put into effect, and goes on with the others', async () => {
		const [one, two, three] = macs() as [Device, Device, Device];
		const { items } = await sync([
			{ serial: 'NOSUCH', asset_tag: '1' },
			{ serial: one.serial_number, email: 'nobody@acme.example' },
			{ serial: two.serial_number, asset_tag: '1' },
			{ serial: two.serial_number.toLowerCase(), asset_tag: '2' },
			{ serial: three.serial_number, asset_tag: 'new' },
		]);
		expect(statuses(items)).toEqual(['unknown', 'failed', 'ambiguous', 'ambiguous', 'changed']);
		expect(items[1]!.json.problems).toEqual([
			'There is no user with the email "nobody@acme.example"',
		]);
		expect(writes()).toEqual([patch]);
	});

	it('fails before anything is sent for unknown serial numbers, if asked to', async () => {
		const rows = [...table(), { serial: 'NOSUCH', asset_tag: '1' }];
		const { error } = await sync(rows, { options: { unknownSerialNumbers: 'fail' } });
		expect(error!.message).toBe('1 serial numbers of the table are not in Kandji');
		expect(error!.description).toContain('NOSUCH');
		expect(writes()).toEqual([]);
	});

	it('leaves or clears what is empty in the table', async () => {
		const one = macs()[0]!;
		Object.assign(one, { asset_tag: 'A-1', tags: ['Finance'] });
		kandji.tenant.mutate({
			op: 'updateDevice',
			device_id: one.device_id,
			fields: {
				user: { id: user().id, email: user().email, name: user().name, is_archived: false },
			},
		});
		const rows = [{ serial: one.serial_number }];
		expect(statuses((await sync(rows)).items)).toEqual(['unchanged']);
		const { items } = await sync(rows, { options: { emptyCells: 'clear' } });
		expect(statuses(items)).toEqual(['changed']);
		expect(one).toMatchObject({ asset_tag: '', user: '', tags: ['Finance'] });
		expect(one.device_name).not.toBe('');
	});

	it('creates a missing tag once, if asked to', async () => {
		const rows = macs()
			.slice(0, 2)
			.map(({ serial_number: serial }) => ({ serial, tags: 'Brand New' }));
		expect(statuses((await sync(rows)).items)).toEqual(['failed', 'failed']);
		const { items } = await sync(rows, { options: { missingTags: 'create' } });
		expect(items.map(({ json }) => json.creates_tags)).toEqual([['Brand New'], ['Brand New']]);
		expect(writes()).toEqual(['POST /api/v1/tags', patch, patch]);
		expect(macs()[1]!.tags).toContain('Brand New');
	});

	it('renames with a command, which is not sent again while it is pending', async () => {
		const one = macs()[0]!;
		kandji.tenant.mutate({
			op: 'commandRules',
			rules: [{ action: 'setname', afterMs: 60_000 }],
		});
		const rows = [{ serial: one.serial_number, device_name: 'Reception' }];
		const first = await sync(rows);
		expect(first.items[0]!.json).toMatchObject({
			status: 'changed',
			to: { device_name: 'Reception' },
		});
		const again = await sync(rows);
		expect(again.error).toBeUndefined();
		expect(again.items[0]!.json).toMatchObject({
			status: 'unchanged',
			pending: ['device_name'],
		});
	});

	describe('a device that has not enrolled yet', () => {
		const waiting = () =>
			[...kandji.tenant.state.adeDevices.values()].find(
				({ profile_status: status }) => status === 'assigned',
			)!;
		const row = () => ({
			serial: waiting().serial_number,
			asset_tag: 'A-9',
			blueprint: blueprint().name,
			email: user().email,
		});

		it('is reported by default', async () => {
			const { items } = await sync([row()]);
			expect(items[0]!.json).toMatchObject({
				status: 'unknown',
				ade_device_id: waiting().id,
				problems: ['The device has not enrolled yet'],
			});
			kandji.tenant.permissions.set('GET /api/v1/integrations/apple/ade/devices', false);
			expect(statuses((await sync([row()])).items)).toEqual(['unknown']);
		});

		it('is prepared if asked to, once', async () => {
			const options = { notEnrolledYet: 'update' };
			expect(statuses((await sync([row()], { options })).items)).toEqual(['changed']);
			expect(waiting()).toMatchObject({
				asset_tag: 'A-9',
				blueprint_id: blueprint().id,
				use_blueprint_routing: false,
				user_id: user().id,
			});
			expect(statuses((await sync([row()], { options })).items)).toEqual(['unchanged']);
			expect(writes()).toEqual(['PATCH /api/v1/integrations/apple/ade/devices/{device_id}']);
		});
	});

	it('masks people and devices, if asked to', async () => {
		const rows = [{ ...table()[0], device_name: 'Reception' }];
		const { items } = await sync(rows, { dryRun: true, options: { redactPersonalData: true } });
		expect(items[0]!.json).toMatchObject({
			device_name: '[redacted]',
			to: { device_name: '[redacted]', user_email: '[redacted]', asset_tag: 'A-1' },
		});
	});

	it.each<[string, INodeParameters, IDataObject[]]>([
		['Fields to Sync is empty', { fieldsToSync: {} }, [{ serial: 'A' }]],
		['Serial Number is empty', {}, [{ serial: 'A' }, {}]],
	])('refuses before the first request: %s', async (message, parameters, input) => {
		const { error } = await sync(input, parameters);
		expect(error!.message).toBe(message);
		expect(kandji.tenant.counters.total.received).toBe(0);
	});

	it('refuses Batching, which hides rows', async () => {
		const { error } = await sync(table(), {
			requestOptions: { batching: { batch: { batchSize: 1, batchInterval: 50 } } },
		});
		expect(error!.message).toBe('Only a part of the rows could be read');
		expect(writes()).toEqual([]);
	});
});
