import { createPoller, type PollerOptions } from '../../simulator/engine/poller';
import { startTenant, type Mutation, type Tenant } from '../../simulator/tenant/index';
import { spacedZoneless, zoneless, zulu } from '../../simulator/tenant/state/dates';
import { threats, vulnerabilityDetections } from '../../nodes/Kandji/trigger/feeds/sources';
import { credentialOf, eventIds } from './support';

const MINUTE = 60_000;

/** Each feed: its event, its path, and the mutation that adds a record. */
const feeds: Array<[event: string, path: string, mutation: Mutation]> = [
	[
		'auditEvent',
		'/api/v1/audit/events',
		{ op: 'addAuditEvent', event: { action: 'update', target_type: 'blueprint' } },
	],
	['behavioralDetection', '/api/v1/behavioral-detections', { op: 'addBehavioralDetection' }],
	[
		'blueprintRoutingActivity',
		'/api/v1/blueprint-routing/activity',
		{ op: 'addRoutingActivity', activity: { activity_type: 'enrollment' } },
	],
	['threatDetected', '/api/v1/threat-details', { op: 'addThreat' }],
	[
		'vulnerabilityDetected',
		'/api/v1/vulnerability-management/detections',
		{ op: 'addVulnerabilityDetection' },
	],
];

const events = feeds.map(([event]) => event);

