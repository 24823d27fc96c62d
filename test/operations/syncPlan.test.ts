import type { IDataObject } from 'n8n-workflow';

import type {
	PlannedRow,
	TableRow,
	TenantRecords,
} from '../../nodes/Kandji/resources/device/syncPlan';
import { neededLists, planSync } from '../../nodes/Kandji/resources/device/syncPlan';
import { createRandom } from '../../simulator/tenant/state/random';

const ana = { id: 'u1', email: 'ana@acme.example', name: 'Ana' };
const ben = { id: 'u2', email: 'Ben@acme.example', name: 'Ben' };
const device = (fields: IDataObject = {}): IDataObject => ({
	device_id: 'd1',
	device_name: 'Mac 1',
	serial_number: 'SERIAL1',
	user: ana,
	asset_tag: '1040',
	blueprint_id: 'b1',
	blueprint_name: 'Engineering',
	tags: ['Loaner', 'dept-sales'],
	is_missing: false,
	is_removed: false,
	...fields,
});
const adeDevice = (fields: IDataObject = {}): IDataObject => ({
	id: 'a1',
	serial_number: 'WAITING',
	blueprint_id: null,
	user_id: null,
	asset_tag: null,
	...fields,
});
const records = (more: Partial<TenantRecords> = {}): TenantRecords => ({
	devices: [device()],
	adeDevices: [adeDevice()],
	users: [ana, ben, { ...ben, id: 'u3', archived: true }],
	blueprints: [
		{ id: 'b1', name: 'Engineering' },
		{ id: 'b2', name: 'Sales' },
		{ id: 'b3', name: 'Twin' },
		{ id: 'b4', name: 'twin' },
	],
	tags: ['Loaner', 'dept-sales', 'dept-it', 'VIP', 'vip'].map((name) => ({ name })),
	...more,
});
const settings = { createMissingTags: false, updateAdeDevices: true };

const planOf = (
	row: Partial<TableRow>,
	more: Partial<TenantRecords> = {},
	changed: Partial<typeof settings> = {},
): PlannedRow =>
	planSync([{ serialNumber: 'serial1 ', ...row }], records(more), { ...settings, ...changed })[0]!;

describe('a row that agrees with the device', () => {
	it.each<[string, Partial<TableRow>]>([
		['nothing to compare', {}],
		['asset tag', { assetTag: '1040' }],
		['blueprint by name', { blueprint: ' engineering' }],
		['blueprint by ID', { blueprint: 'B1' }],
		['name', { deviceName: 'Mac 1' }],
		['tags', { tagsToHave: ['loaner'], tagsNotToHave: ['VIP', 'x*'] }],
		['user', { userEmail: 'ANA@acme.example' }],
	])('%s: unchanged', (_title, row) => {
		expect(planOf(row)).toMatchObject({ status: 'unchanged', changes: [], body: {}, problems: [] });
		const needed = neededLists([{ serialNumber: 'SERIAL1', ...row }], [device()], settings);
		expect([...needed]).toEqual([]);
	});

	it('a device without user, asset tag and tags has nothing to clear', () => {
		const devices = [device({ user: '', asset_tag: '', tags: [] })];
		const row = { userEmail: null, assetTag: null, tagsNotToHave: ['Loaner'] };
		expect(planOf(row, { devices }).status).toBe('unchanged');
	});
});

