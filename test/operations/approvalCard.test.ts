import type { INodeParameters } from 'n8n-workflow';

import { useTestTenant } from '../transport/support';

const byMode = (mode: string, value: string): INodeParameters => ({ __rl: true, mode, value });

describe('the approval card of a dry run', () => {
	const testTenant = useTestTenant({ devices: 40 });

	const iPad = () => {
		const device = testTenant.current.devices(1, 'iPad')[0]!;
		device.model = 'iPad Air';
		device.user = { id: 'x', name: 'Jane Doe', email: 'jane@acme.example', is_archived: false };
		return device;
	};

	const dryRun = async (parameters: INodeParameters, input?: object[]) => {
		const { tenant, run } = testTenant.current;
		tenant.reset();
		const device = iPad();
		const { items, error } = await run(
			{ ...parameters, dryRun: true },
			{ ...(input && { input: input as [] }) },
		);
		expect(error).toBeUndefined();
		expect(tenant.counters.log.filter(({ method }) => method !== 'GET')).toEqual([]);
		return { device, cards: items.map(({ json }) => json), reads: tenant.counters.total.received };
	};

	it.each(['serial', 'id'])('says what an erase does, with one request: by %s', async (mode) => {
		const { serial_number, device_id } = iPad();
		const deviceId = byMode(mode, mode === 'serial' ? serial_number : device_id);
		const { cards, reads, device } = await dryRun({
			resource: 'deviceAction',
			operation: 'erase',
			deviceId,
			confirmSerialNumber: serial_number,
			additionalFields: { returnToService: true, pin: '482913', preserveDataPlan: false },
		});
		expect(reads).toBe(1);
		expect(cards).toEqual([
			{
				dry_run: true,
				summary: `Erase iPad Air of Jane Doe (${serial_number}), PIN (hidden), Preserve Data Plan off, Return to Service on`,
				device: { device_id, serial_number, device_name: device.device_name },
				user: { name: 'Jane Doe', email: 'jane@acme.example' },
				platform: 'iPad',
				blueprint: device.blueprint_name,
				last_check_in: device.last_check_in,
				request: {
					method: 'POST',
					path: `/api/v1/devices/${device_id}/action/erase`,
					query: {},
					body: {
						ReturnToService: { Enabled: true },
						PIN: expect.not.stringContaining('482913'),
						PreserveDataPlan: false,
					},
				},
			},
		]);
	});

	it.each<[string, INodeParameters, (serial: string) => string]>([
		[
			'a device that moves',
			{
				resource: 'device',
				operation: 'moveToBlueprint',
				blueprintId: {
					...byMode('list', '00000000-0000-4000-8000-000000000001'),
					cachedResultName: 'Kiosks',
				},
			},
			(serial) =>
				`Move iPad Air of Jane Doe (${serial}) to blueprint Kiosks (00000000-0000-4000-8000-000000000001)`,
		],
		[
			'tags',
			{ resource: 'device', operation: 'addTags', tags: 'Loaner, Kiosk' },
			(serial) => `Add tags to iPad Air of Jane Doe (${serial}), Tags Loaner, Kiosk`,
		],
		[
			'an action without the word',
			{ resource: 'deviceAction', operation: 'clearPasscode' },
			(serial) => `Clear passcode on iPad Air of Jane Doe (${serial})`,
		],
		[
			'a setting that is turned off',
			{ resource: 'deviceAction', operation: 'setDataRoaming', enabled: false },
			(serial) => `Set data roaming on iPad Air of Jane Doe (${serial}), Enabled off`,
		],
		[
			'a note',
			{ resource: 'deviceNote', operation: 'create', content: 'Battery\n replaced' },
			(serial) =>
				`Create device note on iPad Air of Jane Doe (${serial}), Content Battery replaced`,
		],
	])('is a sentence: %s', async (_name, parameters, summary) => {
		const { serial_number } = iPad();
		const deviceId = byMode('serial', serial_number);
		const { cards } = await dryRun({ ...parameters, deviceId });
		expect(cards.map((card) => card.summary)).toEqual([summary(serial_number)]);
	});

	it('names a user and a blueprint', async () => {
		const [user] = [...testTenant.current.tenant.state.users.values()];
		const { cards: deletion } = await dryRun({
			resource: 'user',
			operation: 'delete',
			userId: byMode('id', user!.id),
		});
		expect(deletion).toEqual([
			expect.objectContaining({
				summary: `Delete user ${user!.name} (${user!.email})`,
				user: { name: user!.name, email: user!.email },
			}),
		]);
		const [blueprint] = [...testTenant.current.tenant.state.blueprints.values()];
		const { cards, reads } = await dryRun({
			resource: 'blueprint',
			operation: 'delete',
			blueprintId: byMode('id', blueprint!.id),
			confirmBlueprintName: blueprint!.name,
		});
		expect(reads).toBe(1);
		expect(cards).toEqual([
			expect.objectContaining({
				summary: `Delete blueprint ${blueprint!.name}`,
				blueprint: blueprint!.name,
			}),
		]);
	});

	it('names no person and no device with Redact Personal Data', async () => {
		const { device_id, serial_number, device_name } = iPad();
		const { cards } = await dryRun({
			resource: 'device',
			operation: 'assignUser',
			deviceId: byMode('id', device_id),
			userId: { ...byMode('id', device_id), cachedResultName: 'Jane Doe' },
			options: { redactPersonalData: true },
		});
		expect(JSON.stringify(cards)).not.toMatch(new RegExp(`Jane|jane|${device_name}`));
		expect(cards[0]!.summary).toBe(`Assign user ${device_id} to iPad Air (${serial_number})`);
	});

	it('is there without the permission to read the device, and says so', async () => {
		const { device_id } = iPad();
		testTenant.current.tenant.reset();
		testTenant.current.tenant.faults.add({ kind: 'status', status: 403, method: 'GET' });
		const { items, error } = await testTenant.current.run({
			resource: 'deviceAction',
			operation: 'lock',
			deviceId: byMode('id', device_id),
			dryRun: true,
		});
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json)).toEqual([
			expect.objectContaining({
				summary: `Lock device ${device_id}`,
				device: { device_id, serial_number: null, device_name: null },
				record_error: expect.stringMatching(/permission/),
			}),
		]);
	});

	it('is none for a device that does not exist, or another one', async () => {
		const lock = { resource: 'deviceAction', operation: 'lock', dryRun: true };
		const deviceId = byMode('id', '00000000-0000-4000-8000-000000000000');
		const { error } = await testTenant.current.run({ ...lock, deviceId });
		expect(error?.message).toMatch(/^Kandji found no device/);
		const [one, other] = testTenant.current.devices(2);
		testTenant.current.tenant.faults.add({
			kind: 'status',
			status: 200,
			body: { ...other },
			method: 'GET',
		});
		const wrong = await testTenant.current.run({ ...lock, deviceId: byMode('id', one!.device_id) });
		expect(wrong.error?.message).toBe('Kandji returned another device');
	});

	it('reads the list once for many devices', async () => {
		const devices = testTenant.current.devices(10).map(({ device_id }) => ({ device_id }));
		const deviceId = byMode('id', '={{ $json.device_id }}');
		const { cards, reads } = await dryRun(
			{ resource: 'deviceAction', operation: 'lock', deviceId },
			devices,
		);
		expect(reads).toBe(1);
		expect(new Set(cards.map(({ summary }) => summary)).size).toBe(10);
	});
});

