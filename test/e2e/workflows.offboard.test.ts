import { outputOf } from '../../scripts/n8n/client';
import type { Device } from '../../simulator/tenant/state/types';
import { startInbox, type Inbox } from './services/inbox';
import { expectExactNote, expectSuccess, runExample } from './support/example';
import { startKandji, type Kandji } from './support/kandji';

const LOCK = 'POST /api/v1/devices/{device_id}/action/lock';
const DELETE_USER = 'DELETE /api/v1/users/{user_id}';

describe('Offboard a person', () => {
	let kandji: Kandji;
	let inbox: Inbox;

	beforeAll(async () => {
		[kandji, inbox] = await Promise.all([startKandji({ devices: 200 }), startInbox()]);
	});
	beforeEach(() => {
		kandji.tenant.reset();
		inbox.tickets.length = 0;
	});
	afterAll(async () => await Promise.all([kandji.tenant.close(), inbox.close()]));

	const executed = (operation: string) =>
		kandji.tenant.counters.operations[operation]?.executed ?? 0;

	/** Somebody with exactly two Macs. */
	const leaver = () => {
		const { state } = kandji.tenant;
		const [user] = [...state.users.values()];
		const macs = [...state.devices.values()].filter(({ platform }) => platform === 'Mac');
		const devices = macs.slice(0, 2);
		for (const device of state.devices.values()) {
			if ((device.user || undefined)?.id === user!.id) device.user = '';
		}
		const { id, name, email, archived } = user!;
		for (const mac of devices) mac.user = { id, name, email, is_archived: archived };
		return { user: user!, devices };
	};
	const run = async (email: string, dryRun: boolean) =>
		await runExample(kandji, 'offboard-person', {
			settings: { email, dryRun, ticketUrl: inbox.url, note: 'Offboarded, ticket 4711' },
			tokens: { 'Ticket system': inbox.token },
		});
	const notesOf = ({ device_id }: Device) =>
		(kandji.tenant.state.notes.get(device_id) ?? []).map(({ content }) => content);

	it('locks, notes and unassigns the devices, deletes the user and opens a ticket with the PINs', async () => {
		const { user, devices } = leaver();
		expectSuccess(await run(user.email.toUpperCase(), false));
		const { state } = kandji.tenant;
		expect(executed(LOCK)).toBe(2);
		expect(state.users.has(user.id)).toBe(false);
		expect(inbox.tickets).toHaveLength(1);
		for (const mac of devices) {
			const pin = state.locks.get(mac.device_id);
			expect(pin).toMatch(/^\d{6}$/);
			expect(inbox.tickets[0]?.body).toContain(`${mac.serial_number} · lock · done · PIN ${pin}`);
			expect(notesOf(mac)).toContain('Offboarded, ticket 4711');
			expect(state.devices.get(mac.device_id)?.user).toBeFalsy();
		}
		expect(inbox.tickets[0]?.title).toBe(`Offboarded ${user.name}`);
	});

	it('changes nothing in a dry run', async () => {
		const { user, devices } = leaver();
		const execution = await run(user.email, true);
		expectSuccess(execution);
		const [plan, ...steps] = outputOf(execution, 'Only listed the steps');
		expect(plan?.json).toMatchObject({ dry_run: true, devices: 2, planned: 7 });
		expect(steps).toHaveLength(7);
		const writes = kandji.tenant.counters.log.filter(({ method }) => method !== 'GET');
		expect(writes).toEqual([]);
		expect(devices.map(notesOf).flat()).not.toContain('Offboarded, ticket 4711');
		expect(inbox.tickets).toEqual([]);
	});

	it('opens a ticket that says what is left when a step fails, and goes on from there', async () => {
		const { user } = leaver();
		const fault = kandji.tenant.faults.add({
			kind: 'status',
			status: 500,
			method: 'DELETE',
			path: '/api/v1/users',
		});
		expectSuccess(await run(user.email, false));
		expect(inbox.tickets).toHaveLength(1);
		expect(inbox.tickets[0]).toMatchObject({
			title: `Offboarding of ${user.email} stopped`,
			body: expect.stringContaining('delete user'),
			priority: 'high',
		});
		expect(kandji.tenant.state.users.has(user.id)).toBe(true);
		expect(executed(LOCK)).toBe(2);

		kandji.tenant.faults.clear(fault);
		expectSuccess(await run(user.email, false));
		expect(executed(LOCK)).toBe(2);
		expect(executed(DELETE_USER)).toBe(1);
		expect(inbox.tickets.at(-1)?.title).toBe(`Offboarded ${user.name}`);
	});

	it('tells the PIN of a Mac that an earlier run locked', async () => {
		const { user, devices } = leaver();
		const fault = kandji.tenant.faults.add({
			kind: 'status',
			status: 500,
			method: 'PATCH',
			path: '/api/v1/devices',
		});
		expectSuccess(await run(user.email, false));
		expect(executed(LOCK)).toBe(1);
		const [locked] = devices.filter(({ device_id }) => kandji.tenant.state.locks.has(device_id));

		kandji.tenant.faults.clear(fault);
		expectSuccess(await run(user.email, false));
		expect(executed(LOCK)).toBe(2);
		const pin = kandji.tenant.state.locks.get(locked!.device_id);
		expect(inbox.tickets.at(-1)?.body).toContain(
			`${locked!.serial_number} · lock · done before · PIN ${pin}`,
		);
	});

	it('opens a ticket and changes nothing when the address is not exactly one person’s', async () => {
		expectSuccess(await run('@acme.example', false));
		expect(kandji.tenant.counters.log.filter(({ method }) => method !== 'GET')).toEqual([]);
		expect(inbox.tickets).toEqual([
			expect.objectContaining({
				title: 'Offboarding of @acme.example stopped',
				body: expect.stringContaining('There is no user'),
			}),
		]);
	});

	it('uses every permission that its note names, and no other', () => {
		expectExactNote('offboard-person');
	});
});
