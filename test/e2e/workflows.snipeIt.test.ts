import { outputOf } from '../../scripts/n8n/client';
import { startSnipeIt, type SnipeIt } from './services/snipeIt';
import { expectExactNote, expectSuccess, runExample, storeExample } from './support/example';
import { startKandji, type Kandji } from './support/kandji';

const TRIGGER = 'Kandji Trigger';

const changes = (snipeIt: SnipeIt) => ({
	settings: {
		snipeItUrl: snipeIt.url,
		newStatusId: 2,
		removedStatusId: 5,
		categoryId: 7,
		pauseMs: 0,
	},
	tokens: { 'Snipe-IT': snipeIt.token },
});

describe('Kandji assets to Snipe-IT', () => {
	let kandji: Kandji;
	let snipeIt: SnipeIt;

	beforeAll(async () => {
		[kandji, snipeIt] = await Promise.all([startKandji({ devices: 25 }), startSnipeIt()]);
	});
	afterAll(async () => await Promise.all([kandji.tenant.close(), snipeIt.close()]));

	const devices = () => [...kandji.tenant.state.devices.values()];
	const run = async () =>
		expectSuccess(await runExample(kandji, 'assets-to-snipe-it', changes(snipeIt)));
	const assetOf = (serial: string) => snipeIt.assets.find((asset) => asset.serial === serial);

	it('creates an asset for each device and each model once', async () => {
		await run();
		const models = new Set(devices().map(({ model }) => model));
		expect(snipeIt.models.map(({ name }) => name).sort()).toEqual([...models].sort());
		expect(snipeIt.assets).toHaveLength(25);
		for (const device of devices()) {
			const model = snipeIt.models.find(({ name }) => name === device.model);
			expect(assetOf(device.serial_number)).toMatchObject({
				name: device.device_name,
				asset_tag: device.asset_tag || device.serial_number,
				model_id: model?.id,
				status_id: 2,
			});
		}
	});

	it('updates assets that it finds by serial number and creates no second one', async () => {
		const [device] = devices();
		device!.device_name = 'Renamed';
		assetOf(device!.serial_number)!.status_id = 4;
		await run();
		expect(snipeIt.assets).toHaveLength(25);
		expect(assetOf(device!.serial_number)).toMatchObject({ name: 'Renamed', status_id: 4 });
	});

	it('runs from the trigger, with the same fields', async () => {
		const workflow = await storeExample(kandji, 'assets-to-snipe-it', changes(snipeIt));
		const execution = await kandji.client.run(workflow, TRIGGER);
		expectSuccess(execution);
		const events = outputOf(execution, TRIGGER).map(({ json }) => json);
		expect(new Set(events.map(({ event }) => event))).toContain('deviceEnrolled');
		expect(outputOf(execution, 'Update asset')).toHaveLength(events.length);
		expect(snipeIt.assets).toHaveLength(25);
	});

	it('gives an asset that left Kandji another status, and creates none for one it never had', async () => {
		const [device] = devices();
		const removed = [device!.serial_number, 'NEVERSEEN'].map((serial_number) => ({
			json: { event: 'deviceRemoved', event_id: serial_number, device_id: 'gone', serial_number },
		}));
		const workflow = await storeExample(kandji, 'assets-to-snipe-it', {
			...changes(snipeIt),
			pinData: { [TRIGGER]: removed },
		});
		expectSuccess(await kandji.client.run(workflow, TRIGGER));
		expect(snipeIt.assets).toHaveLength(25);
		expect(assetOf(device!.serial_number)).toMatchObject({ status_id: 5, name: 'Renamed' });
	});

	it('fails when Snipe-IT refuses an asset, though it answers 200', async () => {
		const [taken] = snipeIt.assets;
		kandji.tenant.mutate({ op: 'addDevice', fields: { asset_tag: taken!.asset_tag } });
		const execution = await runExample(kandji, 'assets-to-snipe-it', changes(snipeIt));
		expect(execution.status).toBe('error');
		expect(execution.data.resultData.error?.message).toContain('must be unique');
	});

	it('uses every permission that its note names, and no other', () => {
		expectExactNote('assets-to-snipe-it');
	});
});
