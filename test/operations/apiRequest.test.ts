import { onTenant } from './onTenant';

describe('API Request › Send', () => {
	const kandji = onTenant('apiRequest', { devices: 650 });
	const received = () => kandji.tenant.counters.total.received;
	const queries = () =>
		kandji.tenant.counters.log.map(({ url }) => new URL(url, 'http://tenant').searchParams);
	const allPages = { returnAll: true };

	it.each([
		'',
		'//evil.example/api/v1/devices',
		'/\\evil.example/api/v1/devices',
		'http://evil.example/api/v1/devices',
		'https:evil.example',
		'/api/v1//evil.example/devices',
		'/api/../admin',
		'/api/v1/../../admin',
		'/api/v1/devices/..',
		'/api/v1/./devices',
		'/api/v1/%2e%2e/%2E%2E/admin',
		'/api/v1/devices%2F..%2F..',
		'/api/v1/%252e%252e/admin',
		'/api/v1/..%5c..%5cadmin',
		'/api/v1/devices?limit=1',
		'/api/v1/devices#x',
		'/api/v1/devices/{device_id}',
		'/api/v1/devices\r\nX-Header: x',
		'/api/v1/dévices',
		'@evil.example/api/v1/devices',
		'/apiv1/devices',
		'devices',
	])('refuses the path %j', async (path) => {
		const { error } = await kandji.run(
			'send',
			{ path: '={{ $json.path }}' },
			{ input: [{ path }] },
		);
		expect(error!.message).toMatch(path === '' ? 'Path is empty' : /^Path is not valid: /);
		expect(received()).toBe(0);
	});

	it.each(['none', 'limitAndOffset'])(
		'names Path when nothing is there, pagination %s',
		async (pagination) => {
			const { error } = await kandji.run('send', { path: '/api/v1/nothing', pagination });
			expect(error!.message).toBe('Kandji found nothing at the path /api/v1/nothing');
			expect(error!.description).toMatch(/^Check Path: /);
			expect(error!.description).not.toMatch(/credential|Subdomain/);
		},
	);

	it('returns what one request answers', async () => {
		const [device] = [...kandji.tenant.state.devices.values()];
		const path = ` /api/v1/devices/${device!.device_id} `;
		expect(await kandji.json('send', { path })).toEqual([device]);
		expect(kandji.tenant.counters.log[0]!.headers.authorization).toMatch(/^Bearer /);
	});

	it('sends query and body', async () => {
		const [tag] = await kandji.json('send', {
			method: 'POST',
			path: '/api/v1/tags',
			body: '{ "name": "Forklift 9" }',
		});
		expect(tag).toMatchObject({ name: 'Forklift 9' });
		const found = await kandji.json('send', {
			path: '/api/v1/tags',
			queryParameters: { parameters: [{ name: 'search', value: 'Forklift 9' }] },
			pagination: 'limitAndOffset',
			...allPages,
		});
		expect(found).toEqual([tag]);
	});

	it.each([
		['limitAndOffset', '', '/api/v1/devices', 650],
		['cursor', 'results', '/api/v1/users', 455],
		['cursor', 'results', '/api/v1/audit/events', 1200],
		['cursor', 'data', '/api/v1/prism/device_information', 0],
		['page', 'results', '/api/v1/library/custom-profiles', 310],
		['pageAndSize', 'results', '/api/v1/vulnerability-management/vulnerabilities', 120],
		['afterAndSize', 'results', '/api/v1/vulnerability-management/detections', 0],
	])('reads all pages by %s of %j in %s', async (pagination, itemsPath, path, known) => {
		const rows = await kandji.json('send', {
			path,
			pagination,
			itemsPath,
			pageSize: pagination === 'pageAndSize' ? 50 : 300,
			...allPages,
		});
		if (known > 0) expect(rows).toHaveLength(known);
		expect(rows.length).toBeGreaterThan(50);
		expect(new Set(rows.map((row) => JSON.stringify(row))).size).toBe(rows.length);
		expect(received()).toBeGreaterThan(1);
	});

	it.each([
		['limitAndOffset', '', '/api/v1/devices', 320],
		['pageAndSize', 'results', '/api/v1/vulnerability-management/vulnerabilities', 70],
		['cursor', 'results', '/api/v1/users', 310],
	])('reads no more pages by %s than Limit needs', async (pagination, itemsPath, path, limit) => {
		const rows = await kandji.json('send', {
			path,
			pagination,
			itemsPath,
			pageSize: pagination === 'pageAndSize' ? 50 : 300,
			limit,
		});
		expect(rows).toHaveLength(limit);
		expect(new Set(rows.map((row) => JSON.stringify(row))).size).toBe(limit);
		expect(received()).toBe(2);
		expect(queries().every((query) => Number(query.get('limit') ?? 0) <= 300)).toBe(true);
	});

	it('fails when the rows are not where Items Path says', async () => {
		const { error } = await kandji.run('send', {
			path: '/api/v1/devices',
			pagination: 'limitAndOffset',
			itemsPath: 'rows',
		});
		expect(error!.message).toBe('Kandji’s response contains no list of records');
	});

	it('names the permission of a path that it does not know', async () => {
		kandji.tenant.mutate({ op: 'permission', operation: 'GET /api/v1/tags', allowed: false });
		const { error } = await kandji.run('send', { path: '/api/v1/tags' });
		expect(error!.description).toContain('select the permission for GET /api/v1/tags');
	});

	it('never repeats a write that may have been executed', async () => {
		kandji.tenant.faults.add({ kind: 'resetAfter', method: 'POST' });
		const { error } = await kandji.run('send', {
			method: 'POST',
			path: '/api/v1/tags',
			body: '{ "name": "Forklift 9" }',
		});
		expect(error!.message).toBe('The connection was lost before the response was complete');
		expect(kandji.tenant.counters.operations['POST /api/v1/tags']).toEqual({
			received: 1,
			executed: 1,
		});
	});

	it.each(['', 'null', '{ name: Forklift 9 }', '"Forklift 9"'])(
		'refuses the body %j',
		async (body) => {
			const { error } = await kandji.run(
				'send',
				{ method: 'POST', path: '/api/v1/tags', body: '={{ $json.body }}' },
				{ input: [{ body }] },
			);
			expect(error!.message).toBe(body === '' ? 'Body is empty' : 'Body is not valid JSON');
			expect(received()).toBe(0);
		},
	);

	it('returns a write in a dry run', async () => {
		const dryRun = { path: '/api/v1/tags/x', method: 'DELETE', dryRun: true };
		expect(await kandji.json('send', dryRun)).toEqual([
			{
				dry_run: true,
				summary: 'Send DELETE /api/v1/tags/x',
				request: { method: 'DELETE', path: '/api/v1/tags/x', query: {}, body: {} },
			},
		]);
		expect(received()).toBe(0);
	});
});
