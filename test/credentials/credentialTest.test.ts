import { startTenant, type Tenant } from '../../simulator/tenant';
import { credentialTest } from '../../simulator/engine/credentialTest';

describe("the credential's Test button", () => {
	let tenant: Tenant;

	beforeAll(async () => {
		tenant = await startTenant({ devices: 20, rateLimit: false });
	});
	beforeEach(() => tenant.reset());
	afterAll(async () => await tenant.close());

	const test = async (token = tenant.token) =>
		await credentialTest({ region: 'custom', apiUrl: tenant.url, token });

	it('passes with one cheap request', async () => {
		await expect(test()).resolves.toEqual({ status: 'OK', message: 'Connection successful!' });
		expect(tenant.counters.log.map(({ url }) => url)).toEqual(['/api/v1/devices?limit=1']);
	});

	it('names a wrong token', async () => {
		await expect(test('revoked')).resolves.toEqual({
			status: 'Error',
			message:
				'Kandji rejected this token. It may be mistyped or revoked: create a new one in Kandji under Settings › Access. If it works elsewhere, it may have no permission to list devices: select "Device list" there.',
		});
	});

	it('names the permission before a wrong token at a 403', async () => {
		tenant.permissions.set('GET /api/v1/devices', false);
		await expect(test()).resolves.toEqual({
			status: 'Error',
			message:
				'This token has no permission to list devices. In Kandji, open the token under Settings › Access and select "Device list". If it is selected, the token may be mistyped or revoked.',
		});
	});

	it('reports a wrong URL', async () => {
		tenant.faults.add({ kind: 'status', status: 404 });
		await expect(test()).resolves.toEqual({
			status: 'Error',
			message: 'There is no Kandji API at this URL. Check Subdomain and Region.',
		});
	});

	it('does not follow a redirect', async () => {
		tenant.faults.add({ kind: 'redirect', location: `${tenant.url}/api/v1/tags` });
		await expect(test()).resolves.toMatchObject({ status: 'Error' });
		expect(tenant.counters.operations['GET /api/v1/tags']).toBeUndefined();
	});
});
