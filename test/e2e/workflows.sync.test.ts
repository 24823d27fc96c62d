import { outputOf } from '../../scripts/n8n/client';
import type { Device } from '../../simulator/tenant/state/types';
import { startService, type Service } from './services/service';
import { startSnipeIt, type SnipeIt } from './services/snipeIt';
import { expectExactNote, expectSuccess, readExample, runExample } from './support/example';
import { startKandji, type Kandji } from './support/kandji';

let kandji: Kandji;

beforeAll(async () => {
	kandji = await startKandji({ devices: 60 });
});
beforeEach(() => kandji.tenant.reset());
afterAll(async () => await kandji.tenant.close());

const state = () => kandji.tenant.state;
const devices = () => [...state().devices.values()];
const macs = () => devices().filter(({ platform }) => platform === 'Mac');
const writes = () => kandji.tenant.counters.log.filter(({ method }) => method !== 'GET');
const really = { dryRun: false, maximumChanges: 100 };

it.each(['devices-from-csv', 'snipe-it-asset-tags', 'tag-by-department'])(
	'%s works without a Code node',
	async (file) => {
		const { nodes } = await readExample(file);
		expect(nodes.filter(({ type }) => type === 'n8n-nodes-base.code')).toEqual([]);
	},
);

describe('Update devices from a CSV file', () => {
	let files: Service;
	let csv = '';
	beforeAll(async () => {
		files = await startService('file-store-token', (app) => {
			app.get('/devices.csv', async (_request, reply) => {
				await reply.type('text/csv').send(csv);
			});
		});
	});
	afterAll(async () => await files.close());

	const blueprint = () => [...state().blueprints.values()].at(-1)!;
	const person = () => [...state().users.values()].find(({ archived }) => !archived)!;
	const run = async (settings: Record<string, string | number | boolean> = really) =>
		await runExample(kandji, 'devices-from-csv', {
			settings: { fileUrl: `${files.url}/devices.csv`, ...settings },
			tokens: { 'File store': files.token },
		});
	const table = () => {
		const [one, two, three] = macs() as [Device, Device, Device];
		for (const name of ['Finance', 'VIP']) state().tags.set(name, { id: name, name });
		Object.assign(one, { asset_tag: '', tags: ['VIP'], user: '' });
		Object.assign(three, { asset_tag: '7' });
		csv = [
			'serial_number,user_email,blueprint,asset_tag,tags,device_name',
			`${one.serial_number},${person().email},${blueprint().name},0042,"Finance, VIP",Reception`,
			`${two.serial_number},,,,,`,
			`${three.serial_number.toLowerCase()},,,7,,`,
			'NOSUCHSERIAL,,,1,,',
		].join('\n');
		return [one, two, three] as const;
	};

	it('sets what the rows say, and returns what cannot be done', async () => {
		const [one] = table();
		const before = structuredClone(devices());
		const execution = await run();
		expectSuccess(execution);
		expect(one).toMatchObject({
			asset_tag: '0042',
			blueprint_id: blueprint().id,
			device_name: 'Reception',
			user: { id: person().id },
		});
		expect([...one.tags].sort()).toEqual(['Finance', 'VIP']);
		expect(devices().filter(({ device_id: id }) => id !== one.device_id)).toEqual(
			before.filter(({ device_id: id }) => id !== one.device_id),
		);
		expect(writes()).toHaveLength(2);
		const [synced] = outputOf(execution, 'Sync devices');
		expect(synced!.json).toMatchObject({ undo: { device_id: one.device_id } });
		expect(outputOf(execution, 'Rows with problems').map(({ json }) => json)).toMatchObject([
			{ serial_number: 'NOSUCHSERIAL', status: 'unknown' },
		]);
		expectSuccess(await run());
		expect(writes()).toHaveLength(2);
	});

	it('changes nothing as it comes', async () => {
		table();
		const execution = await run({});
		expectSuccess(execution);
		expect(outputOf(execution, 'Sync devices').map(({ json }) => json.status)).toEqual([
			'planned',
			'unchanged',
			'unchanged',
			'unknown',
		]);
		expect(writes()).toEqual([]);
	});

	it('uses every permission that its note names, and no other', () => {
		expectExactNote('devices-from-csv');
	});
});

