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
		['an unknown blueprint', { blueprint: 'No such blueprint' }, 'There is no blueprint'],
		['half an address', { email: '@acme.example' }, 'There is no user'],
		['an unknown serial number', { serialNumber: 'NOSUCHSERIAL' }, 'There is no device'],
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
