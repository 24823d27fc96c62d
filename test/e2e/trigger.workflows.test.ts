import { startInbox, type Inbox } from './services/inbox';
import { expectExactNote, expectSuccess, storeExample } from './support/example';
import { startKandji, type Kandji } from './support/kandji';

describe('the trigger’s example workflows', () => {
	let kandji: Kandji;
	let inbox: Inbox;

	beforeAll(async () => {
		[kandji, inbox] = await Promise.all([startKandji({ devices: 60 }), startInbox()]);
	});
	afterAll(async () => await Promise.all([kandji.tenant.close(), inbox.close()]));

	/** Fetches test events, real devices of the tenant, and runs the example with them. */
	const run = async (file: string, settings: Record<string, string>, tokens: string[]) => {
		const workflow = await storeExample(kandji, file, {
			settings,
			tokens: Object.fromEntries(tokens.map((name) => [name, inbox.token])),
		});
		expectSuccess(await kandji.client.run(workflow, 'Kandji Trigger'));
	};

	it('new-mac-enrolled opens one ticket and posts one message for each Mac', async () => {
		const settings = { ticketUrl: `${inbox.url}/tickets`, messageUrl: `${inbox.url}/reports` };
		const runIt = async () => await run('new-mac-enrolled', settings, ['Ticket system', 'Chat']);
		await runIt();
		const serials = inbox.tickets.map(({ body }) =>
			body.split(', ').find((part) => /^\w{12}$/.test(part)),
		);
		const devices = [...kandji.tenant.state.devices.values()];
		expect(serials).toHaveLength(1);
		for (const serial of serials) {
			expect(devices.find((device) => device.serial_number === serial)?.platform).toBe('Mac');
		}
		expect(inbox.reports()).toEqual(
			serials.map((serial) => ({ text: expect.stringContaining(`(${serial})`) })),
		);
		await runIt();
		expect(inbox.tickets).toHaveLength(1);
		expect(inbox.reports()).toHaveLength(1);
	});

	it('blueprint-or-user-changed appends one row for each change', async () => {
		const before = inbox.reports().length;
		await run('blueprint-or-user-changed', { rowUrl: `${inbox.url}/reports` }, ['Table']);
		const rows = inbox.reports().slice(before) as Array<Record<string, string>>;
		expect(rows).toHaveLength(1);
		for (const row of rows) {
			const device = kandji.tenant.state.devices.get(row.device_id!)!;
			expect(row).toEqual({
				event_id: expect.stringMatching(/^deviceChanged:/),
				noticed_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
				changed: 'blueprint_id, user',
				device_id: device.device_id,
				serial_number: device.serial_number,
				device_name: device.device_name,
				// A test event has no earlier values: it shows the present ones in their place.
				blueprint_before: device.blueprint_name,
				blueprint: device.blueprint_name,
				user_before: device.user ? device.user.email : '',
				user: device.user ? device.user.email : '',
			});
		}
	});

	it.each(['new-mac-enrolled', 'blueprint-or-user-changed'])(
		'%s uses every permission that its note names, and no other',
		expectExactNote,
	);
});
