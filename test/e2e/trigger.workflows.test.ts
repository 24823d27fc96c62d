import { startInbox, type Inbox } from './services/inbox';
import { jiraChanges, startJira, type Issue, type Jira } from './services/jira';
import { mattermostChanges, startMattermost, type Mattermost } from './services/mattermost';
import { expectExactNote, expectSuccess, storeExample, type Changes } from './support/example';
import { startKandji, type Kandji } from './support/kandji';

describe('the trigger’s example workflows', () => {
	let kandji: Kandji;
	let inbox: Inbox;
	let jira: Jira;
	let mattermost: Mattermost;

	beforeAll(async () => {
		[kandji, inbox, jira, mattermost] = await Promise.all([
			startKandji({ devices: 60 }),
			startInbox(),
			startJira(),
			startMattermost(),
		]);
	});
	afterAll(
		async () =>
			await Promise.all([kandji.tenant.close(), inbox.close(), jira.close(), mattermost.close()]),
	);

	/** Fetches test events, real devices of the tenant, and runs the example with them. */
	const run = async (file: string, changes: Changes) => {
		const workflow = await storeExample(kandji, file, changes);
		expectSuccess(await kandji.client.run(workflow, 'Kandji Trigger'));
	};

	it('new-mac-enrolled opens one ticket and posts one message for each Mac', async () => {
		const { credentials, nodes } = jiraChanges(jira);
		const chat = mattermostChanges(mattermost);
		const runIt = async () =>
			await run('new-mac-enrolled', {
				credentials: { ...credentials, ...chat.credentials },
				nodes: { ...nodes, ...chat.nodes },
			});
		await runIt();
		const devices = [...kandji.tenant.state.devices.values()];
		const [{ key, fields }] = jira.issues as [Issue];
		const serial = fields.description?.split(', ').find((part) => /^\w{12}$/.test(part));
		const mac = devices.find((device) => device.serial_number === serial)!;
		expect(mac.platform).toBe('Mac');
		expect(fields).toMatchObject({
			summary: `Set up ${mac.device_name}`,
			labels: ['kandji-enrollment', expect.stringMatching(/^deviceEnrolled:/)],
		});
		expect(mattermost.posts.map(({ message }) => message)).toEqual([
			`New Mac: ${mac.device_name} (${serial}) in ${mac.blueprint_name}, ${key}`,
		]);
		await runIt();
		expect(jira.issues).toHaveLength(1);
		expect(mattermost.posts).toHaveLength(1);
	});

	it('blueprint-or-user-changed appends one row for each change', async () => {
		const before = inbox.reports().length;
		await run('blueprint-or-user-changed', {
			settings: { rowUrl: `${inbox.url}/reports` },
			tokens: { Table: inbox.token },
		});
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
