import { byId, itemWithFile, onTenant } from './onTenant';

const input = [itemWithFile('acme_Token_smime.p7m', Buffer.from('token'))];
const contact = { email: 'it@acme.example', phone: '+1 415 555 0100' };

describe('ADE Integration', () => {
	const on = onTenant('adeIntegration', { devices: 900 });
	const blueprintId = () => byId([...on.tenant.state.blueprints.keys()][0]);
	const firstToken = () => [...on.tenant.state.adeTokens.values()][0]!;

	it('is created from a server token, changed, renewed and deleted', async () => {
		const [created = {}] = await on.json(
			'create',
			{ ...contact, useBlueprintRouting: true },
			{ input },
		);
		expect(created).toMatchObject({ stoken_file_name: 'acme_Token_smime.p7m' });
		const adeIntegrationId = byId(created.id);
		const stored = () => on.tenant.state.adeTokens.get(String(created.id));
		expect(stored()).toMatchObject({ use_blueprint_routing: true, defaults: contact });
		await on.json('update', { adeIntegrationId, ...contact, blueprintId: blueprintId() });
		expect(stored()).toMatchObject({
			use_blueprint_routing: false,
			blueprint_id: blueprintId().value,
		});
		await on.json(
			'renew',
			{ adeIntegrationId, ...contact, blueprintId: blueprintId() },
			{ input: [itemWithFile('renewed.p7m', Buffer.from('token 2'))] },
		);
		expect(stored()).toMatchObject({ stoken_file_name: 'renewed.p7m' });
		expect(
			await on.json('delete', {
				adeIntegrationId,
				confirmServerName: String(created.server_name),
			}),
		).toEqual([{ deleted: true }]);
		expect(stored()).toBeUndefined();
	});

	it('is not deleted under another name', async () => {
		const { id } = firstToken();
		const { error } = await on.run('delete', {
			adeIntegrationId: byId(id),
			confirmServerName: 'another',
		});
		expect(error?.message).toContain('Confirm Server Name does not match');
		expect(on.tenant.state.adeTokens.has(id)).toBe(true);
	});

	it('lists integrations and their devices over several pages', async () => {
		const all = await on.json('getAll', { returnAll: true });
		expect(all.map(({ id }) => id)).toEqual([...on.tenant.state.adeTokens.keys()]);
		const { id } = firstToken();
		const devices = await on.json('getDevices', { adeIntegrationId: byId(id), returnAll: true });
		const stored = [...on.tenant.state.adeDevices.values()];
		expect(devices.map((device) => device.id)).toEqual(
			stored.filter(({ token_id }) => token_id === id).map((device) => device.id),
		);
		expect(devices.length).toBeGreaterThan(300);
	});

	it('gives the public key as text and as a file', async () => {
		const { items } = await on.run('getPublicKey', { binaryPropertyName: 'key' });
		const [item] = items;
		expect(item?.json.public_key).toMatch(/^-----BEGIN CERTIFICATE-----[^]+-----\n$/);
		expect(item?.binary?.key).toMatchObject({
			fileName: 'kandji_ade_public_key.pem',
			mimeType: 'application/x-pem-file',
		});
		expect(Buffer.from(item?.binary?.key?.data ?? '', 'base64').toString()).toBe(
			item?.json.public_key,
		);
	});

	it('refuses a public key that was cut off', async () => {
		on.tenant.faults.add({
			kind: 'status',
			status: 200,
			body: '-----BEGIN CERTIFICATE-----',
			path: '/api/v1/integrations/apple/ade/public_key/',
		});
		const { error } = await on.run('getPublicKey');
		expect(error?.message).toBe('Kandji returned an incomplete public key');
	});

	it.each([
		[{ email: '={{ $json.missing }}' }, 'Email is empty'],
		[{ blueprintId: byId('={{ $json.missing }}') }, 'Blueprint is empty'],
	])('refuses %j before any request', async (parameters, message) => {
		const { error } = await on.run(
			'renew',
			{
				adeIntegrationId: byId(firstToken().id),
				...contact,
				blueprintId: blueprintId(),
				...parameters,
			},
			{ input },
		);
		expect(error?.message).toBe(message);
		expect(on.tenant.counters.total.received).toBe(0);
	});
});
