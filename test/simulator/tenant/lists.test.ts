import { ask } from '../../../simulator/tenant/client';
import { startTenant, type Tenant } from '../../../simulator/tenant/index';

type Row = Record<string, unknown>;

interface Page {
	count?: number;
	total_count?: number;
	next: string | null;
	previous: string | null;
	results: Row[];
}

describe('lists', () => {
	let tenant: Tenant;

	beforeAll(async () => {
		tenant = await startTenant({
			devices: 700,
			users: 650,
			rateLimit: false,
			sizes: { adeDevices: 650, routingActivity: 640 },
		});
	});
	afterAll(() => tenant.close());

	const get = async <T = Page>(path: string) => {
		const answer = await ask(tenant, `GET ${path}`);
		expect(answer.status).toBe(200);
		return answer.json<T>();
	};
	/** Follows `next` by its query string on the tenant's own host, as a careful client does. */
	const follow = async (path: string) => {
		const pages: Page[] = [];
		for (let url: string | null = path; url !== null;) {
			const page: Page = await get(url);
			pages.push(page);
			if (page.next) expect(page.next).toMatch(/^https:\/\/acme\.kandji\.io\/api\/v1\//);
			url = page.next && path.split('?')[0] + new URL(page.next).search;
		}
		return pages;
	};
	const device = (platform = 'Mac') =>
		[...tenant.state.devices.values()].find((candidate) => candidate.platform === platform)!;

	it('pages devices as a bare array with totals in headers', async () => {
		const answer = await ask(tenant, 'GET /api/v1/devices?limit=300&offset=600');
		expect(answer.json<Row[]>()).toHaveLength(100);
		expect(answer.headers.get('x-total-count')).toBe('700');
		expect(answer.headers.get('x-total-pages')).toBe('3');
		expect(answer.headers.get('link')).toBe('<None>; rel="next"');
		expect(await get<Row[]>('/api/v1/devices?limit=900')).toHaveLength(300);
		expect(await get<Row[]>('/api/v1/devices?offset=700')).toEqual([]);
		const pages = await Promise.all(
			[0, 300, 600].map((offset) => get<Row[]>(`/api/v1/devices?offset=${offset}`)),
		);
		expect(new Set(pages.flat().map((row) => row.device_id)).size).toBe(700);
	});

	it.each([
		['/api/v1/blueprints?limit=3', 8],
		['/api/v1/blueprint-routing/activity', 640],
		['/api/v1/tags?search=&limit=5', 12],
		['/api/v1/library/custom-apps?limit=5', 12],
		['/api/v1/library/ipa-apps?limit=3&offset=0', 4],
		['/api/v1/library/custom-profiles', 310],
		['/api/v1/integrations/apple/ade/devices', 650],
		['/api/v1/integrations/apple/ade', 2],
		['/api/v1/blueprints/templates/', 2],
	])('pages %s with count, next, previous, results', async (path, count) => {
		const pages = await follow(path);
		for (const page of pages) {
			expect(Object.keys(page)).toEqual(['count', 'next', 'previous', 'results']);
			expect(page.count).toBe(count);
		}
		const ids = pages.flatMap((page) => page.results.map((row) => row.id));
		expect(new Set(ids).size).toBe(count);
		expect(pages[0]!.previous).toBeNull();
		if (pages.length > 1) expect(pages[1]!.previous).not.toBeNull();
	});

	it('pages a blueprint and its items, and refuses limits above the documented maximum', async () => {
		const [blueprint] = tenant.state.blueprints.values();
		const pages = await follow(`/api/v1/blueprints/${blueprint!.id}/list-library-items?limit=4`);
		expect(pages.length).toBeGreaterThan(1);
		expect(Object.keys(pages[0]!.results[0]!)).toEqual(['id', 'name']);
		expect((await ask(tenant, 'GET /api/v1/blueprints?limit=1001')).status).toBe(400);
		expect((await ask(tenant, 'GET /api/v1/prism/apps?limit=301')).status).toBe(400);
		expect((await ask(tenant, 'GET /api/v1/library/custom-profiles?page=9')).status).toBe(404);
	});

	it.each(['activity', 'commands'])('wraps %s of a device', async (what) => {
		const { device_id } = device();
		const body = await get<Row>(`/api/v1/devices/${device_id}/${what}?limit=2`);
		expect(Object.keys(body)).toEqual(['device_id', what]);
		expect(body.device_id).toBe(device_id);
		const page = body[what] as Page;
		expect(page.results).toHaveLength(2);
		expect(page.count).toBeGreaterThan(2);
		expect(page.next).toContain('offset=2');
	});

	it.each([
		['apps', ['apps']],
		['library-items', ['library_items']],
		['parameters', ['parameters']],
		['status', ['library_items', 'parameters']],
	])('wraps %s of a device without paging', async (what, keys) => {
		const body = await get<Row>(`/api/v1/devices/${device().device_id}/${what}`);
		expect(Object.keys(body)).toEqual(['device_id', ...keys]);
		for (const key of keys) expect((body[key] as Row[]).length).toBeGreaterThan(0);
	});

	it.each(['device_information', 'apps', 'local_users', 'filevault'])(
		'pages Prism %s by offset and by cursor alike',
		async (category) => {
			interface Prism {
				offset: number | null;
				limit: number;
				total: number | null;
				data: Row[];
				cursor: string | null;
			}
			const path = `/api/v1/prism/${category}`;
			const { count } = await get<{ count: number }>(`/api/v1/prism/count?category=${category}`);
			const first = await get<Prism>(path);
			expect(Object.keys(first)).toEqual(['offset', 'limit', 'total', 'data', 'cursor']);
			expect(first).toMatchObject({ limit: 25, total: null });
			expect(first.data).toHaveLength(25);
			const byOffset: Row[] = [];
			for (let offset = 0; offset < count; offset += 300) {
				byOffset.push(...(await get<Prism>(`${path}?limit=300&offset=${offset}`)).data);
			}
			const byCursor: Row[] = [];
			for (let cursor: string | null = ''; cursor !== null;) {
				const query = `limit=300&cursor=${encodeURIComponent(cursor)}`;
				const page: Prism = await get(`${path}?${query}`);
				byCursor.push(...page.data);
				cursor = page.cursor;
			}
			expect(byOffset).toHaveLength(count);
			expect(byCursor).toEqual(byOffset);
			expect(await get<Prism>(`${path}?offset=${count}`)).toMatchObject({ data: [], cursor: null });
		},
	);

	it('pages users by cursor, without a count, unmoved by users that go', async () => {
		const first = await get('/api/v1/users');
		expect(Object.keys(first)).toEqual(['next', 'previous', 'results']);
		expect(first.results).toHaveLength(300);
		const kept = first.results[299]!;
		tenant.state.users.delete(String(kept.id));
		const second = await get(`/api/v1/users${new URL(first.next!).search}`);
		const third = await get(`/api/v1/users${new URL(second.next!).search}`);
		expect(third.next).toBeNull();
		const ids = [first, second, third].flatMap((page) => page.results.map(({ id }) => id));
		expect(new Set(ids).size).toBe(650);
		const back = await get(`/api/v1/users${new URL(third.previous!).search}`);
		expect(back.results).toEqual(second.results);
		expect((await ask(tenant, 'GET /api/v1/users?cursor=bad')).status).toBe(404);
	});

	it('pages audit events by cursor in either order', async () => {
		for (const order of ['occurred_at', '-occurred_at']) {
			const pages = await follow(`/api/v1/audit/events?limit=500&sort_by=${order}`);
			expect(Object.keys(pages[0]!)).toEqual(['results', 'previous', 'next']);
			const events = pages.flatMap((page) => page.results);
			expect(events).toHaveLength(1200);
			const times = events.map(({ occurred_at }) => String(occurred_at));
			const sorted = [...times].sort();
			expect(times).toEqual(order.startsWith('-') ? sorted.reverse() : sorted);
		}
	});

	it('keeps the boundary event when start_date is its own time', async () => {
		const event = tenant.state.auditEvents.at(-1)!;
		const path = `/api/v1/audit/events?start_date=${event.occurred_at}`;
		const ids = (await get(path)).results.map(({ id }) => id);
		expect(ids).toContain(event.id);
	});

	it('pages threats and detections with their own counts', async () => {
		const threats = await get<Row>('/api/v1/threat-details?limit=7');
		expect(Object.keys(threats)).toEqual([
			'count',
			'next',
			'previous',
			'malware_count',
			'pup_count',
			'results',
		]);
		expect(Number(threats.malware_count) + Number(threats.pup_count)).toBe(40);
		const detections = await get<Row>('/api/v1/behavioral-detections');
		expect(Object.keys(detections)).toEqual([
			'total_count',
			'next',
			'previous',
			'malicious_count',
			'suspicious_count',
			'results',
		]);
		expect(detections.results).toHaveLength(71);
	});

	it('asks for what v2 requires', async () => {
		const { id } = tenant.state.behavioralDetections[0]!.device_info;
		const v2 = '/api/v2/threat';
		expect((await ask(tenant, `GET ${v2}/threat-details`)).status).toBe(400);
		expect((await ask(tenant, `GET ${v2}/behavioral-detections/events`)).status).toBe(400);
		const released = await get(`${v2}/threat-details?statuses=quarantined,released`);
		expect(released.results.length).toBeGreaterThan(0);
		for (const row of released.results) expect(row.status).toMatch(/QUARANTINED|RELEASED/);
		const events = await get(`${v2}/behavioral-detections/events?device_id=${id}`);
		expect(events.results[0]).toMatchObject({ device_info: { id }, severity: expect.any(String) });
	});

	it('pages vulnerability detections by after and size', async () => {
		const path = '/api/v1/vulnerability-management/detections?size=300';
		const pages = await follow(path);
		expect(Object.keys(pages[0]!)).toEqual(['next', 'previous', 'results']);
		const total = tenant.state.vulnerabilityDetections.length;
		expect(pages.flatMap((page) => page.results)).toHaveLength(total);
		expect(pages.length).toBe(Math.ceil(total / 300));
		expect((await ask(tenant, `GET ${path}0`)).status).toBe(400);
	});

	it('pages vulnerabilities by page and size', async () => {
		const path = '/api/v1/vulnerability-management/vulnerabilities';
		const page = await get<Row>(`${path}?page=3&size=50`);
		expect(page).toMatchObject({ total: 120, page: 3, size: 50 });
		expect(page.results).toHaveLength(20);
		const filter = encodeURIComponent('{"severity":{"in":["High"]}}');
		const high = await get<Page>(`${path}?filter=${filter}&sort_by=-cvss_score`);
		expect(high.results.every(({ severity }) => severity === 'High')).toBe(true);
		const [cve] = tenant.state.vulnerabilityDetections;
		const devices = await get<Row>(`${path}/${cve!.cve_id}/devices`);
		const software = await get<Row>(`${path}/${cve!.cve_id}/software`);
		for (const body of [devices, software]) {
			expect(Object.keys(body)).toEqual(['total', 'page', 'size', 'results']);
			expect(Number(body.total)).toBeGreaterThan(0);
		}
	});

	it('lists notes and categories as bare arrays', async () => {
		expect(await get(`/api/v1/devices/${device().device_id}/notes`)).toEqual([]);
		expect(await get('/api/v1/self-service/categories')).toHaveLength(4);
	});

	it('pages the devices of a library item', async () => {
		const [blueprint] = tenant.state.blueprints.values();
		const [item] = blueprint!.nodes.get('')!;
		const pages = await follow(`/api/v1/library/library-items/${item}/status?limit=300`);
		const ids = pages.flatMap((page) => page.results.map(({ computer }) => (computer as Row).id));
		expect(new Set(ids).size).toBe(pages[0]!.count);
		const one = await get(`/api/v1/library/library-items/${item}/status?computer_id=${ids[0]}`);
		expect(one.count).toBe(1);
		const activity = await get(`/api/v1/library/library-items/${item}/activity`);
		expect(activity.results.at(-1)).toMatchObject({ activity_type: 'library_item_created' });
	});
});
