import type { INodeParameters } from 'n8n-workflow';

import { runNode, type KandjiCredential } from '../../simulator/engine/engine';
import { startTenant, type Tenant } from '../../simulator/tenant/index';

describe('Blueprint Routing', () => {
	let tenant: Tenant;
	let credential: KandjiCredential;

	beforeAll(async () => {
		tenant = await startTenant({ devices: 40, sizes: { routingActivity: 650 } });
		credential = { region: 'custom', apiUrl: tenant.url, token: tenant.token };
	});
	beforeEach(() => tenant.reset());
	afterAll(async () => await tenant.close());

	const run = async (operation: string, parameters: INodeParameters = {}) =>
		await runNode({ resource: 'blueprintRouting', operation, ...parameters }, { credential });

	it('is changed, which its activity shows', async () => {
		const { items } = await run('update', { updateFields: { enrollmentCode: '012345' } });
		const [after] = (await run('get')).items;
		expect(after?.json).toEqual({ enrollment_code: { code: '012345', is_active: true } });
		expect(items[0]?.json).toEqual(after?.json);
		const [newest] = (await run('getActivity', { limit: 1 })).items;
		expect(newest?.json).toMatchObject({
			activity_type: 'enrollment_settings_changed',
			details: { code: { new: '012345' } },
		});
	});

	it('returns all activity, newest first', async () => {
		const { items } = await run('getActivity', { returnAll: true });
		expect(items.map(({ json }) => json.id)).toEqual(
			tenant.state.routingActivity.map(({ id }) => id).reverse(),
		);
	});

	it.each([
		[{}, 'There is nothing to update'],
		[{ enrollmentCode: '={{ $json.none }}' }, 'Enrollment Code is empty'],
		[{ enrollmentActive: '={{ $json.none }}' }, 'Enrollment Active is empty'],
	])('refuses to update %j', async (updateFields, message) => {
		const { error } = await run('update', { updateFields });
		expect(error?.message).toBe(message);
		expect(tenant.counters.total.received).toBe(0);
	});
});
