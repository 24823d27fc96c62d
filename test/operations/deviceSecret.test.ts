import { runNode, type KandjiCredential } from '../../simulator/engine/engine';
import { startTenant, type Tenant } from '../../simulator/tenant/index';

describe('Device Secret', () => {
	let tenant: Tenant;
	let credential: KandjiCredential;
	let device_id: string;

	beforeAll(async () => {
		tenant = await startTenant({ devices: 60 });
		credential = { region: 'custom', apiUrl: tenant.url, token: tenant.token };
	});
	beforeEach(() => {
		tenant.reset();
		const mac = tenant.state.devices.list().find(({ platform }) => platform === 'Mac');
		device_id = mac!.device_id;
		const traits = { filevault_enabled: true, filevault_escrowed: true };
		tenant.mutate({ op: 'setTraits', device_id, traits });
		tenant.state.locks.set(device_id, '496406');
	});
	afterAll(async () => await tenant.close());

	const get = async (operation: string, id = device_id) =>
		await runNode(
			{ resource: 'deviceSecret', operation, deviceId: { __rl: true, mode: 'id', value: id } },
			{ credential },
		);

	const code = expect.stringMatching(/^[A-Z0-9]+(-[A-Z0-9]+){5}$/);

	it.each([
		['getActivationLockBypassCode', { user_based_albc: code, device_based_albc: code }],
		['getFileVaultKey', { key: code }],
		['getRecoveryLockPassword', { recovery_password: code }],
		['getUnlockPin', { pin: '496406' }],
	])('%s returns the secret with its device', async (operation, secret) => {
		const { items } = await get(operation);
		expect(items.map(({ json }) => json)).toEqual([{ device_id, ...secret }]);
		expect(tenant.counters.total).toEqual({ received: 1, executed: 1 });
	});

	it.each([
		['getActivationLockBypassCode', 'bypasscode', 'has no Activation Lock bypass code'],
		['getFileVaultKey', 'filevaultkey', 'has no escrowed FileVault key'],
		['getRecoveryLockPassword', 'recoverypassword', 'has no recovery lock password'],
		['getUnlockPin', 'unlockpin', 'is not locked, so it has no unlock PIN'],
	])('%s says that the device has no such secret', async (operation, path, absence) => {
		const message = `The device ${device_id} ${absence}`;
		const blank = { key: '', pin: '', user_based_albc: null, device_based_albc: '' };
		const answers = [{ status: 404 }, { status: 200, body: blank }, { status: 200, body: {} }];
		for (const answer of answers) {
			tenant.faults.add({
				kind: 'status',
				path: `/api/v1/devices/{device_id}/secrets/${path}`,
				times: 1,
				...answer,
			});
			const { items, error } = await get(operation);
			expect([items, error?.message]).toEqual([[], message]);
		}
		expect(tenant.counters.total.received).toBe(answers.length);
	});

	it('names the permission for a secret', async () => {
		tenant.mutate({
			op: 'permission',
			operation: 'GET /api/v1/devices/{device_id}/secrets/filevaultkey',
			allowed: false,
		});
		const { error } = await get('getFileVaultKey');
		expect(error?.message).toMatch(/^The API token is missing a permission/);
	});

	it('refuses an empty device before any request', async () => {
		const { error } = await get('getFileVaultKey', '={{ $json.none }}');
		expect(error?.message).toBe('Device is empty');
		expect(tenant.counters.total.received).toBe(0);
	});
});
