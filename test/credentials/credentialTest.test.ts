import { startTenant, type Tenant } from '../../simulator/tenant';
import { credentialTest } from '../../simulator/engine/credentialTest';
import type { KandjiCredential } from '../../simulator/engine/credentials';

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

	it.each([
		['does not exist', 'https://acme.invalid', 'The Kandji host was not found. Check Subdomain'],
		['refuses', 'http://127.0.0.1:1', 'The connection was refused. Check API URL'],
	])('says in words that a host %s', async (_title, apiUrl, message) => {
		await expect(
			credentialTest({ region: 'custom', apiUrl, token: tenant.token }),
		).resolves.toEqual({ status: 'Error', message: expect.stringContaining(message) });
	});

	it.each([
		[{ region: 'us', subdomain: '' }, 'Subdomain in the credential is invalid. Enter'],
		[{ region: 'custom', apiUrl: 'ftp://x' }, 'API URL in the credential is invalid. Enter'],
		[{ region: 'us', subdomain: 'acme', token: ' ' }, 'API Token in the credential'],
	])('names the field of %j before any request', async (credential, message) => {
		await expect(
			credentialTest({ token: tenant.token, ...credential } as KandjiCredential),
		).resolves.toEqual({ status: 'Error', message: expect.stringContaining(message) });
		expect(tenant.counters.total.received).toBe(0);
	});

	it('shows no token of an answer that repeats it', async () => {
		tenant.faults.add({ kind: 'status', status: 400, body: { detail: `bad ${tenant.token}` } });
		await expect(test()).resolves.toEqual({
			status: 'Error',
			message: expect.not.stringContaining(tenant.token),
		});
	});

	it('does not follow a redirect', async () => {
		tenant.faults.add({ kind: 'redirect', location: `${tenant.url}/api/v1/tags` });
		await expect(test()).resolves.toEqual({
			status: 'Error',
			message: expect.stringContaining('redirect, which was not followed'),
		});
		expect(tenant.counters.operations['GET /api/v1/tags']).toBeUndefined();
	});
});
