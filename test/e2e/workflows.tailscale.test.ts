import { zulu, DAY } from '../../simulator/tenant/state/dates';
import type { Device, User } from '../../simulator/tenant/state/types';
import { startInbox, type Inbox } from './services/inbox';
import type { Service } from './services/service';
import { startTailscale, type TailnetDevice } from './services/tailscale';
import { expectExactNote, expectSuccess, runExample } from './support/example';
import { startKandji, type Kandji } from './support/kandji';

describe('Tailscale and Kandji reconciliation', () => {
	let kandji: Kandji;
	let inbox: Inbox;
	let tailscale: Service;
	const tailnet: TailnetDevice[] = [];

	beforeAll(async () => {
		[kandji, inbox, tailscale] = await Promise.all([
			startKandji({ devices: 60 }),
			startInbox(),
			startTailscale(tailnet),
		]);
	});
	afterAll(
		async () => await Promise.all([kandji.tenant.close(), inbox.close(), tailscale.close()]),
	);

	const node = (hostname: string, fields: Partial<TailnetDevice> = {}): TailnetDevice => ({
		nodeId: `n-${hostname}`,
		hostname,
		user: 'nobody@acme.example',
		lastSeen: zulu(Date.now()),
		...fields,
	});
	const assign = (device: Device, { id, name, email, archived }: User) => {
		device.user = { id, name, email, is_archived: archived };
	};

	it('reports who is on one side only, and who has not checked in', async () => {
		const { state } = kandji.tenant;
		const macs = [...state.devices.values()].filter(({ platform }) => platform === 'Mac');
		for (const device of macs) {
			device.user = '';
			device.last_check_in = zulu(Date.now());
		}
		const [bySerial, byName, byUser, stale, alone] = macs as [
			Device,
			Device,
			Device,
			Device,
			Device,
		];
		const [person] = [...state.users.values()] as [User];
		assign(byUser, person);
		stale.last_check_in = zulu(Date.now() - 20 * DAY);
		tailnet.push(
			node('renamed', {
				postureIdentity: { serialNumbers: [bySerial.serial_number.toLowerCase()] },
			}),
			node(byName.device_name.toUpperCase()),
			node('some-laptop', { user: person.email }),
			node('old', { postureIdentity: { serialNumbers: [stale.serial_number] } }),
			node('private-mac', { user: person.email, postureIdentity: { serialNumbers: ['UNKNOWN1'] } }),
			node('shared', { isExternal: true }),
			node('ci', { isEphemeral: true }),
			node('server', { tags: ['tag:prod'] }),
		);

		expectSuccess(
			await runExample(kandji, 'tailscale-reconciliation', {
				settings: {
					tailscaleUrl: tailscale.url,
					reportUrl: `${inbox.url}/reports`,
					platforms: 'Mac',
				},
				tokens: { Tailscale: tailscale.token, 'Report webhook': inbox.token },
			}),
		);

		const [report] = inbox.reports() as [{ rows: Array<Record<string, string>> }];
		const found = (finding: string) => report.rows.filter((row) => row.finding === finding);
		expect(found('not managed').map(({ name }) => name)).toEqual(['private-mac']);
		expect(found('not checked in').map((row) => row.serial_number)).toEqual([stale.serial_number]);
		const missing = found('not on the tailnet').map((row) => row.serial_number);
		const joined = new Set([bySerial, byName, byUser, stale]);
		expect(missing.sort()).toEqual(
			macs
				.filter((mac) => !joined.has(mac))
				.map((mac) => mac.serial_number)
				.sort(),
		);
		expect(missing).toContain(alone.serial_number);
		expect(kandji.tenant.counters.log.every(({ method }) => method === 'GET')).toBe(true);
	});

	it('uses every permission that its note names, and no other', () => {
		expectExactNote('tailscale-reconciliation');
	});
});
