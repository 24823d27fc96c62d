import { byId, onTenant } from './onTenant';

const patch = 'PATCH /api/v1/devices/{device_id}';

describe('Device › Assign User and Move to Blueprint', () => {
	const kandji = onTenant('device');
	const { run, json } = kandji;
	const device = () => [...kandji.tenant.state.devices.values()][5]!;
	const users = () => [...kandji.tenant.state.users.values()];
	const blueprints = () => [...kandji.tenant.state.blueprints.values()];
	const writes = () => kandji.tenant.counters.operations[patch]?.received ?? 0;
	const assign = (userEmail: string, more = {}) =>
		run('assignUser', { deviceId: byId(device().device_id), userEmail, ...more });
	const move = (blueprintName: string, more = {}) =>
		run('moveToBlueprint', { deviceId: byId(device().device_id), blueprintName, ...more });

	it('assigns the user with exactly this email, not case-sensitive', async () => {
		const user = users().find(({ archived }) => !archived)!;
		users().find(({ id }) => id !== user.id)!.email = `x${user.email}`;
		const { items } = await assign(user.email.toUpperCase());
		expect(items.map((item) => item.json.user_id)).toEqual([user.id]);
		expect(device().user).toMatchObject({ id: user.id });
	});

	it('refuses an email that no user has, that several users have, or that is empty', async () => {
		const [one, two] = users().filter(({ archived }) => !archived);
		two!.email = one!.email;
		expect((await assign(one!.email)).error!.message).toBe(
			`2 users have the email "${one!.email}"`,
		);
		const part = users().at(-1)!.email.slice(1);
		expect((await assign(part)).error!.message).toBe(`No user has the email "${part}"`);
		expect((await assign('={{ $json.missing }}')).error!.message).toBe('User Email is empty');
		expect(writes()).toBe(0);
	});

	it('does not assign an archived user', async () => {
		const [user] = users();
		user!.archived = true;
		expect((await assign(user!.email)).error!.message).toMatch(/^No user has the email/);
		expect(writes()).toBe(0);
	});

	it('moves to the blueprint with exactly this name', async () => {
		const blueprint = blueprints().find(({ id }) => id !== device().blueprint_id)!;
		const { items } = await move(blueprint.name);
		expect(items.map((item) => item.json.blueprint_id)).toEqual([blueprint.id]);
		expect(device().blueprint_name).toBe(blueprint.name);
	});

	it('refuses a name that no blueprint has, that several have, or that is empty', async () => {
		const [one, two] = blueprints();
		two!.name = one!.name;
		expect((await move(one!.name)).error!.message).toBe(`2 blueprints are named "${one!.name}"`);
		const part = blueprints()[2]!.name.slice(0, -1);
		expect((await move(part)).error!.message).toBe(`No blueprint is named "${part}"`);
		expect((await move('={{ $json.missing }}')).error!.message).toBe('Blueprint Name is empty');
		expect(writes()).toBe(0);
	});

	it('shows both in a dry run', async () => {
		const user = users().find(({ archived }) => !archived)!;
		const [blueprint] = blueprints();
		const dryRun = { deviceId: byId(device().device_id), dryRun: true };
		const plan = {
			dry_run: true,
			method: 'PATCH',
			path: `/api/v1/devices/${device().device_id}`,
			query: {},
		};
		expect(await json('assignUser', { ...dryRun, userEmail: user.email })).toEqual([
			{ ...plan, body: { user: user.id } },
		]);
		expect(await json('moveToBlueprint', { ...dryRun, blueprintName: blueprint!.name })).toEqual([
			{ ...plan, body: { blueprint_id: blueprint!.id } },
		]);
		expect(writes()).toBe(0);
	});
});