describe('a difference', () => {
	it.each<[string, Partial<TableRow>, IDataObject, string, unknown, unknown]>([
		['asset tag', { assetTag: '7' }, { asset_tag: '7' }, 'asset_tag', '1040', '7'],
		['no asset tag', { assetTag: null }, { asset_tag: null }, 'asset_tag', '1040', null],
		[
			'blueprint',
			{ blueprint: 'SALES' },
			{ blueprint_id: 'b2' },
			'blueprint_name',
			'Engineering',
			'Sales',
		],
		[
			'blueprint by ID',
			{ blueprint: 'b3' },
			{ blueprint_id: 'b3' },
			'blueprint_name',
			'Engineering',
			'Twin',
		],
		[
			'user',
			{ userEmail: 'ben@ACME.example' },
			{ user: 'u2' },
			'user_email',
			'ana@acme.example',
			'Ben@acme.example',
		],
		['no user', { userEmail: null }, { user: null }, 'user_email', 'ana@acme.example', null],
		[
			'tag as the tenant writes it',
			{ tagsToHave: ['DEPT-IT'] },
			{ tags: ['Loaner', 'dept-sales', 'dept-it'] },
			'tags',
			['Loaner', 'dept-sales'],
			['Loaner', 'dept-sales', 'dept-it'],
		],
		[
			'tag written exactly as one of several alike',
			{ tagsToHave: ['vip'] },
			{ tags: ['Loaner', 'dept-sales', 'vip'] },
			'tags',
			['Loaner', 'dept-sales'],
			['Loaner', 'dept-sales', 'vip'],
		],
		[
			'one tag of a family',
			{ tagsToHave: ['dept-it'], tagsNotToHave: ['Dept-*'] },
			{ tags: ['Loaner', 'dept-it'] },
			'tags',
			['Loaner', 'dept-sales'],
			['Loaner', 'dept-it'],
		],
		[
			'a tag to remove',
			{ tagsNotToHave: ['loaner'] },
			{ tags: ['dept-sales'] },
			'tags',
			['Loaner', 'dept-sales'],
			['dept-sales'],
		],
	])('of %s', (_title, row, body, field, from, to) => {
		expect(planOf(row)).toMatchObject({
			status: 'planned',
			body,
			changes: [{ field, from, to }],
			problems: [],
		});
	});

	it('of the name is a command, not a part of the update', () => {
		expect(planOf({ deviceName: 'Mac 2' })).toMatchObject({
			status: 'planned',
			body: {},
			deviceName: 'Mac 2',
			changes: [{ field: 'device_name', from: 'Mac 1', to: 'Mac 2' }],
		});
	});

	it('of several fields is one update', () => {
		const plan = planOf({
			assetTag: '7',
			blueprint: 'Sales',
			userEmail: null,
			tagsToHave: ['vip'],
		});
		expect(Object.keys(plan.body).sort()).toEqual(['asset_tag', 'blueprint_id', 'tags', 'user']);
	});

	it('of a tag that does not exist creates it, if asked to', () => {
		const plan = planOf({ tagsToHave: ['New'] }, {}, { createMissingTags: true });
		expect(plan).toMatchObject({ status: 'planned', missingTags: ['New'] });
		expect(plan.body.tags).toEqual(['Loaner', 'dept-sales', 'New']);
	});
});

