import { byId, onTenant } from './onTenant';

describe('Library Item', () => {
	const on = onTenant('libraryItem', { devices: 400 });
	const assigned = () => {
		const [blueprint] = on.tenant.state.blueprints.values();
		return byId([...blueprint!.nodes.values()].flat()[0]);
	};

	it('has a status on each device, and on one alone', async () => {
		const rows = await on.json('getStatuses', { libraryItemId: assigned(), returnAll: true });
		expect(rows.length).toBeGreaterThan(10);
		expect(new Set(rows.map(({ device_id }) => device_id)).size).toBe(rows.length);
		const [first = {}] = rows;
		const one = await on.json('getStatuses', {
			libraryItemId: assigned(),
			filters: { deviceId: byId(first.device_id) },
		});
		expect(one).toEqual([first]);
	});

	it('has the activity of its changes', async () => {
		const all = await on.json('getActivity', { libraryItemId: assigned(), returnAll: true });
		const created = await on.json('getActivity', {
			libraryItemId: assigned(),
			filters: { activityType: 'library_item_created' },
		});
		expect(created).toEqual(
			all.filter(({ activity_type }) => activity_type === 'library_item_created'),
		);
		expect(created).toHaveLength(1);
	});

	it('refuses an empty device filter, which would match all devices', async () => {
		const { error } = await on.run('getStatuses', {
			libraryItemId: assigned(),
			filters: { deviceId: byId('') },
		});
		expect(error?.message).toBe('Device is empty');
		expect(on.tenant.counters.total.received).toBe(0);
	});
});
