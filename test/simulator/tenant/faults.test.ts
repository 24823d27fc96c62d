import { ask } from '../../../simulator/tenant/client';
import {
	startTenant,
	type FaultRule,
	type Mutation,
	type Tenant,
} from '../../../simulator/tenant/index';

const LIST = 'GET /api/v1/devices?limit=3';

describe('faults', () => {
	let tenant: Tenant;

	beforeAll(async () => {
		tenant = await startTenant({ devices: 20, rateLimit: false });
	});
	beforeEach(() => tenant.reset());
	afterAll(() => tenant.close());

	const set = (rule: FaultRule) => tenant.faults.add(rule);
	const mac = () => [...tenant.state.devices.values()].find(({ platform }) => platform === 'Mac')!;
	const restart = () => `POST /api/v1/devices/${mac().device_id}/action/restart`;
	const executed = () => tenant.counters.total.executed;

	it('hits the requests that match, after some, so many times', async () => {
		set({ kind: 'status', status: 503, path: '/api/v1/devices', after: 1, times: 2 });
		const statuses = [];
		for (let index = 0; index < 4; index++) statuses.push((await ask(tenant, LIST)).status);
		expect(statuses).toEqual([200, 503, 503, 200]);
		expect((await ask(tenant, 'GET /api/v1/tags')).status).toBe(200);
	});

	it('matches templates, patterns and methods', async () => {
		set({ kind: 'status', status: 500, path: '/api/v1/devices/{device_id}' });
		set({ kind: 'status', status: 502, method: 'GET', path: '*/tags*' });
		expect((await ask(tenant, LIST)).status).toBe(200);
		expect((await ask(tenant, `GET /api/v1/devices/${mac().device_id}`)).status).toBe(500);
		expect((await ask(tenant, 'GET /api/v1/tags?search=')).status).toBe(502);
		expect((await ask(tenant, 'POST /api/v1/tags', { body: { name: 'new' } })).status).toBe(201);
	});

	it.each([
		[{ retryAfter: 'seconds', seconds: 3 }, /^3$/, '3'],
		[{ retryAfter: 'date', seconds: 3 }, /^\w{3}, \d\d \w{3} \d{4} .* GMT$/, '3'],
		[{ retryAfter: 'none', seconds: 2 }, null, '2'],
		[{ retryAfter: 'none', headers: false }, null, null],
	] as const)('answers 429 with the configured headers: %j', async (rule, retryAfter, reset) => {
		set({ kind: 'rateLimit', times: 1, ...rule });
		const answer = await ask(tenant, restart());
		expect(answer.status).toBe(429);
		if (retryAfter) expect(answer.headers.get('retry-after')).toMatch(retryAfter);
		else expect(answer.headers.get('retry-after')).toBeNull();
		expect(answer.headers.get('ratelimit-reset')).toBe(reset);
		expect(executed()).toBe(0);
	});

	it.each([
		[false, 0],
		[true, 1],
	])('fails with 504 before or after the request was executed (%s)', async (execute, done) => {
		set({ kind: 'status', status: 504, execute });
		expect((await ask(tenant, restart())).status).toBe(504);
		expect(tenant.counters.total).toEqual({ received: 1, executed: done });
	});

	it('counts destructive operations apart, sent and done', async () => {
		set({ kind: 'resetAfter', times: 1 });
		const erase = `POST /api/v1/devices/${mac().device_id}/action/erase`;
		await expect(ask(tenant, erase)).rejects.toThrow();
		set({ kind: 'resetBefore', times: 1 });
		await expect(ask(tenant, erase)).rejects.toThrow();
		expect(tenant.counters.destructive).toEqual({
			'POST /api/v1/devices/{device_id}/action/erase': { received: 2, executed: 1 },
		});
	});

	it('answers HTML', async () => {
		set({ kind: 'html' });
		const answer = await ask(tenant, LIST);
		expect(answer.status).toBe(502);
		expect(answer.headers.get('content-type')).toMatch('text/html');
		expect(answer.text).toMatch(/^<html>/);
	});

	it('truncates JSON inside a well-formed answer', async () => {
		set({ kind: 'truncate' });
		const answer = await ask(tenant, LIST);
		expect(answer.status).toBe(200);
		expect(() => answer.json()).toThrow(SyntaxError);
	});

	it('cuts the connection in the middle of the body', async () => {
		set({ kind: 'cut' });
		await expect(ask(tenant, LIST)).rejects.toThrow();
		expect(executed()).toBe(1);
	});

	it('stalls after the headers', async () => {
		set({ kind: 'stall' });
		const signal = AbortSignal.timeout(150);
		await expect(ask(tenant, LIST, { signal })).rejects.toThrow(/abort|timeout/i);
		expect(executed()).toBe(1);
	});

	it('sends a body slowly and completely', async () => {
		set({ kind: 'trickle', chunkBytes: 500, everyMs: 5 });
		expect((await ask(tenant, LIST)).json<unknown[]>()).toHaveLength(3);
	});

	it('adds latency', async () => {
		set({ kind: 'latency', ms: 60, jitterMs: 10 });
		const start = performance.now();
		await ask(tenant, LIST);
		expect(performance.now() - start).toBeGreaterThanOrEqual(55);
	});

	it.each<[FaultRule, number, RegExp, string]>([
		[{ kind: 'contentType' }, 200, /^text\/plain/, '['],
		[{ kind: 'errorBody', body: { detail: 'oops' } }, 200, /json/, '{"detail":"oops"}'],
		[{ kind: 'empty' }, 200, /json/, ''],
		[{ kind: 'redirect', location: 'http://127.0.0.2:1/x' }, 301, /json/, ''],
	])('answers with %j', async (rule, status, type, start) => {
		set(rule);
		const answer = await ask(tenant, LIST);
		expect(answer.status).toBe(status);
		expect(answer.headers.get('content-type')).toMatch(type);
		expect(answer.text.startsWith(start)).toBe(true);
		if (start === '') expect(answer.text).toBe('');
		if (status === 301) expect(answer.headers.get('location')).toBe('http://127.0.0.2:1/x');
	});

	it('repeats a page', async () => {
		set({ kind: 'repeat', after: 1, times: 1 });
		const page = async (offset: number) => (await ask(tenant, `${LIST}&offset=${offset}`)).text;
		const first = await page(0);
		expect(await page(3)).toBe(first);
		expect(await page(6)).not.toBe(first);
	});

	it('changes the fleet between pages', async () => {
		const page = async (offset: number) =>
			(await ask(tenant, `${LIST}&offset=${offset}`)).json<Array<{ device_id: string }>>();
		const first = await page(0);
		set({ kind: 'churn', insert: 1, times: 1 });
		const second = await page(3);
		expect(second[0]).toEqual(first[2]);
		expect(tenant.state.devices.size).toBe(21);
		tenant.faults.clear();
		set({ kind: 'churn', insert: 0, remove: 1, times: 1 });
		await page(0);
		expect(tenant.state.devices.size).toBe(20);
	});

	it.each([false, true])('lets someone else change a device meanwhile (late: %s)', async (late) => {
		const { device_id } = mac();
		const mutation: Mutation = { op: 'updateDevice', device_id, fields: { tags: ['theirs'] } };
		set({ kind: 'mutate', mutation, late, method: 'PATCH', times: 1 });
		const path = `/api/v1/devices/${device_id}`;
		await ask(tenant, `PATCH ${path}`, { body: { tags: ['vip'] } });
		expect((await ask(tenant, `GET ${path}`)).json()).toMatchObject({
			tags: [late ? 'theirs' : 'vip'],
		});
	});

	it('takes away a permission, then the token', async () => {
		set({ kind: 'permissionLoss', after: 1, times: 1 });
		expect((await ask(tenant, LIST)).status).toBe(200);
		expect((await ask(tenant, LIST)).status).toBe(403);
		expect((await ask(tenant, LIST)).status).toBe(403);
		expect((await ask(tenant, 'GET /api/v1/tags')).status).toBe(200);
		set({ kind: 'tokenRevoked' });
		expect((await ask(tenant, 'GET /api/v1/tags')).status).toBe(401);
	});
});