describe('a row that cannot be put into effect changes nothing', () => {
	it.each<[string, Partial<TableRow>, Partial<TenantRecords>, string, string]>([
		['no serial number', { serialNumber: ' ' }, {}, 'failed', 'Serial Number is empty'],
		[
			'unknown serial number',
			{ serialNumber: 'SERIAL' },
			{},
			'unknown',
			'There is no device with this serial number',
		],
		[
			'several devices',
			{},
			{ devices: [device(), device({ device_id: 'd2' })] },
			'ambiguous',
			'2 devices have this serial number',
		],
		[
			'unknown user',
			{ userEmail: 'carl@acme.example' },
			{},
			'failed',
			'There is no user with the email "carl@acme.example"',
		],
		[
			'several users',
			{ userEmail: 'ben@acme.example' },
			{ users: [ben, { ...ben, id: 'u4' }] },
			'ambiguous',
			'2 records match the user with the email "ben@acme.example"',
		],
		['unknown blueprint', { blueprint: 'X' }, {}, 'failed', 'There is no blueprint "X"'],
		[
			'several blueprints',
			{ blueprint: 'twin' },
			{},
			'ambiguous',
			'2 records match the blueprint "twin"',
		],
		['missing tag', { tagsToHave: ['New'] }, {}, 'failed', 'There is no tag "New"'],
		['several tags', { tagsToHave: ['ViP'] }, {}, 'ambiguous', '2 tags match "ViP"'],
		[
			'a tag to have and not to have',
			{ tagsToHave: ['VIP'], tagsNotToHave: ['vip'] },
			{},
			'failed',
			'The tag "vip" is in both Tags to Have and Tags Not to Have',
		],
		[
			'a device without tags in the answer',
			{ tagsToHave: ['VIP'] },
			{ devices: [device({ tags: null })] },
			'failed',
			'Kandji returned no tags of the device',
		],
	])('%s', (_title, row, more, status, problem) => {
		const plan = planOf({ assetTag: 'other', ...row }, more);
		expect(plan).toMatchObject({ status, changes: [], body: {}, missingTags: [] });
		expect(plan.problems).toContain(problem);
		expect(plan.deviceName).toBeUndefined();
	});

	it('names every problem of the row', () => {
		const plan = planOf({ userEmail: 'x@acme.example', blueprint: 'twin' });
		expect(plan.status).toBe('failed');
		expect(plan.problems).toHaveLength(2);
	});

	it('two rows of one device', () => {
		const rows = ['SERIAL1', 'OTHER', 'serial1'].map((serialNumber) => ({
			serialNumber,
			assetTag: '7',
		}));
		expect(planSync(rows, records(), settings).map(({ status }) => status)).toEqual([
			'ambiguous',
			'unknown',
			'ambiguous',
		]);
	});

	it('takes the present record of a device that enrolled again', () => {
		const devices = [device({ device_id: 'old', is_removed: true }), device()];
		expect(planOf({ assetTag: '7' }, { devices }).device?.device_id).toBe('d1');
	});
});

describe('a device that has not enrolled yet', () => {
	const row = { serialNumber: 'waiting', assetTag: '7', blueprint: 'Sales', userEmail: ana.email };

	it('gets what it enrolls with', () => {
		expect(planOf({ ...row, tagsToHave: ['VIP'], deviceName: 'Mac' })).toMatchObject({
			status: 'planned',
			body: { asset_tag: '7', blueprint_id: 'b2', use_blueprint_routing: false, user_id: 'u1' },
		});
	});

	it('is unchanged if it has all that', () => {
		const adeDevices = [adeDevice({ asset_tag: '7', blueprint_id: 'b2', user_id: 'u1' })];
		expect(planOf(row, { adeDevices }).status).toBe('unchanged');
	});

	it('is reported if asked to', () => {
		expect(planOf(row, {}, { updateAdeDevices: false })).toMatchObject({
			status: 'unknown',
			problems: ['The device has not enrolled yet'],
			body: {},
		});
	});
});

it.each<[Partial<TableRow>, string[]]>([
	[{ userEmail: 'ben@acme.example' }, ['users']],
	[{ blueprint: 'Sales' }, ['blueprints']],
	[{ tagsToHave: ['VIP'] }, ['tags']],
	[{ tagsNotToHave: ['Loaner'], assetTag: '7', deviceName: 'x', userEmail: null }, []],
	[{ serialNumber: 'X', assetTag: '7' }, ['adeDevices']],
])('%j needs %j', (row, lists) => {
	const rows = [{ serialNumber: 'SERIAL1', ...row }];
	expect([...neededLists(rows, [device()], settings)]).toEqual(lists);
});

