import { outputOf } from '../../scripts/n8n/client';
import { credentialData, startKandji, type Kandji } from './support/kandji';
import { chain, START } from './support/workflow';

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
			message: expect.stringMatching(/rejected this token.*mistyped or revoked/),
		});
	});

	it('says that a good token lacks the tick at "Device list"', async () => {
		kandji.tenant.permissions.set('GET /api/v1/devices', false);
		await expect(test()).resolves.toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/no permission to list devices.*"Device list"/),
		});
		kandji.tenant.permissions.set('GET /api/v1/devices', true);
	});
});

describe('what the credential allows to the HTTP Request node', () => {
	it.each([
		['other domains', { allowedHttpRequestDomains: 'domains', allowedDomains: 'example.com' }],
		['no domain', { allowedHttpRequestDomains: 'none' }],
	])('does not keep the node from its tenant: %s', async (_name, restriction) => {
		const { tenant, client } = await startKandji({ devices: 3 });
		try {
			const { id, name } = await client.createCredential({
				name: `Restricted ${tenant.url}`,
				type: 'kandjiApi',
				data: { ...credentialData(tenant), ...restriction },
			});
			const workflow = chain([{}], {
				name: 'Devices',
				type: 'n8n-nodes-kandji.kandji',
				parameters: { resource: 'device', operation: 'getAll' },
				credentials: { kandjiApi: { id, name } },
			});
			const execution = await client.run(await client.createWorkflow(workflow), START);
			expect(execution.data.resultData.error).toBeUndefined();
			expect(outputOf(execution, 'Devices')).toHaveLength(3);
		} finally {
			await tenant.close();
		}
	});
});
