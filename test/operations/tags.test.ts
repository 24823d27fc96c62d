import { byId, onTenant } from './onTenant';

const patch = 'PATCH /api/v1/devices/{device_id}';
const create = 'POST /api/v1/tags';

describe('Device › Add Tags and Remove Tags', () => {
	const kandji = onTenant('device');
	const { run, json } = kandji;

	/** A device with these tags, all of which the tenant has. */
	const deviceWith = (...tags: string[]) => {
		const [device] = [...kandji.tenant.state.devices.values()];
		device!.tags = tags;
		return device!;
	};
	const names = () => [...kandji.tenant.state.tags.values()].map(({ name }) => name);
	const done = (operation: string) => kandji.tenant.counters.operations[operation]?.executed ?? 0;
	const byOthers = (device_id: string, tags: string[], times: number) =>
		kandji.tenant.faults.add({
			kind: 'mutate',
			mutation: { op: 'updateDevice', device_id, fields: { tags } },
			late: true,
			method: 'PATCH',
			times,
		});

	it('adds to the tags that are there', async () => {
		const [one, two, three] = names() as [string, string, string];
		const device = deviceWith(one);
		const tags = `${two}, ${three},${two}`;
		const [item] = await json('addTags', { deviceId: byId(device.device_id), tags });
		expect(item).toMatchObject({ tags: [one, two, three], tags_before: [one], changed: true });
		expect(device.tags).toEqual([one, two, three]);
		expect(done(patch)).toBe(1);
	});

	it('removes some and keeps the others', async () => {
		const [one, two, three] = names() as [string, string, string];
		const device = deviceWith(one, two, three);
		const tags = `${two},not there`;
		const [item] = await json('removeTags', { deviceId: byId(device.device_id), tags });
		expect(item).toMatchObject({ tags: [one, three], changed: true });
		expect(device.tags).toEqual([one, three]);
	});

	it('removes a tag whose name was typed in another case', async () => {
		const [one, two] = names() as [string, string];
		const device = deviceWith(one, two);
		const tags = ` ${two.toUpperCase()} `;
		await json('removeTags', { deviceId: byId(device.device_id), tags });
		expect(device.tags).toEqual([one]);
	});

	it.each(['addTags', 'removeTags'])(
		'%s writes nothing when nothing changes',
		async (operation) => {
			const [one, two] = names() as [string, string];
			const device = deviceWith(one);
			const tags = operation === 'addTags' ? one : two;
			const [item] = await json(operation, { deviceId: byId(device.device_id), tags });
			expect(item).toMatchObject({ tags: [one], changed: false });
			expect(kandji.tenant.counters.total.received).toBe(1);
		},
	);

	it('fails for a tag that the tenant has not, and changes nothing', async () => {
		const [one] = names() as [string];
		const device = deviceWith(one);
		const { error } = await run('addTags', { deviceId: byId(device.device_id), tags: 'Forklift' });
		expect(error!.message).toContain('Forklift');
		expect(device.tags).toEqual([one]);
		expect(names()).not.toContain('Forklift');
	});

	it('creates missing tags when asked, and only those', async () => {
		const [one, two] = names() as [string, string];
		const device = deviceWith(one);
		await json('addTags', {
			deviceId: byId(device.device_id),
			tags: `Forklift, ${two}, ${one}`,
			createMissingTags: true,
		});
		expect(device.tags).toEqual([one, 'Forklift', two]);
		expect(done(create)).toBe(1);
	});

	it('shows in a dry run what it would write and create', async () => {
		const [one] = names() as [string];
		const device = deviceWith(one);
		const plan = await json('addTags', {
			deviceId: byId(device.device_id),
			tags: 'Forklift',
			createMissingTags: true,
			dryRun: true,
		});
		expect(plan).toEqual([
			{
				dry_run: true,
				summary: expect.stringMatching(/, Tags Forklift, Create Missing Tags on$/),
				device: {
					device_id: device.device_id,
					serial_number: device.serial_number,
					device_name: device.device_name,
				},
				user: null,
				platform: device.platform,
				blueprint: device.blueprint_name,
				last_check_in: device.last_check_in,
				request: {
					method: 'PATCH',
					path: `/api/v1/devices/${device.device_id}`,
					query: {},
					body: { tags: [one, 'Forklift'] },
				},
				creates_tags: ['Forklift'],
			},
		]);
		expect([done(patch), done(create), device.tags]).toEqual([0, 0, [one]]);
	});

	it('merges with what somebody else wrote right after it', async () => {
		const [one, two, three] = names() as [string, string, string];
		const device = deviceWith(one);
		byOthers(device.device_id, [three], 1);
		const [item] = await json('addTags', { deviceId: byId(device.device_id), tags: two });
		expect(item).toMatchObject({ tags: [three, two], tags_before: [one] });
		expect(done(patch)).toBe(2);
	});

	it('gives up after two repetitions and says what the device has', async () => {
		const [one, two, three] = names() as [string, string, string];
		const device = deviceWith(one);
		byOthers(device.device_id, [three], 9);
		const { error } = await run('addTags', { deviceId: byId(device.device_id), tags: two });
		expect(error!.message).toBe('The tags kept changing while they were being updated');
		expect(error!.description).toContain(`The device now has: ${three}.`);
		expect(done(patch)).toBe(3);
	});

	it.each(['', ' , ,', '={{ $json.missing }}'])('refuses %j as tags', async (tags) => {
		const device = deviceWith();
		const { error } = await run('addTags', {
			deviceId: byId(device.device_id),
			tags: `=${tags.replace(/^=/, '')}`,
		});
		expect(error!.message).toBe('Tags is empty');
		expect(kandji.tenant.counters.total.received).toBe(0);
	});

	it('does not repeat a write whose answer got lost', async () => {
		const [one, two] = names() as [string, string];
		const device = deviceWith(one);
		kandji.tenant.faults.add({ kind: 'resetAfter', method: 'PATCH' });
		const { error } = await run('addTags', { deviceId: byId(device.device_id), tags: two });
		expect(error!.message).toBe('The connection was lost before the response was complete');
		expect(kandji.tenant.counters.operations[patch]).toEqual({ received: 1, executed: 1 });
	});

	describe('for many devices', () => {
		const many = (count = 17) => [...kandji.tenant.state.devices.values()].slice(0, count);
		const read = 'GET /api/v1/devices';
		const single = 'GET /api/v1/devices/{device_id}';
		const bySerial = { __rl: true, mode: 'serial', value: '={{ $json.serial }}' };
		const inputOf = (devices: Array<{ device_id: string; serial_number: string }>) =>
			devices.map(({ device_id: id, serial_number: serial }) => ({ id, serial }));

		it.each([
			['serial number', bySerial],
			['ID', byId('={{ $json.id }}')],
		])('takes one request each, and three for all, by %s', async (_title, deviceId) => {
			const [one] = names() as [string];
			const devices = many();
			for (const device of devices) device.tags = [one];
			const items = await json(
				'addTags',
				{ deviceId, tags: 'Forklift', createMissingTags: true },
				{ input: inputOf(devices) },
			);
			for (const device of devices) expect(device.tags).toEqual([one, 'Forklift']);
			expect(items.map(({ tags, changed }) => [tags, changed])).toEqual(
				devices.map(() => [[one, 'Forklift'], true]),
			);
			expect(kandji.tenant.counters.total.received).toBe(20);

			kandji.tenant.counters.reset();
			const removed = { deviceId, tags: 'forklift' };
			await json('removeTags', removed, { input: inputOf(devices) });
			for (const device of devices) expect(device.tags).toEqual([one]);
			const again = await json('removeTags', removed, { input: inputOf(devices) });
			for (const item of again) expect(item).toMatchObject({ tags: [one], changed: false });
			expect(kandji.tenant.counters.total.received).toBe(1 + 17 + 1);
		});

		it('adds up what several items do to one device', async () => {
			const [one, two, three, four] = names() as [string, string, string, string];
			const device = deviceWith(one);
			const input = [two, three, four, two].map((tag) => ({ tag, ...inputOf([device])[0] }));
			const items = await json(
				'addTags',
				{ deviceId: bySerial, tags: '={{ $json.tag }}' },
				{ input },
			);
			expect(device.tags).toEqual([one, two, three, four]);
			expect(items.map(({ changed }) => changed)).toEqual([true, true, true, false]);
			expect(kandji.tenant.counters.total.received).toBe(1 + 3);
		});

		it('reads a device by itself after a write with an unknown outcome', async () => {
			const [one, two, three] = names() as [string, string, string];
			const device = deviceWith(one);
			kandji.tenant.faults.add({ kind: 'resetAfter', method: 'PATCH', times: 1 });
			const input = [two, three, three, three].map((tag) => ({ tag, ...inputOf([device])[0] }));
			await run(
				'addTags',
				{ deviceId: bySerial, tags: '={{ $json.tag }}' },
				{ input, onError: 'continueRegularOutput' },
			);
			expect(device.tags).toEqual([one, two, three]);
		});

		it.each([
			['has no tags', { tags: undefined }],
			['is about another device', { device_id: '3de7b283-1a44-47ef-bde1-2f556a8a32f7' }],
		])('reads a device by itself when the answer %s', async (_title, fields) => {
			const [one, two] = names() as [string, string];
			const devices = many(4);
			for (const device of devices) device.tags = [one];
			kandji.tenant.faults.add({
				kind: 'errorBody',
				body: { ...devices[0]!, ...fields },
				method: 'PATCH',
				times: 1,
			});
			const items = await json(
				'addTags',
				{ deviceId: bySerial, tags: two },
				{ input: inputOf(devices) },
			);
			expect(items.map(({ device_id: id, tags }) => [id, tags])).toEqual(
				devices.map(({ device_id: id }) => [id, [one, two]]),
			);
			expect([done(read), done(single), done(patch)]).toEqual([1, 1, 4]);
		});

		it('writes again what the answer does not show', async () => {
			const [one, two] = names() as [string, string];
			const devices = many(4);
			for (const device of devices) device.tags = [one];
			kandji.tenant.faults.add({
				kind: 'errorBody',
				body: { ...devices[0]!, tags: [one] },
				method: 'PATCH',
				times: 1,
			});
			await json('addTags', { deviceId: bySerial, tags: two }, { input: inputOf(devices) });
			expect(done(patch)).toBe(5);
		});
	});

	it('changes nothing when Kandji does not say what tags a device has', async () => {
		const [one, two] = names() as [string, string];
		const device = deviceWith(one);
		const body = { ...device, tags: undefined };
		kandji.tenant.faults.add({ kind: 'errorBody', body, method: 'GET' });
		const { error } = await run('addTags', { deviceId: byId(device.device_id), tags: two });
		expect(error!.message).toContain('Kandji returned no tags of the device');
		expect(done(patch)).toBe(0);
	});
});