describe('Expected Items', () => {
	const testTenant = useTestTenant({ devices: 40 });

	const erase = async (
		count: number,
		more: INodeParameters = {},
		onError?: 'continueRegularOutput',
	) => {
		const devices = testTenant.current
			.devices(count)
			.map(({ device_id, serial_number }, index) => ({
				device_id,
				serial_number,
				index,
			}));
		return await testTenant.current.run(
			{
				resource: 'deviceAction',
				operation: 'erase',
				deviceId: byMode('id', '={{ $json.device_id }}'),
				confirmSerialNumber: '={{ $json.serial_number }}',
				...more,
			},
			{ input: devices, ...(onError && { onError }) },
		);
	};

	it.each([0, 3, '3', '={{ 3 }}', '={{ "0" }}'])(
		'lets 3 items pass with %j',
		async (expectedItems) => {
			const { error, items } = await erase(3, { expectedItems });
			expect([error, items.length]).toEqual([undefined, 3]);
		},
	);

	it('is no check that an expression without a value turns off', async () => {
		const { error } = await erase(3, { expectedItems: '={{ $json.missing }}' });
		expect(error?.message).toBe('Expected Items is empty');
		expect(testTenant.current.tenant.counters.total.received).toBe(0);
	});

	it.each([
		['more', 2],
		['fewer', 4],
		['more, by an expression', '={{ 2 }}'],
		['more, by what the last item says', '={{ $json.index === 2 ? 2 : 3 }}'],
	])('refuses all before any request: %s', async (_name, expectedItems) => {
		for (const onError of [undefined, 'continueRegularOutput'] as const) {
			const { error, items } = await erase(3, { expectedItems }, onError);
			const said = onError === undefined ? [error!.message] : items.map(({ json }) => json.error);
			expect(said).toHaveLength(onError === undefined ? 1 : 3);
			for (const text of said) {
				expect(text).toMatch(/^There are 3 input items, but Expected Items is [24]$/);
			}
			expect(testTenant.current.tenant.counters.total.received).toBe(0);
		}
	});

	it('counts the devices to undo', async () => {
		const undo = testTenant.current.devices(2).map(({ device_id, serial_number }) => ({
			device_id,
			serial_number,
			changes: [],
		}));
		const run = async (expectedItems: number) =>
			await testTenant.current.run(
				{ resource: 'device', operation: 'undo', expectedItems },
				{ input: [{ undo }] },
			);
		expect((await run(1)).error?.message).toBe(
			'There are 2 devices to undo, but Expected Items is 1',
		);
		expect((await run(2)).error).toBeUndefined();
	});
});
