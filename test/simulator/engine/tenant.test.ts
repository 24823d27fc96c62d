import { startTenant, type Tenant } from '../../../simulator/tenant/index';
import { credentialTest } from '../../../simulator/engine/credentialTest';
import { runNode, type KandjiCredential } from '../../../simulator/engine/engine';

const wholeFleet = { resource: 'device', operation: 'getAll', returnAll: true };

describe('the engine against the simulated tenant', () => {
	let tenant: Tenant;
	let credential: KandjiCredential;

	beforeAll(async () => {
		tenant = await startTenant({ devices: 1000 });
		credential = { region: 'custom', apiUrl: tenant.url, token: tenant.token };
	});
	beforeEach(() => tenant.reset());
	afterAll(async () => await tenant.close());

	it('reads every device', async () => {
		const { items } = await runNode(wholeFleet, { credential });
		expect(new Set(items.map(({ json }) => json.device_id)).size).toBe(1000);
		expect(tenant.counters.total.executed).toBe(4);
	});

	it('sends a failed item to the error branch with what the tenant’s answer means', async () => {
		const { outputs } = await runNode(wholeFleet, {
			credential: { ...credential, token: 'revoked' },
			onError: 'continueErrorOutput',
		});
		const [done = [], failed = []] = outputs;
		expect(done).toEqual([]);
		expect(failed).toEqual([
			{
				json: { error: 'Kandji rejected the API token, or it is missing a permission' },
				pairedItem: { item: 0 },
			},
		]);
	});

	it('tests a credential', async () => {
		await expect(credentialTest(credential)).resolves.toMatchObject({ status: 'OK' });
		await expect(credentialTest({ ...credential, token: 'revoked' })).resolves.toMatchObject({
			status: 'Error',
		});
	});
});
