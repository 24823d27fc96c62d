import { ask } from '../../../simulator/tenant/client';
import { startTenant, type Command, type Tenant } from '../../../simulator/tenant/index';

describe('device actions', () => {
	let tenant: Tenant;

	beforeAll(async () => {
		tenant = await startTenant({ devices: 200, rateLimit: false });
	});
	beforeEach(() => tenant.reset());
	afterAll(() => tenant.close());

	const device = (platform = 'Mac') =>
		[...tenant.state.devices.values()].find((found) => found.platform === platform)!;
	const act = (action: string, body?: object, platform = 'Mac') =>
		ask(tenant, `POST /api/v1/devices/${device(platform).device_id}/action/${action}`, { body });
	const last = async (platform = 'Mac') => {
		const path = `/api/v1/devices/${device(platform).device_id}/commands`;
		const { commands } = (await ask(tenant, `GET ${path}`)).json<{
			commands: { results: Command[] };
		}>();
		return commands.results.at(-1)!;
	};
	const rule = (rules: object) => tenant.mutate({ op: 'commandRules', rules: [rules] });

	it('answers lock of a Mac with the PIN, which the secret repeats, and locks once', async () => {
		const lock = await act('lock', { Message: 'Hi', PhoneNumber: '1' });
		expect(lock.status).toBe(200);
		const { PIN } = lock.json<{ PIN: string }>();
		expect(PIN).toMatch(/^\d{6}$/);
		const path = `GET /api/v1/devices/${device().device_id}/secrets/unlockpin`;
		expect((await ask(tenant, path)).json()).toEqual({ pin: PIN });
		const again = await act('lock');
		expect([again.status, again.text]).toEqual([400, '"This device is already locked."']);
	});

	it('gives no PIN before the Mac took the command', async () => {
		rule({ action: 'lock', afterPolls: 1 });
		expect((await act('lock')).json()).toEqual({ PIN: null });
		const path = `GET /api/v1/devices/${device().device_id}/secrets/unlockpin`;
		expect((await ask(tenant, path)).json()).toEqual({ pin: null });
		expect((await last()).status).toBe(3);
		expect((await ask(tenant, path)).json()).toEqual({ pin: expect.stringMatching(/^\d{6}$/) });
	});

	it('answers everything else with an empty 200', async () => {
		for (const [action, body, platform] of [
			['restart', { NotifyUser: true }, 'Mac'],
			['blankpush', undefined, 'iPad'],
			['lock', undefined, 'iPhone'],
			['erase', { erase_mode: 'WIPE' }, 'Windows'],
			['erase', { erase_flags: 'WIPE_ESIMS,WIPE_EXTERNAL_STORAGE' }, 'Android'],
			['dailycheckin', undefined, 'Windows'],
			['toggledataroaming', { Enabled: false }, 'iPhone'],
			['resetworkprofilepasscode', { newPassword: '123456', resetPasswordFlags: [] }, 'Android'],
		] as const) {
			const answer = await act(action, body, platform);
			expect([action, answer.status, answer.text]).toEqual([action, 200, '']);
			expect(answer.headers.get('content-type')).toBeNull();
		}
	});

	it.each([
		['clearpasscode', undefined, 'Mac'],
		['reinstallagent', undefined, 'iPhone'],
		['lock', undefined, 'Windows'],
		['enablelostmode', undefined, 'Mac'],
		['resetworkprofilepasscode', {}, 'Mac'],
	])('refuses %s on the wrong platform', async (action, body, platform) => {
		const answer = await act(action, body, platform);
		expect([answer.status, answer.json()]).toEqual([
			400,
			{ detail: 'Command is not allowed for current device' },
		]);
	});

	it.each([
		['lock', { message: 'camel' }, 'message'],
		['erase', { PIN: '12345' }, 'PIN'],
		['erase', { erase_mode: 'WIPE_ALL' }, 'erase_mode'],
		['setname', {}, 'DeviceName'],
		['remotedesktop', { EnableRemoteDesktop: 'true' }, 'EnableRemoteDesktop'],
		['deleteuser', { ForceDeletion: true }, 'UserName'],
		['blankpush', { Anything: 1 }, 'Anything'],
	])('refuses %s with %j', async (action, body, field) => {
		const answer = await act(action, body);
		expect(answer.status).toBe(400);
		expect(Object.keys(answer.json())).toEqual([field]);
		expect(tenant.counters.total.executed).toBe(0);
	});

	it('refuses a return-to-service profile that is out of scope', async () => {
		const body = { ReturnToService: { Enabled: true, ProfileId: 'nope' } };
		const answer = await act('erase', body, 'iPad');
		expect(answer.text).toBe('"The specified profile is not in scope for the device"');
	});

	it('completes a command and its effect', async () => {
		await act('setname', { DeviceName: 'Renamed' });
		expect(device().device_name).toBe('Renamed');
		expect(await last()).toMatchObject({ command_type: 'SetName', status: 3, attempts: 1 });
	});

	it('moves a late command from pending over running to completed, and refuses a second', async () => {
		rule({ action: 'setname', afterPolls: 3 });
		await act('setname', { DeviceName: 'Late' });
		const statuses = [(await last()).status];
		const second = await act('setname', { DeviceName: 'Other' });
		expect(second.json()).toEqual({ detail: 'Command already running' });
		statuses.push((await last()).status, (await last()).status);
		expect(statuses).toEqual([2, 2, 3]);
		expect(device().device_name).toBe('Late');
		expect((await act('setname', { DeviceName: 'Other' })).status).toBe(200);
	});

	it('fails with the reason, without the effect', async () => {
		rule({ action: 'setname', outcomes: ['fail'], error: 'Not supervised' });
		await act('setname', { DeviceName: 'Never' });
		expect(await last()).toMatchObject({
			status: 4,
			error_chain: [{ LocalizedDescription: 'Not supervised' }],
		});
		expect(device().device_name).not.toBe('Never');
	});

	it('answers NotNow first, then completes', async () => {
		rule({
			serial_number: device().serial_number,
			outcomes: ['notNow', 'complete'],
			afterPolls: 1,
		});
		await act('restart');
		expect((await last()).status).toBe(5);
		expect((await last()).status).toBe(3);
	});

	it('takes the configured time', async () => {
		rule({ afterMs: 60_000 });
		await act('restart');
		expect([1, 2]).toContain((await last()).status);
		expect(tenant.state.pending).toHaveLength(1);
	});

	it('walks through lost mode', async () => {
		const path = `/api/v1/devices/${device('iPad').device_id}/details/lostmode`;
		const outside = await act('playlostmodesound', undefined, 'iPad');
		expect([outside.status, outside.json()]).toEqual([400, ['Device is not in lost mode.']]);
		expect((await ask(tenant, `GET ${path}`)).json()).toEqual(['Device is not in lost mode.']);
		await act('enablelostmode', { Message: 'Lost', Footnote: 'F' }, 'iPad');
		await act('updatelocation', undefined, 'iPad');
		const inside = (await ask(tenant, `GET ${path}`)).json();
		expect(inside).toMatchObject({
			lost_mode: {
				lost_mode_status: 'ENABLED',
				lock_screen_message: 'Lost',
				last_location: { latitude: expect.any(String) },
			},
		});
		expect(device('iPad').lost_mode_status).toBe('ENABLED');
		expect((await ask(tenant, `DELETE ${path}`)).status).toBe(400);
		await act('disablelostmode', undefined, 'iPad');
		expect(device('iPad').lost_mode_status).toBe('');
	});

	it('cancels lost mode that failed', async () => {
		rule({ action: 'enablelostmode', outcomes: ['fail'] });
		await act('enablelostmode', {}, 'iPad');
		expect(device('iPad').lost_mode_status).toBe('ERROR');
		const path = `DELETE /api/v1/devices/${device('iPad').device_id}/details/lostmode`;
		expect((await ask(tenant, path)).status).toBe(204);
		expect(device('iPad').lost_mode_status).toBe('');
	});
});
