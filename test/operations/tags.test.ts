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
				method: 'PATCH',
				path: `/api/v1/devices/${device.device_id}`,
				query: {},
				body: { tags: [one, 'Forklift'] },
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
});