describe('Kandji Trigger on feeds', () => {
	let tenant: Tenant;
	let options: PollerOptions;

	beforeAll(async () => {
		tenant = await startTenant({ devices: 100, rateLimit: false });
		options = { credential: credentialOf(tenant) };
	});
	beforeEach(() => tenant.reset());
	afterAll(async () => await tenant.close());

	it('emits nothing at activation, then each record once, with one request per feed', async () => {
		const { poll } = await createPoller({ events, simplify: false }, options);
		expect(await poll()).toBeNull();
		tenant.counters.reset();
		expect(await poll()).toBeNull();
		const { operations, total } = tenant.counters;
		expect(total.received).toBe(feeds.length);
		for (const [, path] of feeds) expect(operations[`GET ${path}`]?.executed).toBe(1);
		const made = feeds.map(([, , mutation]) => tenant.mutate(mutation) as object);
		const items = (await poll())!;
		expect(items.map(({ json }) => json.event)).toEqual(events);
		for (const [index, { json }] of items.entries()) {
			const { event, event_id, ...record } = json;
			expect(event_id).toMatch(new RegExp(`^${String(event)}:[\\w-]+$`));
			expect(made[index]).toMatchObject(record);
		}
		for (const [, , mutation] of [...feeds, ...feeds]) tenant.mutate(mutation);
		const more = (await poll())!;
		expect(more.map(({ json }) => json.event)).toEqual(events.flatMap((event) => [event, event]));
		expect(new Set(eventIds([...items, ...more])).size).toBe(3 * feeds.length);
		expect(await poll()).toBeNull();
	});

	it('emits the first records of empty feeds', async () => {
		Object.assign(tenant.state, {
			auditEvents: [],
			behavioralDetections: [],
			routingActivity: [],
			threats: [],
			vulnerabilityDetections: [],
		});
		const { poll } = await createPoller({ events }, options);
		expect(await poll()).toBeNull();
		for (const [, , mutation] of feeds) tenant.mutate(mutation);
		expect((await poll())!.map(({ json }) => json.event)).toEqual(events);
		expect(await poll()).toBeNull();
	});

	it.each([1, Infinity])(
		'emit none of their old records when %d empty lists came at activation',
		async (times) => {
			const { poll } = await createPoller({ events }, options);
			const body = { results: [], count: 0, next: null };
			const old = Date.now() - 100 * 24 * 60 * MINUTE;
			for (const threat of tenant.state.threats) threat.detection_date = zoneless(old);
			for (const found of tenant.state.behavioralDetections) found.detection_date = zulu(old);
			for (const entry of tenant.state.auditEvents) entry.occurred_at = zulu(old);
			for (const entry of tenant.state.routingActivity) entry.activity_time = zulu(old);
			for (const [, path] of feeds) {
				tenant.faults.add({ kind: 'status', status: 200, body, path, times });
			}
			expect(await poll()).toBeNull();
			tenant.faults.clear();
			const late = (await poll()) ?? [];
			expect(late.filter(({ json }) => json.event !== 'vulnerabilityDetected')).toEqual([]);
			for (const [, , mutation] of feeds) tenant.mutate(mutation);
			expect((await poll())!.map(({ json }) => json.event)).toEqual(events);
		},
	);

	it('simplifies records as the node does', async () => {
		const parameters = {
			events: ['behavioralDetection', 'threatDetected', 'vulnerabilityDetected'],
		};
		const { poll } = await createPoller(parameters, options);
		await poll();
		tenant.mutate({ op: 'addBehavioralDetection' });
		tenant.mutate({ op: 'addThreat' });
		tenant.mutate({ op: 'addVulnerabilityDetection' });
		const [behavior, threat, vulnerability] = (await poll())!.map(({ json }) => json);
		expect(behavior).toMatchObject({
			event: 'behavioralDetection',
			serial_number: expect.any(String),
		});
		expect(behavior).not.toHaveProperty('device_info');
		expect(threat).not.toHaveProperty('library_item_id');
		expect(vulnerability).not.toHaveProperty('cve_description');
	});

	it('emits records of the same time, and late ones, once', async () => {
		const { poll } = await createPoller({ events: ['auditEvent', 'threatDetected'] }, options);
		await poll();
		const now = Date.now();
		const audit = (time: number) =>
			tenant.mutate({
				op: 'addAuditEvent',
				event: { action: 'update', target_type: 'user', occurred_at: zulu(time) },
			});
		const threat = (time: number) =>
			tenant.mutate({ op: 'addThreat', fields: { detection_date: zoneless(time) } });
		for (const add of [audit, threat]) for (let count = 0; count < 3; count++) add(now);
		expect(await poll()).toHaveLength(6);
		audit(now);
		audit(now - 5 * MINUTE);
		threat(now);
		threat(now - 30 * MINUTE);
		expect(await poll()).toHaveLength(4);
		expect(await poll()).toBeNull();
	});

	it('emits records that appear long after their own date: two hours for logs, three days for findings', async () => {
		const { poll } = await createPoller({ events, simplify: false }, options);
		await poll();
		const addAll = (minutesAgo: { log: number; finding: number }) => {
			const log = Date.now() - minutesAgo.log * MINUTE;
			const finding = Date.now() - minutesAgo.finding * MINUTE;
			tenant.mutate({
				op: 'addAuditEvent',
				event: { action: 'update', target_type: 'user', occurred_at: zulu(log) },
			});
			tenant.mutate({
				op: 'addBehavioralDetection',
				fields: { detection_date: zulu(finding) },
			});
			tenant.mutate({
				op: 'addRoutingActivity',
				activity: { activity_type: 'enrollment', activity_time: zulu(log) },
			});
			tenant.mutate({ op: 'addThreat', fields: { detection_date: zoneless(finding) } });
			tenant.mutate({
				op: 'addVulnerabilityDetection',
				fields: { first_detection_date: spacedZoneless(finding) },
			});
		};
		// What came before decides how far the feeds have been read.
		addAll({ log: 0, finding: 0 });
		expect(await poll()).toHaveLength(feeds.length);
		addAll({ log: 11, finding: 5 * 60 });
		addAll({ log: 100, finding: 71 * 60 });
		const items = (await poll())!;
		expect(items.map(({ json }) => json.event)).toEqual(events.flatMap((event) => [event, event]));
		expect(new Set(eventIds(items)).size).toBe(items.length);
		addAll({ log: 24 * 60, finding: 80 * 60 });
		expect(await poll()).toBeNull();
	});

	it('looks back as many hours as chosen, and continues when that changes', async () => {
		const parameters = { events: ['threatDetected'], options: { lookBackHours: 2 } };
		const first = await createPoller(parameters, { ...options, durable: true });
		const add = (hours: number) =>
			tenant.mutate({
				op: 'addThreat',
				fields: { detection_date: zoneless(Date.now() - hours * 60 * MINUTE) },
			});
		await first.poll();
		add(0);
		expect(await first.poll()).toHaveLength(1);
		add(1.5);
		add(3);
		expect(await first.poll()).toHaveLength(1);
		const wider = { events: ['threatDetected'], options: { lookBackHours: 48 } };
		const { staticData } = first;
		const second = await createPoller(wider, { ...options, durable: true, staticData });
		expect(await second.poll()).toBeNull();
		add(1);
		expect(await second.poll()).toHaveLength(1);
	});

	it('emits a record without a date, and names one without an ID in a warning', async () => {
		const poller = await createPoller(
			{ events: ['auditEvent', 'behavioralDetection', 'threatDetected'] },
			options,
		);
		await poller.poll();
		const [audit] = [0, 0].map(
			() =>
				tenant.mutate({
					op: 'addAuditEvent',
					event: { action: 'delete', target_type: 'blueprint' },
				}) as { id?: string },
		);
		delete audit!.id;
		tenant.mutate({ op: 'addBehavioralDetection', fields: { detection_date: '' } });
		tenant.mutate({ op: 'addThreat', fields: { device_id: '', threat_name: 'Adload' } });
		const items = (await poller.poll())!;
		expect(items.map(({ json }) => json.event)).toEqual(['auditEvent', 'behavioralDetection']);
		expect(poller.warnings).toEqual([
			expect.stringMatching(
				/GET \/api\/v1\/audit\/events returned records without an ID, which are skipped: action delete, occurred_at 20/,
			),
			expect.stringMatching(/threat_name Adload/),
		]);
		expect(await poller.poll()).toBeNull();
	});

	it('reads several pages of a backlog, the oldest first', async () => {
		const { poll } = await createPoller({ events: ['auditEvent'] }, options);
		await poll();
		const times = Array.from({ length: 1300 }, (_, index) => Date.now() - 1300 + index);
		for (const time of times) {
			tenant.mutate({
				op: 'addAuditEvent',
				event: { action: 'update', target_type: 'user', occurred_at: zulu(time) },
			});
		}
		const items = await poll();
		expect(items).toHaveLength(1300);
		expect(items!.map(({ json }) => json.occurred_at)).toEqual(times.map(zulu));
		expect(await poll()).toBeNull();
	});

	it('loses nothing while records come in between the pages', async () => {
		const { poll } = await createPoller({ events: ['blueprintRoutingActivity'] }, options);
		await poll();
		const add = () =>
			tenant.mutate({ op: 'addRoutingActivity', activity: { activity_type: 'enrollment' } });
		const ids = new Set<unknown>();
		for (let count = 0; count < 700; count++) ids.add((add() as { id: number }).id);
		const reading = poll();
		const timer = setInterval(() => ids.add((add() as { id: number }).id), 1);
		const items = (await reading)!;
		clearInterval(timer);
		items.push(...((await poll()) ?? []));
		expect(new Set(items.map(({ json }) => json.id))).toEqual(ids);
		expect(items).toHaveLength(ids.size);
	});

	it('does not emit a known detection that was seen again', async () => {
		const { poll } = await createPoller({ events: ['vulnerabilityDetected'] }, options);
		await poll();
		for (const found of tenant.state.vulnerabilityDetections.slice(0, 10)) {
			found.latest_detection_date = spacedZoneless(Date.now());
		}
		expect(await poll()).toBeNull();
	});

	it('filters audit events by action, target and actor', async () => {
		const parameters = {
			events: ['auditEvent'],
			auditFilters: {
				action: 'create, Delete',
				actorType: 'user',
				targetType: ['blueprint', 'device'],
			},
		};
		const { poll } = await createPoller(parameters, options);
		await poll();
		const add = (action: string, target_type: string, actor_type: string) =>
			tenant.mutate({ op: 'addAuditEvent', event: { action, target_type, actor_type } });
		add('delete', 'device', 'user');
		add('create', 'blueprint', 'user');
		add('update', 'device', 'user');
		add('delete', 'user', 'user');
		add('delete', 'device', 'api_token');
		const items = await poll();
		expect(items!.map(({ json }) => json.action).sort()).toEqual(['create', 'delete']);
	});

	it('filters vulnerabilities by severity and score, threats by classification', async () => {
		const parameters = {
			events: ['threatDetected', 'vulnerabilityDetected'],
			threatFilters: { classification: ['MALWARE'] },
			vulnerabilityFilters: { minimumScore: 7, severity: ['High', 'Critical'] },
		};
		const { poll } = await createPoller(parameters, options);
		await poll();
		const found = (cvss_score: number, cvss_severity: string) =>
			tenant.mutate({ op: 'addVulnerabilityDetection', fields: { cvss_score, cvss_severity } });
		found(7.5, 'High');
		found(6.9, 'High');
		found(9.9, 'Low');
		tenant.mutate({ op: 'addThreat', fields: { classification: 'MALWARE' } });
		tenant.mutate({ op: 'addThreat', fields: { classification: 'PUP' } });
		const items = await poll();
		expect(items!.map(({ json }) => json.event)).toEqual([
			'threatDetected',
			'vulnerabilityDetected',
		]);
		expect(new Set(eventIds(items)).size).toBe(2);
	});
});

describe('keys of records without an ID', () => {
	const threat = {
		device_id: 'd',
		threat_name: 'Adload',
		file_hash: 'h',
		file_path: '/Users/ana/a',
		detection_date: '2026-01-15',
	};
	const detection = {
		device_id: 'd',
		cve_id: 'CVE-2024-27804',
		name: 'Safari',
		version: '17.4',
		path: '/Applications/Safari.app',
		bundle_id: 'com.apple.Safari',
		first_detection_date: '2026-01-15',
	};

	it.each([
		['threat', threats, threat],
		['vulnerability detection', vulnerabilityDetections, detection],
	])('differ for each field that identifies a %s, and for no other', (_, { keyOf }, record) => {
		const changed = Object.keys(record).map((field) => keyOf({ ...record, [field]: 'other' }));
		expect(new Set([keyOf(record), ...changed]).size).toBe(Object.keys(record).length + 1);
		expect(keyOf({ ...record, status: 'other' })).toBe(keyOf(record));
	});
});
