import type { Device } from '../../simulator/tenant/state/types';
import { expectExactNote, expectSuccess, runExample } from './support/example';
import { startKandji, type Kandji } from './support/kandji';

let kandji: Kandji;

beforeAll(async () => {
	kandji = await startKandji({ devices: 60 });
});
beforeEach(() => kandji.tenant.reset());
afterAll(async () => await kandji.tenant.close());

const state = () => kandji.tenant.state;
const devices = () => [...state().devices.values()];
const writes = () => kandji.tenant.counters.log.filter(({ method }) => method !== 'GET');

describe('Tag devices by department', () => {
	const departmentOf = (device: Device) =>
		device.user ? (state().users.get(device.user.id)?.department ?? null) : null;
	const tagOf = (department: string) =>
		`dept-${department.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
	const departmentTags = (device: Device) => device.tags.filter((tag) => tag.startsWith('dept-'));
	const run = async () => expectSuccess(await runExample(kandji, 'tag-by-department'));

	it('gives every device the tag of its department and takes a former one away', async () => {
		const moved = devices().find((device) => departmentOf(device) !== null)!;
		const nobodys = devices().find((device) => departmentOf(device) === null)!;
		for (const name of ['dept-former', 'dept-kept']) {
			state().tags.set(name, { id: name, name });
		}
		const others = new Map(devices().map((device) => [device.device_id, [...device.tags]]));
		moved.tags = [...moved.tags, 'dept-former'];
		nobodys.tags = [...nobodys.tags, 'dept-kept'];
		await run();
		const tagged = devices().filter((device) => departmentOf(device) !== null);
		expect(tagged.length).toBeGreaterThan(10);
		for (const device of tagged) {
			expect(departmentTags(device)).toEqual([tagOf(departmentOf(device)!)]);
		}
		expect(departmentTags(nobodys)).toEqual(['dept-kept']);
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

	it('uses every permission that its note names, and no other', () => {
		expectExactNote('tag-by-department');
	});
});

describe('Onboard a device by serial number', () => {
	const blueprint = () => [...state().blueprints.values()][1]!;
	const person = () => [...state().users.values()].find(({ archived }) => !archived)!;
	const run = async (settings: Record<string, string>) =>
		await runExample(kandji, 'onboard-by-serial', {
			settings: {
				email: person().email.toUpperCase(),
				blueprint: blueprint().name,
				assetTag: 'A-77',
				...settings,
			},
		});

	it('prepares a device that waits in Apple Business Manager', async () => {
		const serials = new Set(devices().map((device) => device.serial_number));
		const waiting = [...state().adeDevices.values()].find(
			({ serial_number }) => !serials.has(serial_number),
		)!;
		expectSuccess(await run({ serialNumber: waiting.serial_number }));
		expect(state().adeDevices.get(waiting.id)).toMatchObject({
			blueprint_id: blueprint().id,
			user_id: person().id,
			asset_tag: 'A-77',
			use_blueprint_routing: false,
		});
		expect(writes()).toHaveLength(1);
	});

	it('changes the device itself when it is enrolled already', async () => {
		const [device] = devices().filter(({ platform }) => platform === 'Mac');
		expectSuccess(await run({ serialNumber: device!.serial_number.toLowerCase() }));
		expect(state().devices.get(device!.device_id)).toMatchObject({
			blueprint_id: blueprint().id,
			asset_tag: 'A-77',
			user: { id: person().id },
		});
		expect(writes()).toHaveLength(1);
	});

	it.each([
		['an unknown blueprint', { blueprint: 'No such blueprint' }, '0 blueprints'],
		['half an address', { email: '@acme.example' }, '0 users'],
		['an unknown serial number', { serialNumber: 'NOSUCHSERIAL' }, 'No device found'],
	])('changes nothing for %s', async (_case, settings, text) => {
		const [device] = devices();
		const execution = await run({ serialNumber: device!.serial_number, ...settings });
		expect(execution.status).toBe('error');
		expect(execution.data.resultData.error?.message).toContain(text);
		expect(writes()).toEqual([]);
	});

	it('uses every permission that its note names, and no other', () => {
		expectExactNote('onboard-by-serial');
	});
});