describe('Asset tags from Snipe-IT', () => {
	let snipeIt: SnipeIt;
	beforeAll(async () => {
		snipeIt = await startSnipeIt();
	});
	afterAll(async () => await snipeIt.close());
	beforeEach(() => snipeIt.assets.splice(0));

	const run = async (token = snipeIt.token) =>
		await runExample(kandji, 'snipe-it-asset-tags', {
			settings: { snipeItUrl: snipeIt.url, pauseMs: 0, ...really },
			tokens: { 'Snipe-IT': token },
		});
	const addAsset = (serial: string, asset_tag: string) =>
		snipeIt.assets.push({
			id: snipeIt.assets.length + 1,
			serial,
			asset_tag,
			model_id: 1,
			status_id: 1,
		});

	it('gives each device the tag of its asset, on every page', async () => {
		const [one, two, three] = macs() as [Device, Device, Device];
		three.asset_tag = 'kept';
		for (let index = 0; index < 150; index++) addAsset(`MONITOR-${index}`, `M-${index}`);
		addAsset(one.serial_number, 'A-1');
		addAsset(two.serial_number, 'A-2');
		addAsset(two.serial_number, 'A-3');
		addAsset(three.serial_number, three.serial_number);
		const former = two.asset_tag;
		const execution = await run();
		expectSuccess(execution);
		expect([one, two, three].map(({ asset_tag }) => asset_tag)).toEqual(['A-1', former, 'kept']);
		expect(writes()).toHaveLength(1);
		expect(outputOf(execution, 'Rows with problems').map(({ json }) => json.serial_number)).toEqual(
			[two.serial_number, two.serial_number],
		);
		expectSuccess(await run());
		expect(writes()).toHaveLength(1);
	});

	it('fails when Snipe-IT refuses, though it answers 200', async () => {
		snipeIt.refusal = 'You do not have permission to view assets';
		const execution = await run();
		snipeIt.refusal = undefined;
		expect(execution.status).toBe('error');
		expect(execution.data.resultData.error?.message).toContain('permission to view assets');
		expect(writes()).toEqual([]);
	});

	it('uses every permission that its note names, and no other', () => {
		expectExactNote('snipe-it-asset-tags');
	});
});

describe('Tag devices by department', () => {
	const departmentOf = (device: Device) =>
		device.user ? (state().users.get(device.user.id)?.department ?? null) : null;
	const tagOf = (department: string) =>
		`dept-${department.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
	const departmentTags = (device: Device) => device.tags.filter((tag) => tag.startsWith('dept-'));
	const run = async () =>
		expectSuccess(await runExample(kandji, 'tag-by-department', { settings: really }));

	it('gives every device the tag of its department and takes a former one away', async () => {
		const [moved, left] = devices().filter((device) => departmentOf(device) !== null) as [
			Device,
			Device,
		];
		const nobodys = devices().find((device) => departmentOf(device) === null)!;
		for (const name of ['dept-former', 'dept-kept']) {
			state().tags.set(name, { id: name, name });
		}
		const others = new Map(devices().map((device) => [device.device_id, [...device.tags]]));
		moved.tags = [...moved.tags, 'dept-former'];
		nobodys.tags = [...nobodys.tags, 'dept-kept'];
		Object.assign(left, { is_removed: true, tags: [...left.tags, 'dept-kept'] });
		await run();
		const tagged = devices().filter(
			(device) => departmentOf(device) !== null && !device.is_removed,
		);
		expect(tagged.length).toBeGreaterThan(10);
		for (const device of tagged) {
			expect(departmentTags(device)).toEqual([tagOf(departmentOf(device)!)]);
		}
		expect([nobodys, left].map(departmentTags)).toEqual([['dept-kept'], ['dept-kept']]);
		for (const device of devices()) {
			const rest = device.tags.filter((tag) => !tag.startsWith('dept-'));
			expect(rest.sort()).toEqual(others.get(device.device_id)?.sort());
		}
	});

	it('changes nothing the second time', async () => {
		await run();
		const before = writes().length;
		expect(before).toBeGreaterThan(0);
		await run();
		expect(writes()).toHaveLength(before);
	});

	it.each([
		['as it comes', {}],
		['without a prefix', { ...really, tagPrefix: '' }],
	])('changes nothing %s', async (_case, settings) => {
		expectSuccess(await runExample(kandji, 'tag-by-department', { settings }));
		expect(writes()).toEqual([]);
	});

	it('uses every permission that its note names, and no other', () => {
		expectExactNote('tag-by-department');
	});
});
