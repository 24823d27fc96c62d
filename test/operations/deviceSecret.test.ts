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

	it('says which device has no such secret', async () => {
		tenant.state.locks.clear();
		const { error } = await get('getUnlockPin');
		expect(error?.message).toBe(`Kandji found no device ${device_id}`);
	});

	it('refuses an empty device before any request', async () => {
		const { error } = await get('getFileVaultKey', '={{ $json.none }}');
		expect(error?.message).toBe('Device is empty');
		expect(tenant.counters.total.received).toBe(0);
	});
});
