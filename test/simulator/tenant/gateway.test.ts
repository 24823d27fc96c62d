import { ask } from '../../../simulator/tenant/client';
import { startTenant, type Tenant } from '../../../simulator/tenant/index';

const LIST = 'GET /api/v1/devices?limit=1';

describe('the gateway', () => {
	let tenant: Tenant;

	beforeAll(async () => {
		tenant = await startTenant({ devices: 5 });
	});
	beforeEach(() => tenant.reset());
	afterAll(() => tenant.close());

	it.each([null, '', 'wrong', '00000000-0000-4000-8000-000000000000'])(
		'refuses the token %p',
		async (token) => {
			const answer = await ask(tenant, LIST, { token });
			expect(answer.status).toBe(401);
			expect(tenant.counters.total).toEqual({ received: 1, executed: 0 });
		},
	);

	it('refuses an operation that is not ticked and no other', async () => {
		tenant.permissions.set('GET /api/v1/devices', false);
		const answer = await ask(tenant, LIST);
		expect(answer.status).toBe(403);
		expect(answer.json()).toEqual({
			detail: 'You do not have permission to perform this action.',
		});
		expect((await ask(tenant, 'GET /api/v1/tags')).status).toBe(200);
		tenant.permissions.set('GET /api/v1/devices', true);
		expect((await ask(tenant, LIST)).status).toBe(200);
	});

	it('grants only what was granted', async () => {
		const narrow = await startTenant({ devices: 5, permissions: ['GET /api/v1/tags'] });
		expect((await ask(narrow, 'GET /api/v1/tags')).status).toBe(200);
		expect((await ask(narrow, LIST)).status).toBe(403);
		await narrow.close();
	});

	it.each(['/api/v1/nothing', '/api/v1/blueprint-routing', '/api/v3/devices'])(
		'knows no route %s',
		async (path) => {
			const answer = await ask(tenant, `GET ${path}`);
			expect(answer.status).toBe(404);
			expect(answer.json()).toEqual({
				message: 'no Route matched with those values',
				request_id: expect.stringMatching(/^[0-9a-f]{32}$/),
			});
		},
	);

	it('sends the limits in headers', async () => {
		const { headers } = await ask(tenant, LIST);
		expect(headers.get('ratelimit-limit')).toBe('50');
		expect(headers.get('ratelimit-remaining')).toBe('49');
		expect(headers.get('ratelimit-reset')).toBe('1');
		expect(headers.get('x-ratelimit-limit-second')).toBe('50');
		expect(headers.get('x-ratelimit-remaining-second')).toBe('49');
		expect(headers.get('x-ratelimit-limit-hour')).toBe('10000');
		expect(headers.get('x-ratelimit-remaining-hour')).toBe('9999');
	});

	it('answers 429 above so many a second and counts the rest', async () => {
		const strict = await startTenant({ devices: 1, rateLimit: { perSecond: 3 } });
		const answers = await Promise.all(Array.from({ length: 40 }, () => ask(strict, LIST)));
		const refused = answers.filter(({ status }) => status === 429);
		expect(refused.length).toBeGreaterThan(0);
		expect(refused[0]!.headers.get('retry-after')).toBe('1');
		expect(refused[0]!.json()).toEqual({ message: 'API rate limit exceeded' });
		expect(strict.counters.total).toEqual({ received: 40, executed: 40 - refused.length });
		expect(strict.maxPerSecond()).toBeGreaterThan(3);
		await strict.close();
	});

	it('has an hour budget and says when it renews', async () => {
		tenant.faults.add({ kind: 'hourBudget', remaining: 2, times: 1 });
		expect((await ask(tenant, LIST)).headers.get('x-ratelimit-remaining-hour')).toBe('1');
		expect((await ask(tenant, LIST)).status).toBe(200);
		const spent = await ask(tenant, LIST);
		expect(spent.status).toBe(429);
		expect(spent.headers.get('ratelimit-limit')).toBe('10000');
		expect(Number(spent.headers.get('retry-after'))).toBeGreaterThan(3500);
		expect(spent.headers.get('x-ratelimit-remaining-hour')).toBe('0');
	});

	it('can leave out the headers and the limits', async () => {
		const silent = await startTenant({ devices: 1, rateLimit: { perSecond: 1, headers: false } });
		const answers = await Promise.all([1, 2, 3, 4, 5].map(() => ask(silent, LIST)));
		const refused = answers.find(({ status }) => status === 429);
		expect([...refused!.headers.keys()].join()).not.toMatch(/ratelimit|retry/);
		await silent.close();
		const free = await startTenant({ devices: 1, rateLimit: false });
		const all = await Promise.all(Array.from({ length: 80 }, () => ask(free, LIST)));
		expect(all.every(({ status }) => status === 200)).toBe(true);
		await free.close();
	});

	it('logs what it saw', async () => {
		await ask(tenant, 'POST /api/v1/tags', { body: { name: 'logged' } });
		expect(tenant.counters.log).toEqual([
			expect.objectContaining({
				method: 'POST',
				operation: 'POST /api/v1/tags',
				status: 201,
				executed: true,
				body: { name: 'logged' },
				headers: expect.objectContaining({ authorization: `Bearer ${tenant.token}` }),
			}),
		]);
		expect(tenant.counters.operations['POST /api/v1/tags']).toEqual({ received: 1, executed: 1 });
	});
});
