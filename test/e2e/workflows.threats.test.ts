import { jiraChanges, startJira, type Jira } from './services/jira';
import { expectExactNote, expectSuccess, runExample } from './support/example';
import { startKandji, type Kandji } from './support/kandji';

describe('Threats and vulnerabilities to tickets', () => {
	let kandji: Kandji;
	let jira: Jira;

	beforeAll(async () => {
		[kandji, jira] = await Promise.all([startKandji({ devices: 60 }), startJira()]);
	});
	afterAll(async () => await Promise.all([kandji.tenant.close(), jira.close()]));

	const run = async () =>
		await runExample(kandji, 'threats-to-tickets', {
			settings: { days: 3650 },
			...jiraChanges(jira),
		});
	const ids = () => jira.issues.flatMap(({ fields }) => fields.labels.slice(1));

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
		const [{ cve_id }] = critical as [(typeof critical)[number]];
		const { fields } = jira.issues.find(({ fields: { labels } }) =>
			labels.includes(`kandji-vulnerability-${cve_id}`),
		)!;
		expect(fields).toMatchObject({
			summary: expect.stringContaining(cve_id),
			description: expect.stringContaining('http'),
			priority: { id: '2' },
			labels: ['kandji', expect.any(String)],
		});
	});

	it('opens no ticket twice, be it on the second page of Jira, and one for what is new', async () => {
		// Somebody's own label, and issues enough for several pages.
		jira.issues[0]!.fields.labels.unshift('reviewed');
		const [first] = jira.issues as [Jira['issues'][number]];
		const others = Array.from({ length: 120 }, (_, index) => ({
			...first,
			id: `other-${index}`,
			fields: { ...first.fields, labels: ['kandji', `kandji-threat-other-${index}`] },
		}));
		jira.issues.unshift(...others);
		const before = jira.issues.length;
		kandji.tenant.mutate({
			op: 'addThreat',
			fields: { status: 'NOT_QUARANTINED', threat_name: 'New.Malware', file_hash: 'abc123' },
		});
		expectSuccess(await run());
		expect(jira.issues).toHaveLength(before + 1);
		expect(jira.issues.at(-1)?.fields).toMatchObject({
			summary: expect.stringContaining('New.Malware'),
			labels: ['kandji', expect.stringContaining('abc123')],
		});
	});

	it('goes on where a run ended that could not open a ticket', async () => {
		const before = jira.issues.length;
		for (const file_hash of ['first', 'second', 'third']) {
			const fields = { status: 'NOT_QUARANTINED' as const, threat_name: file_hash, file_hash };
			kandji.tenant.mutate({ op: 'addThreat', fields });
		}
		const threat = kandji.tenant.state.threats.find(({ file_hash }) => file_hash === 'second')!;
		jira.refused = `second on ${threat.device_name}`;
		const { status, data } = await run();
		expect(status).toBe('error');
		expect(data.resultData.lastNodeExecuted).toBe('Open ticket');
		delete jira.refused;
		expect(jira.issues.length - before).toBeLessThan(3);
		expectSuccess(await run());
		expect(jira.issues).toHaveLength(before + 3);
	});

	it('uses every permission that its note names, and no other', () => {
		expectExactNote('threats-to-tickets');
	});
});