describe('random fleets and tables', () => {
	/** What the API does with an update. */
	function apply(target: IDataObject, { body, deviceName }: PlannedRow, all: TenantRecords): void {
		if ('asset_tag' in body) target.asset_tag = body.asset_tag ?? '';
		if ('tags' in body) target.tags = body.tags;
		if ('user' in body) target.user = all.users.find(({ id }) => id === body.user) ?? '';
		if ('blueprint_id' in body) {
			target.blueprint_id = body.blueprint_id;
			target.blueprint_name = all.blueprints.find(({ id }) => id === body.blueprint_id)!.name;
		}
		if (deviceName !== undefined) target.device_name = deviceName;
	}

	const serialOf = (one: IDataObject) => String(one.serial_number).toLowerCase();

	const emailOf = ({ user }: IDataObject) => ((user || {}) as IDataObject).email ?? null;

	/** A device with what the row says in place of its own fields. */
	function expectedFields(one: IDataObject, row: TableRow | undefined): IDataObject {
		if (row === undefined) return {};
		const { assetTag, blueprint, deviceName, tagsToHave = [], tagsNotToHave = [], userEmail } = row;
		const kept = (one.tags as string[]).filter((tag) => !tagsNotToHave.includes(tag));
		return {
			...(assetTag !== undefined && { asset_tag: assetTag }),
			...(blueprint !== undefined && { blueprint_id: blueprint === 'sales' ? 'b2' : 'b1' }),
			...(deviceName !== undefined && { device_name: deviceName }),
			...(userEmail !== undefined && { user: { email: userEmail } }),
			tags: [...kept, ...tagsToHave.filter((tag) => !kept.includes(tag))],
		};
	}

	/** A device in a form in which the same values are equal. */
	const comparable = (one: IDataObject): IDataObject => ({
		...one,
		asset_tag: one.asset_tag || null,
		blueprint_name: undefined,
		tags: [...(one.tags as string[])].sort(),
		user: String(emailOf(one)).toLowerCase(),
	});

	it.each(Array.from({ length: 60 }, (_, seed) => [seed]))(
		'seed %i: the fleet equals the table, nothing else moves, a second run changes nothing',
		(seed) => {
			const random = createRandom(seed + 1);
			const maybe = <T>(value: T): T | undefined => (random.chance(50) ? value : undefined);
			const tagNames = ['Loaner', 'dept-sales', 'dept-it', 'Kiosk'];
			const some = () => tagNames.filter(() => random.chance(40));
			const all = records({
				blueprints: [
					{ id: 'b1', name: 'Engineering' },
					{ id: 'b2', name: 'Sales' },
				],
			});
			all.tags = tagNames.map((name) => ({ name }));
			all.devices = Array.from({ length: 12 }, (_, index) =>
				device({
					device_id: `d${index}`,
					serial_number: `SERIAL${index}`,
					user: random.pick([ana, ben, '', null]),
					asset_tag: random.pick(['', '1', '2']),
					blueprint_id: 'b1',
					tags: some(),
				}),
			);
			const rows = all.devices
				.filter(() => random.chance(60))
				.map(({ serial_number: serial }): TableRow => {
					const tagsToHave = maybe(some());
					const tagsNotToHave = maybe(some().filter((tag) => !(tagsToHave ?? []).includes(tag)));
					return {
						serialNumber: String(serial).toLowerCase(),
						assetTag: maybe(random.pick([null, '1', '2'])),
						blueprint: maybe(random.pick(['Engineering', 'sales', 'b1'])),
						deviceName: maybe(random.pick(['Mac 1', 'Mac 2'])),
						tagsToHave,
						tagsNotToHave,
						userEmail: maybe(random.pick([null, ana.email, ben.email.toUpperCase()])),
					};
				});
			const before = structuredClone(all.devices);
			for (const plan of planSync(rows, all, settings)) {
				expect(['unchanged', 'planned']).toContain(plan.status);
				if (plan.status === 'planned') apply(plan.device!, plan, all);
			}
			expect(planSync(rows, all, settings).every(({ status }) => status === 'unchanged')).toBe(
				true,
			);
			expect([...neededLists(rows, all.devices, settings)]).toEqual([]);
			expect(all.devices.map(comparable)).toEqual(
				before.map((one) =>
					comparable({
						...one,
						...expectedFields(
							one,
							rows.find(({ serialNumber }) => serialNumber === serialOf(one)),
						),
					}),
				),
			);
		},
	);
});
