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
	const withSerial = ({ serial_number }: Device) =>
		node(`any-${serial_number}`, { postureIdentity: { serialNumbers: [serial_number] } });
	const assign = (device: Device, { id, name, email, archived }: User) => {
		device.user = { id, name, email, is_archived: archived };
	};

	/** Runs the example, and returns what gives the rows of a finding. */
	const report = async () => {
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
		const [{ rows }] = inbox.reports() as [{ rows: Array<Record<string, string>> }];
		return (finding: string) => rows.filter((row) => row.finding === finding);
	};
	/** The Macs, which have just checked in and have no user. */
	const freshMacs = () => {
		const macs = [...kandji.tenant.state.devices.values()].filter(
			({ platform }) => platform === 'Mac',
		);
		for (const device of macs) {
			device.user = '';
			device.last_check_in = zulu(Date.now());
		}
		return macs;
	};

	beforeEach(() => {
		kandji.tenant.reset();
		inbox.received.length = 0;
		tailnet.length = 0;
	});

	it('reports who is on one side only, and who has not checked in', async () => {
		const { state } = kandji.tenant;
		const macs = freshMacs();
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

		const found = await report();
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

	it('takes each device once: two of a person or of a name need two on the other side', async () => {
		const [one, two, several, left, ...others] = freshMacs() as [
			Device,
			Device,
			Device,
			Device,
			...Device[],
		];
		const [person, other] = [...kandji.tenant.state.users.values()] as [User, User];
		tailnet.push(...[left, ...others].map(withSerial));
		one.device_name = 'MacBook Pro';
		two.device_name = 'MacBook Pro';
		assign(left, other);
		several.last_check_in = zulu(Date.now() - 20 * DAY);
		assign(several, person);
		tailnet.push(
			node('macbook-pro'),
			node('known', {
				postureIdentity: { serialNumbers: ['BOARD1', several.serial_number] },
				user: person.email,
			}),
			node('second', { user: other.email.toUpperCase() }),
			node('third', { user: person.email }),
		);
		const found = await report();
		expect(found('not managed')).toEqual([
			{
				finding: 'not managed',
				name: 'second',
				user: other.email.toUpperCase(),
				serial_number: null,
				last_seen: expect.any(String),
			},
			expect.objectContaining({ name: 'third' }),
		]);
		expect(found('not on the tailnet').map(({ serial_number }) => serial_number)).toEqual([
			two.serial_number,
		]);
		expect(found('not checked in')).toEqual([
			{
				finding: 'not checked in',
				name: several.device_name,
				user: person.email,
				serial_number: several.serial_number,
				last_seen: several.last_check_in,
			},
		]);
	});

	it('pairs as many devices as a person has on both sides', async () => {
		const [first, second, third, ...others] = freshMacs() as [Device, Device, Device, ...Device[]];
		const [person] = [...kandji.tenant.state.users.values()] as [User];
		for (const mac of [first, second, third]) assign(mac, person);
		tailnet.push(...others.map(withSerial));
		tailnet.push(node('x1', { user: person.email }), node('x2', { user: person.email }));
		const found = await report();
		expect(found('not managed')).toEqual([]);
		expect(found('not on the tailnet')).toHaveLength(1);
		expect(found('not checked in')).toEqual([]);
	});

	it('reports all Macs for an empty tailnet, and nothing when all are on both sides', async () => {
		const macs = freshMacs();
		const missing = await report();
		expect(missing('not on the tailnet')).toHaveLength(macs.length);
		inbox.received.length = 0;
		tailnet.push(...macs.map(withSerial));
		await report();
		expect(inbox.reports()).toEqual([{ title: 'Tailscale and Kandji', rows: [] }]);
	});

	it('reports the whole tailnet when Kandji has no device of the platforms', async () => {
		for (const { device_id } of freshMacs())
			kandji.tenant.mutate({ op: 'removeDevice', device_id });
		tailnet.push(node('one'), node('two', { postureIdentity: { serialNumbers: ['X1', 'X2'] } }));
		const found = await report();
		expect(found('not managed').map(({ name }) => name)).toEqual(['one', 'two']);
		expect(found('not on the tailnet')).toEqual([]);
	});

	it('uses every permission that its note names, and no other', () => {
		expectExactNote('tailscale-reconciliation');
	});
});
