import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { RunNodeOptions } from '../../simulator/engine/engine';
import type { Device } from '../../simulator/tenant/state/types';
import { onTenant } from './onTenant';

/** Update Fields as somebody fills them in for the rows of a table. */
const columns: INodeParameters = {
	assetTag: '={{ $json.asset_tag }}',
	blueprintId: { __rl: true, mode: 'name', value: '={{ $json.blueprint }}' },
	tags: '={{ $json.tags }}',
	userId: { __rl: true, mode: 'email', value: '={{ $json.email }}' },
};

describe('Device › Update from rows', () => {
	const kandji = onTenant('device', {
		devices: 40,
		rateLimit: false,
		sizes: { adeDevices: 12 },
	});
	const macs = () => {
		const all = [...kandji.tenant.state.devices.values()];
		return all.filter(({ platform }) => platform === 'Mac') as [Device, Device, ...Device[]];
	};
	const users = () => [...kandji.tenant.state.users.values()].filter(({ archived }) => !archived);
	const blueprints = () => [...kandji.tenant.state.blueprints.values()];
	const sent = () =>
		kandji.tenant.counters.log
			.filter(({ method }) => method !== 'GET')
			.map(({ operation, body }) => [operation, body]);
	const patch = 'PATCH /api/v1/devices/{device_id}';

	const update = async (
		input: IDataObject[],
		options: INodeParameters = {},
		more: INodeParameters = {},
		run: Partial<RunNodeOptions> = {},
	) =>
		await kandji.run(
			'update',
			{
				deviceId: { __rl: true, mode: 'serial', value: '={{ $json.serial }}' },
				updateFields: columns,
				options,
				...more,
			},
			{ input, ...run },
		);

	it('accepts names, serials and emails, and sends one update', async () => {
		const [mac] = macs();
		const [user] = users();
		const [, blueprint] = blueprints();
		const [tag] = kandji.tenant.state.tags.values();
		const { items, error } = await update([
			{
				serial: mac.serial_number.toLowerCase(),
				asset_tag: 7,
				blueprint: blueprint!.name,
				tags: [tag!.name],
				email: user!.email.toUpperCase(),
			},
		]);
		expect(error).toBeUndefined();
		expect(items[0]!.json).toMatchObject({ device_id: mac.device_id, asset_tag: '7' });
		expect(sent()).toEqual([
			[patch, { asset_tag: '7', blueprint_id: blueprint!.id, tags: [tag!.name], user: user!.id }],
		]);
	});

	it('sends nothing for a device that has the values, in whatever spelling', async () => {
		const [mac] = macs();
		const [user] = users();
		Object.assign(mac, { asset_tag: 'A-1', tags: ['b', 'a'], user: { ...user } });
		const row = {
			serial: mac.serial_number,
			asset_tag: ' A-1 ',
			blueprint: mac.blueprint_name.toUpperCase(),
			tags: 'a, b',
			email: user!.email,
		};
		const { items } = await update([row], {}, { returnUndo: true });
		expect(items.map(({ json }) => json)).toMatchObject([
			{ device_id: mac.device_id, asset_tag: 'A-1', undo: { changes: [] } },
		]);
		expect(sent()).toEqual([]);
	});

	it('compares with what an earlier item of the run has written', async () => {
		const [mac] = macs();
		mac.asset_tag = 'before';
		const row = (asset_tag: string) => ({ serial: mac.serial_number, asset_tag });
		await update([row('after'), row('before')], { ignoreEmptyFields: true });
		expect(sent()).toEqual([
			[patch, { asset_tag: 'after' }],
			[patch, { asset_tag: 'before' }],
		]);
		expect(mac.asset_tag).toBe('before');
	});

	const full = { asset_tag: 'A-1', blueprint: 'x', tags: 'x', email: 'x' };
	it.each([
		['asset_tag', 'Asset Tag'],
		['blueprint', 'Blueprint'],
		['tags', 'Tags'],
		['email', 'User'],
	])('refuses an empty %s, unless empty fields are ignored', async (column, displayName) => {
		for (const empty of ['', '  ', null, undefined, []]) {
			if (Array.isArray(empty) && column !== 'tags') continue;
			const { error } = await update([
				{ serial: macs()[0].serial_number, ...full, [column]: empty } as IDataObject,
			]);
			expect(error?.message).toBe(`${displayName} is empty`);
			expect(error?.description).toContain('Nothing was sent');
		}
		expect(sent()).toEqual([]);
	});

	it('leaves the values of empty cells as they are, and sends nothing when all are', async () => {
		const [one, two] = macs();
		one.asset_tag = 'old';
		const { items, error } = await update(
			[
				{ serial: one.serial_number, asset_tag: 'new', blueprint: '', tags: null },
				{ serial: two.serial_number, asset_tag: ' ', tags: [] },
			],
			{ ignoreEmptyFields: true },
		);
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.device_id)).toEqual([one.device_id, two.device_id]);
		expect(sent()).toEqual([[patch, { asset_tag: 'new' }]]);
	});

	it('clears only what is said to be cleared', async () => {
		const [mac] = macs();
		mac.asset_tag = 'old';
		await update(
			[{ serial: mac.serial_number }],
			{ ignoreEmptyFields: true },
			{ updateFields: { ...columns, clearFields: ['assetTag'] } },
		);
		expect(sent()).toEqual([[patch, { asset_tag: null }]]);
	});

	it('reads a device that is chosen by its ID when all of its fields are empty', async () => {
		const [mac] = macs();
		const byId = { __rl: true, mode: 'id', value: mac.device_id };
		const { items } = await update([{}], { ignoreEmptyFields: true }, { deviceId: byId });
		expect(items.map(({ json }) => json.device_id)).toEqual([mac.device_id]);
		expect(sent()).toEqual([]);
	});

	describe('of a device that has not enrolled', () => {
		const waiting = () => {
			const enrolled = [...kandji.tenant.state.devices.values()];
			const known = new Set(enrolled.map(({ serial_number }) => serial_number));
			const all = [...kandji.tenant.state.adeDevices.values()];
			return all.find(({ serial_number }) => !known.has(serial_number))!;
		};
		const adePatch = 'PATCH /api/v1/integrations/apple/ade/devices/{device_id}';
		const row = () => ({ serial: waiting().serial_number, asset_tag: 'A-9' });
		const ignoring = (ifNotEnrolled: string) => ({ ifNotEnrolled, ignoreEmptyFields: true });

		it('fails by default', async () => {
			const { error } = await update([row()], { ignoreEmptyFields: true });
			expect(error?.message).toContain(waiting().serial_number);
			expect(sent()).toEqual([]);
		});

		it('returns what was looked for, when it is skipped', async () => {
			const { items } = await update([row()], ignoring('skip'));
			expect(items.map(({ json }) => json)).toEqual([
				{ enrolled: false, serial_number: waiting().serial_number },
			]);
			expect(sent()).toEqual([]);
		});

		it('updates the ADE device once, and not when it has the values', async () => {
			const [user] = users();
			const [, blueprint] = blueprints();
			const rows = [{ ...row(), email: user!.email, blueprint: blueprint!.name }];
			const { items, error } = await update(rows, ignoring('updateAdeDevice'));
			expect(error).toBeUndefined();
			expect(items[0]!.json).toMatchObject({
				enrolled: false,
				serial_number: waiting().serial_number,
				asset_tag: 'A-9',
				user_id: user!.id,
			});
			const body = {
				asset_tag: 'A-9',
				use_blueprint_routing: false,
				blueprint_id: blueprint!.id,
				user_id: user!.id,
			};
			expect(sent()).toEqual([[adePatch, body]]);
			await update(rows, ignoring('updateAdeDevice'));
			expect(sent()).toHaveLength(1);
		});

		it('sends nothing in a dry run', async () => {
			const { items } = await update([row()], ignoring('updateAdeDevice'), { dryRun: true });
			expect(items[0]!.json).toMatchObject({
				dry_run: true,
				summary: expect.stringContaining(waiting().serial_number),
				request: { method: 'PATCH', body: { asset_tag: 'A-9' } },
			});
			expect(sent()).toEqual([]);
		});

		it('refuses tags, a device that is not named by serial number, and one that nobody has', async () => {
			const withTags = await update([{ ...row(), tags: 'x' }], ignoring('updateAdeDevice'));
			expect(withTags.error?.message).toBe('Tags cannot be set before a device enrolls');
			const byName = await update([row()], ignoring('updateAdeDevice'), {
				deviceId: { __rl: true, mode: 'name', value: 'nobody has it' },
			});
			expect(byName.error?.message).toMatch(/^Device must be chosen By Serial Number/);
			const unknown = await update(
				[{ serial: 'XXXXXXXXXX', asset_tag: '1' }],
				ignoring('updateAdeDevice'),
			);
			expect(unknown.error?.message).toContain('XXXXXXXXXX');
			expect(sent()).toEqual([]);
		});
	});
});
