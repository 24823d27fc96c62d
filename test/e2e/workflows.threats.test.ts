import { startInbox, type Inbox } from './services/inbox';
import { expectExactNote, expectSuccess, runExample } from './support/example';
import { startKandji, type Kandji } from './support/kandji';

describe('Threats and vulnerabilities to tickets', () => {
	let kandji: Kandji;
	let inbox: Inbox;

	beforeAll(async () => {
		[kandji, inbox] = await Promise.all([startKandji({ devices: 60 }), startInbox()]);
	});
	afterAll(async () => await Promise.all([kandji.tenant.close(), inbox.close()]));

	const run = async () =>
		await runExample(kandji, 'threats-to-tickets', {
			settings: { ticketUrl: inbox.url, days: 3650 },
			tokens: { 'Ticket system': inbox.token },
		});
	const ids = () => inbox.tickets.map(({ externalId }) => externalId);

	it('opens one ticket for each open threat and critical vulnerability', async () => {
		expectSuccess(await run());
		const { threats, vulnerabilities } = kandji.tenant.state;
		const open = threats.filter(({ status }) => status === 'NOT_QUARANTINED');
		const critical = [...vulnerabilities.values()].filter(
			({ severity, status }) => severity === 'Critical' && status === 'Active',
		);
		expect(open.length * critical.length).toBeGreaterThan(0);
		expect(new Set(ids())).toEqual(
			new Set([
				...open.map(({ device_id, file_hash }) => `kandji-threat-${device_id}-${file_hash}`),
				...critical.map(({ cve_id }) => `kandji-vulnerability-${cve_id}`),
			]),
		);
		expect(new Set(ids()).size).toBe(ids().length);
	});

	it('opens a ticket only for what is new', async () => {
		const before = ids();
		kandji.tenant.mutate({
			op: 'addThreat',
			fields: { status: 'NOT_QUARANTINED', threat_name: 'New.Malware', file_hash: 'abc123' },
		});
		expectSuccess(await run());
		expect(ids()).toHaveLength(before.length + 1);
		expect(inbox.tickets.at(-1)).toMatchObject({
			title: expect.stringContaining('New.Malware'),
			externalId: expect.stringContaining('abc123'),
		});
	});

	it('uses every permission that its note names, and no other', () => {
		expectExactNote('threats-to-tickets');
	});
});
