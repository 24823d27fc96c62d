import { byId, onTenant } from './onTenant';

const patch = 'PATCH /api/v1/devices/{device_id}';

describe('Device › Assign User and Move to Blueprint', () => {
	const kandji = onTenant('device');
	const { run, json } = kandji;
	const device = () => [...kandji.tenant.state.devices.values()][5]!;
	const users = () => [...kandji.tenant.state.users.values()];
	const blueprints = () => [...kandji.tenant.state.blueprints.values()];
	const writes = () => kandji.tenant.counters.operations[patch]?.received ?? 0;
	const locator = (mode: string, value: string) => ({ __rl: true, mode, value });
	const assign = (value: string, mode = 'email') =>
		run('assignUser', { deviceId: byId(device().device_id), userId: locator(mode, value) });
	const move = (value: string, mode = 'name') =>
		run('moveToBlueprint', {
			deviceId: byId(device().device_id),
			blueprintId: locator(mode, value),
		});

	it('assigns the user with exactly this email, not case-sensitive', async () => {
		const user = users().find(({ archived }) => !archived)!;
		users().find(({ id }) => id !== user.id)!.email = `x${user.email}`;
		const { items } = await assign(user.email.toUpperCase());
		expect(items.map((item) => item.json.user_email)).toEqual([user.email]);
		expect(device().user).toMatchObject({ id: user.id });
	});

	it('refuses an email that no user has, that several users have, or that is empty', async () => {
		const [one, two] = users().filter(({ archived }) => !archived);
		two!.email = one!.email;
		expect((await assign(one!.email)).error!.message).toBe(
			`2 users have the email "${one!.email}"`,
		);
		const part = users().at(-1)!.email.slice(1);
		expect((await assign(part)).error!.message).toBe(`There is no user with the email "${part}"`);
		expect((await assign('={{ $json.missing }}')).error!.message).toBe('User is empty');
		expect(writes()).toBe(0);
	});

	it('does not assign an archived user', async () => {
		const [user] = users();
		user!.archived = true;
		expect((await assign(user!.email)).error!.message).toBe(`User is archived: "${user!.email}"`);
		expect(writes()).toBe(0);
	});

	it('moves to the blueprint with exactly this name', async () => {
		const blueprint = blueprints().find(({ id }) => id !== device().blueprint_id)!;
		const { items } = await move(blueprint.name);
		expect(items.map((item) => item.json.blueprint_name)).toEqual([blueprint.name]);
		expect(device().blueprint_name).toBe(blueprint.name);
	});

	it('refuses a name that no blueprint has, that several have, or that is empty', async () => {
		const [one, two] = blueprints();
		two!.name = one!.name;
		expect((await move(one!.name)).error!.message).toBe(
			`2 blueprints have the name "${one!.name}"`,
		);
		const part = blueprints()[2]!.name.slice(0, -1);
		expect((await move(part)).error!.message).toBe(`There is no blueprint with the name "${part}"`);
		expect((await move('={{ $json.missing }}')).error!.message).toBe('Blueprint is empty');
		expect(writes()).toBe(0);
	});

	it.each([
		['id', (_page: string, id: string) => id],
		['list', (_page: string, id: string) => id],
		['url', (page: string, id: string) => `https://acme.kandji.io/${page}/${id}`],
	])('takes a user and a blueprint by %s', async (mode, valueOf) => {
		const user = users().find(({ archived }) => !archived)!;
		const blueprint = blueprints().find(({ id }) => id !== device().blueprint_id)!;
		expect((await assign(valueOf('users', user.id), mode)).error).toBeUndefined();
		expect((await move(valueOf('blueprints', blueprint.id), mode)).error).toBeUndefined();
		expect(device()).toMatchObject({ user: { id: user.id }, blueprint_id: blueprint.id });
	});

	it('reads users once for many devices', async () => {
		const user = users().find(({ archived }) => !archived)!;
		const devices = [...kandji.tenant.state.devices.values()].slice(0, 6);
		const { error } = await run(
			'assignUser',
			{ deviceId: byId('={{ $json.id }}'), userId: locator('email', user.email) },
			{ input: devices.map(({ device_id: id }) => ({ id })) },
		);
		expect(error).toBeUndefined();
		expect(kandji.tenant.counters.total.received).toBe(7);
		for (const { user: owner } of devices) expect(owner).toMatchObject({ id: user.id });
	});

	it('shows both in a dry run', async () => {
		const user = users().find(({ archived }) => !archived)!;
		const [blueprint] = blueprints();
		const dryRun = { deviceId: byId(device().device_id), dryRun: true };
		const plan = (body: object) => [
			expect.objectContaining({
				dry_run: true,
				request: {
					method: 'PATCH',
					path: `/api/v1/devices/${device().device_id}`,
					query: {},
					body,
				},
			}),
		];
		expect(await json('assignUser', { ...dryRun, userId: locator('email', user.email) })).toEqual(
			plan({ user: user.id }),
		);
		expect(
			await json('moveToBlueprint', { ...dryRun, blueprintId: locator('name', blueprint!.name) }),
		).toEqual(plan({ blueprint_id: blueprint!.id }));
		expect(writes()).toBe(0);
	});
});
