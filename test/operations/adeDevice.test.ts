import { byId, onTenant } from './onTenant';

describe('ADE Device', () => {
	const on = onTenant('adeDevice', { devices: 900 });
	const first = () => [...on.tenant.state.adeDevices.values()][0]!;

	it('lists devices over several pages, and by integration and family', async () => {
		const selectedFields = ['id', 'device_family', 'ade_integration_id'];
		const all = await on.json('getAll', { returnAll: true, selectedFields });
		expect(all.map(({ id }) => id)).toEqual([...on.tenant.state.adeDevices.keys()]);
		const { token_id, device_family } = first();
		const some = await on.json('getAll', {
			returnAll: true,
			selectedFields,
			filters: { adeIntegrationId: byId(token_id), deviceFamily: device_family },
		});
		expect(some).toEqual(
			all.filter(
				(row) => row.ade_integration_id === token_id && row.device_family === device_family,
			),
		);
		expect(some.length).toBeGreaterThan(0);
	});

	it('is assigned a blueprint and a user, then Blueprint Routing', async () => {
		const adeDeviceId = byId(first().id);
		const [user] = on.tenant.state.users.keys();
		const blueprint = [...on.tenant.state.blueprints.keys()].at(-1);
		await on.json('update', {
			adeDeviceId,
			updateFields: { assetTag: '77', blueprintId: byId(blueprint), userId: byId(user) },
		});
		const selectedFields = ['asset_tag', 'blueprint_id', 'user_id', 'use_blueprint_routing'];
		expect(await on.json('get', { adeDeviceId, selectedFields })).toEqual([
			{ asset_tag: '77', blueprint_id: blueprint, user_id: user, use_blueprint_routing: false },
		]);
		await on.json('update', { adeDeviceId, updateFields: { useBlueprintRouting: true } });
		expect(first()).toMatchObject({
			blueprint_id: null,
			use_blueprint_routing: true,
			asset_tag: '77',
		});
	});

	it.each([
		[{}, 'There is nothing to update'],
		[{ assetTag: ' ' }, 'Asset Tag is empty'],
		[{ userId: byId('') }, 'User is empty'],
		[{ useBlueprintRouting: false }, 'Blueprint is required when Use Blueprint Routing is off'],
		[
			{ useBlueprintRouting: true, blueprintId: byId('97e4e175-1631-43f6-a02b-33fd1c748ab8') },
			"Blueprint and Use Blueprint Routing can't be used together",
		],
	])('refuses the update %j before any request', async (updateFields, message) => {
		const { error } = await on.run('update', { adeDeviceId: byId(first().id), updateFields });
		expect(error?.message).toBe(message);
		expect(on.tenant.counters.total.received).toBe(0);
	});

	it('names its own field when the id is malformed', async () => {
		const { error } = await on.run('get', { adeDeviceId: byId('={{ "../../devices" }}') });
		expect(error?.message).toContain('ADE Device is not a valid ID');
	});
});
