import { credentialData, startKandji, type Kandji } from './support/kandji';

describe('the credential’s test in n8n', () => {
	let kandji: Kandji;

	beforeAll(async () => {
		kandji = await startKandji();
	});
	afterAll(async () => await kandji.tenant.close());

	const test = async (changes: Record<string, string> = {}) =>
		await kandji.client.testCredential({
			name: 'Kandji account',
			type: 'kandjiApi',
			data: { ...credentialData(kandji.tenant), ...changes },
		});

	it('is green for a token that may list devices', async () => {
		await expect(test()).resolves.toMatchObject({ status: 'OK' });
	});

	it('says that a token is wrong', async () => {
		await expect(test({ token: '00000000-0000-4000-8000-000000000000' })).resolves.toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/token.*wrong or was revoked/),
		});
	});

	it('says that a good token lacks the tick at "Device list"', async () => {
		kandji.tenant.permissions.set('GET /api/v1/devices', false);
		await expect(test()).resolves.toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/token works.*"Device list"/),
		});
		kandji.tenant.permissions.set('GET /api/v1/devices', true);
	});
});
