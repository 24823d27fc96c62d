import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { RunNodeOptions } from '../../simulator/engine/engine';
import { withoutPauses } from '../transport/support';
import { byId, onTenant } from './onTenant';

const patch = 'PATCH /api/v1/devices/{device_id}';
const setName = 'POST /api/v1/devices/{device_id}/action/setname';
const read = 'GET /api/v1/devices/{device_id}';

describe('Return Undo and Device › Undo', () => {
	const kandji = onTenant('device', { devices: 30, rateLimit: false });
	const offboarding = onTenant('user', { devices: 30, rateLimit: false });
	const actions = onTenant('deviceAction', { devices: 30, rateLimit: false });
	const devices = () => [...kandji.tenant.state.devices.values()];
	const mac = (index = 0) => devices().filter(({ platform }) => platform === 'Mac')[index]!;
	const blueprints = () => [...kandji.tenant.state.blueprints.values()];
	const otherBlueprint = () => blueprints().find(({ id }) => id !== mac().blueprint_id)!;
	const users = () => [...kandji.tenant.state.users.values()].filter(({ archived }) => !archived);
	const asUser = ({ id, email, name }: { id: string; email: string; name: string }) => ({
		id,
		email,
		name,
		is_archived: false,
	});
	const otherUser = () => {
		const { user } = mac();
		return users().find(({ id }) => id !== (user ? user.id : ''))!;
	};
	const sent = () =>
		kandji.tenant.counters.log
			.filter(({ method }) => method !== 'GET')
			.map(({ operation }) => operation);
	const snapshot = () => structuredClone(mac());

	const target = (operation: string): INodeParameters =>
		operation === 'syncFromTable'
			? { serialNumber: mac().serial_number, dryRun: false }
			: { deviceId: byId(mac().device_id) };
	const change = async (operation: string, parameters: INodeParameters) =>
		await kandji.json(operation, { ...target(operation), returnUndo: true, ...parameters });
	const undo = async (
		input: IDataObject[],
		parameters: INodeParameters = {},
		more: Partial<RunNodeOptions> = {},
	) => await kandji.run('undo', parameters, { input, ...more });
	const updateAll = (): INodeParameters => ({
		updateFields: {
			assetTag: 'NEW-1',
			blueprintId: byId(otherBlueprint().id),
			tags: 'Finance',
			userId: byId(otherUser().id),
		},
	});

	beforeEach(() => {
		for (const [id, name] of Object.entries({ f: 'Finance', l: 'Loaner', v: 'VIP' })) {
			kandji.tenant.state.tags.set(id, { id, name });
		}
		Object.assign(mac(), { asset_tag: '1040', tags: ['Loaner', 'VIP'], user: asUser(users()[0]!) });
	});

	it('puts everything back with one update', async () => {
		const before = snapshot();
		const { id } = otherBlueprint();
		const user = otherUser();
		const items = await change('update', updateAll());
		expect(items[0]!.undo).toEqual({
			device_id: before.device_id,
			serial_number: before.serial_number,
			changes: [
				{ field: 'asset_tag', from: '1040', to: 'NEW-1' },
				{ field: 'blueprint_id', from: before.blueprint_id, to: id },
				{ field: 'tags', from: ['Loaner', 'VIP'], to: ['Finance'] },
				{ field: 'user_id', from: (before.user as { id: string }).id, to: user.id },
			],
		});
		kandji.tenant.counters.reset();
		const result = await undo(items);
		expect(result.error).toBeUndefined();
		expect(result.items).toEqual([
			{
				json: {
					device_id: before.device_id,
					serial_number: before.serial_number,
					device_name: before.device_name,
					restored: ['asset_tag', 'blueprint_id', 'tags', 'user_id'],
					unchanged: [],
					refused: [],
					pending: [],
					conflicts: [],
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(mac()).toEqual(before);
		expect(kandji.tenant.counters.log.map(({ operation }) => operation)).toEqual([read, patch]);

		const again = await undo(items);
		expect(again.items[0]!.json).toMatchObject({
			restored: [],
			unchanged: ['asset_tag', 'blueprint_id', 'tags', 'user_id'],
		});
		expect(sent()).toEqual([patch]);
	});

	it.each<[string, () => INodeParameters, string[]]>([
		['assignUser', () => ({ userId: byId(otherUser().id) }), ['user_id']],
		['moveToBlueprint', () => ({ blueprintId: byId(otherBlueprint().id) }), ['blueprint_id']],
		['addTags', () => ({ tags: 'Finance' }), ['tags']],
		['removeTags', () => ({ tags: 'vip' }), ['tags']],
		[
			'update',
			() => ({ updateFields: { clearFields: ['assetTag', 'tags', 'user'] } }),
			['asset_tag', 'tags', 'user_id'],
		],
		[
			'syncFromTable',
			() => ({
				fieldsToSync: { assetTag: 'S-1', deviceName: 'Reception', tagsNotToHave: 'L*' },
			}),
			['asset_tag', 'tags', 'device_name'],
		],
	])('undoes %s', async (operation, parameters, fields) => {
		const before = snapshot();
		const items = await change(operation, parameters());
		expect(mac()).not.toEqual(before);
		const result = await undo(items);
		expect(result.error).toBeUndefined();
		expect(new Set(result.items[0]!.json.restored as string[])).toEqual(new Set(fields));
		expect(mac()).toEqual(before);
	});

	it('undoes a name that was set with Device Action › Set Name', async () => {
		const { device_name: name, device_id: id } = mac();
		const renamed = [...actions.tenant.state.devices.values()].find(
			({ device_id }) => device_id === id,
		)!;
		const items = await actions.json('setName', {
			deviceId: byId(id),
			deviceName: 'Reception',
			returnUndo: true,
			addDeviceNote: true,
		});
		expect(renamed.device_name).toBe('Reception');
		expect(items[0]).toMatchObject({
			success: true,
			undo: { changes: [{ field: 'device_name', from: name, to: 'Reception' }] },
		});
	});

	it('undoes what Offboard unassigned, on every device of the user', async () => {
		const { tenant } = offboarding;
		const user = [...tenant.state.users.values()].find(({ archived }) => !archived)!;
		const all = [...tenant.state.devices.values()];
		for (const device of all) if (device.user && device.user.id === user.id) device.user = '';
		const own = all.filter(({ platform }) => platform === 'Mac').slice(0, 2);
		for (const device of own) device.user = asUser(user);
		const items = await offboarding.json('offboard', {
			userId: byId(user.id),
			deviceAction: 'unassignOnly',
			returnUndo: true,
		});
		expect(own.map((device) => device.user)).toEqual(['', '']);
		const unassigned = items.filter(({ undo }) => undo !== undefined);
		expect(unassigned.map(({ step }) => step)).toEqual(['unassign', 'unassign']);
		expect(unassigned.map(({ undo }) => undo)).toEqual(
			expect.arrayContaining(
				own.map(({ device_id, serial_number }) => ({
					device_id,
					serial_number,
					changes: [{ field: 'user_id', from: user.id, to: null }],
				})),
			),
		);
		const { items: undone } = await offboarding.run(
			'undo',
			{ resource: 'device' },
			{ input: unassigned },
		);
		expect(undone.map(({ json }) => json.restored)).toEqual([['user_id'], ['user_id']]);
		expect(undone.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(own.map((device) => device.user)).toEqual([asUser(user), asUser(user)]);
	});

	it('returns no undo unless asked to, and none of a dry run', async () => {
		expect((await change('addTags', { tags: 'Finance', returnUndo: false }))[0]).not.toHaveProperty(
			'undo',
		);
		expect((await change('update', { ...updateAll(), dryRun: true }))[0]).not.toHaveProperty(
			'undo',
		);
		const sync = { dryRun: true, fieldsToSync: { assetTag: 'X' } };
		expect((await change('syncFromTable', sync))[0]).not.toHaveProperty('undo');
	});

	it('names only what was really changed', async () => {
		const { blueprint_id: id } = mac();
		const [item] = await change('update', {
			updateFields: { assetTag: '1040', blueprintId: byId(id), tags: 'VIP, Loaner' },
		});
		expect(item!.undo).toMatchObject({ changes: [] });
		const [same] = await change('addTags', { tags: 'VIP' });
		expect(same!.undo).toMatchObject({ changes: [] });
		kandji.tenant.counters.reset();
		const { items } = await undo([item!]);
		expect(items[0]!.json).toMatchObject({ restored: [], unchanged: [], refused: [] });
		expect(kandji.tenant.counters.total.received).toBe(0);
	});

	it('records what the device had right before, and not when a list was read', async () => {
		const { device_id: id } = mac();
		const input = ['A', 'B', 'C', 'D'].map((name) => ({ id, name }));
		for (const { name } of input) kandji.tenant.state.tags.set(name, { id: name, name });
		const { items } = await kandji.run(
			'addTags',
			{ deviceId: byId('={{ $json.id }}'), tags: '={{ $json.name }}', returnUndo: true },
			{ input },
		);
		const record = items[2]!.json.undo as IDataObject;
		expect(record.changes).toEqual([
			{ field: 'tags', from: ['Loaner', 'VIP', 'A', 'B'], to: ['Loaner', 'VIP', 'A', 'B', 'C'] },
		]);
	});

	it('leaves what somebody changed since, and says what is there', async () => {
		const items = await change('update', updateAll());
		Object.assign(mac(), { asset_tag: 'THEIRS', tags: ['VIP', 'Finance'] });
		const { items: undone } = await undo(items);
		expect(undone[0]!.json).toMatchObject({
			restored: ['blueprint_id', 'user_id'],
			refused: ['asset_tag', 'tags'],
			conflicts: [
				{ field: 'asset_tag', expected: 'NEW-1', actual: 'THEIRS' },
				{ field: 'tags', expected: ['Finance'], actual: ['VIP', 'Finance'] },
			],
		});
		expect(mac()).toMatchObject({ asset_tag: 'THEIRS', tags: ['VIP', 'Finance'] });
	});

	it('compares tags as sets', async () => {
		const items = await change('addTags', { tags: 'Finance' });
		mac().tags.reverse();
		expect((await undo(items)).items[0]!.json.restored).toEqual(['tags']);
		expect(new Set(mac().tags)).toEqual(new Set(['Loaner', 'VIP']));
	});

	it('puts a name back with a command, and says while one is pending', async () => {
		const { device_name: name } = mac();
		const rules = [{ action: 'setname', afterMs: 60_000 }];
		kandji.tenant.mutate({ op: 'commandRules', rules });
		const items = await change('syncFromTable', { fieldsToSync: { deviceName: 'New' } });
		// The device has not run the command yet: its name is as before, but will not stay so.
		expect((await undo(items)).items[0]!.json).toMatchObject({
			pending: ['device_name'],
			unchanged: [],
		});
		// Nor was a name changed that another command kept from being sent.
		const [second] = await change('syncFromTable', {
			fieldsToSync: { deviceName: 'Newer' },
		});
		expect(second).toMatchObject({ pending: ['device_name'], undo: { changes: [] } });
		expect(mac().device_name).toBe(name);
		expect(sent()).toEqual([setName, setName]);
	});

	it('shows the requests with Dry Run on', async () => {
		const items = await change('update', updateAll());
		const after = snapshot();
		kandji.tenant.counters.reset();
		const { items: planned } = await undo(items, { dryRun: true });
		expect(planned[0]!.json).toMatchObject({
			dry_run: true,
			summary: expect.stringMatching(/^Undo change of .+ \(\w+\)$/),
			device: { serial_number: after.serial_number },
			planned: ['asset_tag', 'blueprint_id', 'tags', 'user_id'],
			steps: [{ method: 'PATCH', path: `/api/v1/devices/${after.device_id}` }],
		});
		expect(planned[0]!.json).not.toHaveProperty('restored');
		expect(mac()).toEqual(after);
		expect(sent()).toEqual([]);
	});

	it('refuses a device that is another one now', async () => {
		const items = await change('update', updateAll());
		const after = { ...snapshot(), serial_number: 'C02OTHER' };
		mac().serial_number = 'C02OTHER';
		const { error } = await undo(items);
		expect(error!.message).toMatch(
			/^The device now has the serial number C02OTHER, but Undo is for /,
		);
		expect(mac()).toEqual(after);
		kandji.tenant.mutate({ op: 'removeDevice', device_id: mac().device_id });
		expect((await undo(items)).error!.message).toMatch(/device/i);
	});

	it('refuses more devices than Maximum Items, in all items and their lists', async () => {
		const [item] = await change('addTags', { tags: 'Finance' });
		const list = { undo: [item!.undo, item!.undo, item!.undo] } as IDataObject;
		kandji.tenant.counters.reset();
		const { error } = await undo([list, item!, item!, item!]);
		expect(error!.message).toBe('There are 6 devices to undo, but Maximum Items is 5');
		expect(kandji.tenant.counters.total.received).toBe(0);
		expect((await undo([list, item!], { maximumItems: 4 })).error).toBeUndefined();
	});

	describe('with Retry On Fail', () => {
		withoutPauses();
		const failOnce = (method: string, path: string, after = 0) =>
			kandji.tenant.faults.add({ kind: 'status', status: 500, method, path, after, times: 1 });

		it('returns what both tries changed', async () => {
			failOnce('POST', '*/action/setname');
			const { items } = await kandji.run(
				'syncFromTable',
				{
					...target('syncFromTable'),
					returnUndo: true,
					fieldsToSync: { assetTag: 'HALF', deviceName: 'Reception' },
				},
				{ retryOnFail: true },
			);
			expect(sent()).toEqual([patch, setName, setName]);
			expect(items[0]!.json.undo).toMatchObject({
				changes: [
					{ field: 'asset_tag', from: '1040', to: 'HALF' },
					{ field: 'device_name', to: 'Reception' },
				],
			});
		});

		it('undoes each device of a list once', async () => {
			const records = [0, 1].map((index) => {
				mac(index).asset_tag = 'B';
				const { device_id, serial_number } = mac(index);
				const changes = [{ field: 'asset_tag', from: 'A', to: 'B' }];
				return { device_id, serial_number, changes };
			});
			failOnce('PATCH', '/api/v1/devices/*', 1);
			const { items } = await undo([{ undo: records }], {}, { retryOnFail: true });
			expect(items.map(({ json }) => json.restored)).toEqual([['asset_tag'], ['asset_tag']]);
			expect(sent()).toEqual([patch, patch, patch]);
			expect([mac(0).asset_tag, mac(1).asset_tag]).toEqual(['A', 'A']);
		});
	});

	it('goes on with the other items, if asked to', async () => {
		const [item] = await change('update', { updateFields: { assetTag: 'NEW' } });
		const { items } = await undo([{ undo: {} }, item!], {}, { onError: 'continueRegularOutput' });
		expect(items.map(({ json }) => json.error ?? json.restored)).toEqual([
			'Undo has no device_id at undo',
			['asset_tag'],
		]);
	});

	it('records for a sync what the device has by the time of its update', async () => {
		kandji.tenant.faults.add({
			kind: 'mutate',
			method: 'GET',
			path: `/api/v1/devices/${mac().device_id}`,
			times: 1,
			mutation: {
				op: 'updateDevice',
				device_id: mac().device_id,
				fields: { asset_tag: 'THEIRS' },
			},
		});
		const [item] = await change('syncFromTable', { fieldsToSync: { assetTag: 'NEW' } });
		expect(item!.undo).toMatchObject({
			changes: [{ field: 'asset_tag', from: 'THEIRS', to: 'NEW' }],
		});
	});

	it.each<[string, INodeParameters]>([
		['addTags', { tags: 'Finance' }],
		['update', { updateFields: { assetTag: 'X' } }],
		['syncFromTable', { fieldsToSync: { assetTag: 'X' } }],
	])('%s does not return it masked', async (operation, parameters) => {
		const { error } = await kandji.run(operation, {
			...target(operation),
			...parameters,
			returnUndo: true,
			options: { redactPersonalData: true },
		});
		expect(error!.message).toBe('Return Undo and Redact Personal Data are both on');
		expect(kandji.tenant.counters.total.received).toBe(0);
	});

	it('masks names among conflicts, if asked to', async () => {
		const items = await change('syncFromTable', {
			fieldsToSync: { deviceName: 'New', assetTag: 'X' },
		});
		Object.assign(mac(), { device_name: "Bo's Mac", asset_tag: 'Y' });
		const { items: undone } = await undo(items, { options: { redactPersonalData: true } });
		expect(undone[0]!.json).toMatchObject({
			device_name: '[redacted]',
			conflicts: [
				{ field: 'asset_tag', expected: 'X', actual: 'Y' },
				{ field: 'device_name', expected: '[redacted]', actual: '[redacted]' },
			],
		});
	});

	it('changes nothing when the record does not tell what it had', async () => {
		Object.assign(mac(), { asset_tag: undefined });
		const { error } = await kandji.run('update', {
			deviceId: byId(mac().device_id),
			...updateAll(),
			returnUndo: true,
		});
		expect(error!.message).toBe(
			'Kandji returned no valid asset_tag of the device, so the change could not be undone',
		);
		expect(sent()).toEqual([]);
	});

	describe('of a record that no operation returned', () => {
		const record = (): IDataObject => ({
			device_id: mac().device_id,
			serial_number: mac().serial_number,
			changes: [{ field: 'asset_tag', from: 'A', to: 'B' }],
		});
		const changed = (fields: IDataObject) => ({
			...record(),
			changes: [{ field: 'asset_tag', from: 'A', to: 'B', ...fields }],
		});
		const known = 'asset_tag, blueprint_id, device_name, tags, user_id';
		it.each<[string, () => unknown, string]>([
			['nothing', () => undefined, 'is empty or not valid JSON'],
			['an empty list', () => [], 'is empty or not valid JSON'],
			['no JSON', () => '{', 'is empty or not valid JSON'],
			['a text', () => '"A"', 'has no object at undo, but "A"'],
			['no object in a list', () => [record(), 7], 'has no object at undo[1], but 7'],
			[
				'an unknown field',
				() => ({ ...record(), url: 'x' }),
				'has an unknown field at undo: "url"',
			],
			[
				'no serial number',
				() => ({ ...record(), serial_number: undefined }),
				'needs a serial number in undo.serial_number, but it is undefined',
			],
			[
				'a blank serial number',
				() => ({ ...record(), serial_number: ' ' }),
				'needs a serial number in undo.serial_number, but it is " "',
			],
			[
				'a path for a device',
				() => ({ ...record(), device_id: '../blueprints' }),
				'needs a device ID in undo.device_id, but it is "../blueprints"',
			],
			[
				'no list',
				() => ({ ...record(), changes: {} }),
				'needs a list in undo.changes, but it is {}',
			],
			[
				'a field without a name',
				() => ({ ...record(), changes: [{}] }),
				'has no field at undo.changes[0]',
			],
			[
				'a field that cannot be undone',
				() => changed({ field: 'platform' }),
				`needs one of ${known} in undo.changes[0].field, but it is "platform"`,
			],
			[
				'an inherited name',
				() => changed({ field: 'constructor' }),
				`needs one of ${known} in undo.changes[0].field, but it is "constructor"`,
			],
			[
				'another field of a change',
				() => changed({ evil: 1 }),
				'has an unknown field at undo.changes[0]: "evil"',
			],
			[
				'a number',
				() => changed({ from: 7 }),
				'needs text or null in undo.changes[0].from, but it is 7',
			],
			[
				'no ID',
				() => changed({ field: 'user_id', from: null }),
				'needs an ID or null in undo.changes[0].to, but it is "B"',
			],
			[
				'no list of tags',
				() => changed({ field: 'tags', from: [''], to: [] }),
				'needs a list of tag names in undo.changes[0].from, but it is [""]',
			],
			[
				'a field twice',
				() => ({ ...record(), changes: [changed({}).changes[0], changed({}).changes[0]] }),
				'has the field asset_tag twice in undo.changes',
			],
		])('refuses %s before any request', async (_title, value, problem) => {
			const { error } = await undo([{ undo: value() } as IDataObject]);
			expect(error!.message).toBe(`Undo ${problem}`);
			expect(kandji.tenant.counters.total.received).toBe(0);
		});

		it('takes it as text, too', async () => {
			mac().asset_tag = 'B';
			const { items } = await undo([{ undo: JSON.stringify(record()) }]);
			expect(items[0]!.json.restored).toEqual(['asset_tag']);
			expect(mac().asset_tag).toBe('A');
		});

		it('leaves a name and a blueprint where it had none', async () => {
			const { blueprint_id, device_name } = mac();
			const changes = [
				{ field: 'blueprint_id', from: null, to: blueprint_id },
				{ field: 'device_name', from: null, to: device_name },
			];
			const { items } = await undo([{ undo: { ...record(), changes } } as IDataObject]);
			expect(items[0]!.json).toMatchObject({
				refused: ['blueprint_id', 'device_name'],
				conflicts: [],
			});
			expect(sent()).toEqual([]);
		});
	});
});
