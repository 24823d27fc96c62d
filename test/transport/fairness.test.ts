import fc from 'fast-check';

import { urgencies, type Urgency } from '../../nodes/Kandji/transport/http/fairQueue';
import { RateLimiter } from '../../nodes/Kandji/transport/http/rateLimiter';
import { pauseBeforeRetry } from '../../nodes/Kandji/transport/http/retry';
import { secondsUntilReset } from '../../nodes/Kandji/transport/http/rateLimitHeaders';
import { mostInASecond } from '../../simulator/tenant/counters';
import { RateLimit } from '../../simulator/tenant/rateLimit';
import { FakeClock } from './fakeClock';

const latencyMs = 150;

/** Executions that share one tenant on a fake clock. */
class Tenant {
	readonly clock = new FakeClock();

	readonly limiter = new RateLimiter({ now: this.clock.now, wait: this.clock.wait });

	readonly starts: number[] = [];

	/** Sends one request and returns when it left; one that hangs is never answered. */
	async send(urgency: Urgency, owner: object, ms = latencyMs): Promise<number> {
		const slot = await this.limiter.acquire({ owner, urgency });
		const at = this.clock.now();
		this.starts.push(at);
		await this.clock.wait(ms);
		this.limiter.release(slot!);
		return at;
	}

	/** Queues `count` requests of one execution and returns when each left. */
	run(urgency: Urgency, count: number, ms?: number): Array<Promise<number>> {
		const owner = {};
		return Array.from({ length: count }, async () => await this.send(urgency, owner, ms));
	}

	/** A lock as an execution sends it: the device by its serial number, then the write. Returns how long both waited. */
	async lock(): Promise<number> {
		const owner = {};
		const from = this.clock.now();
		const found = await this.send('write', owner);
		const locked = await this.send('write', owner);
		return found - from + (locked - found - latencyMs);
	}

	/** What a lock waits that comes `ms` after everything else. */
	async lockAfter(ms: number): Promise<number> {
		return await this.clock.run(this.clock.wait(ms).then(async () => await this.lock()));
	}
}

const hanging = 100_000_000;

describe('a lock leaves within a second', () => {
	it.each<[string, (tenant: Tenant) => void]>([
		['1,500 single reads', (tenant) => void tenant.run('read', 1_500)],
		['10,000 single reads', (tenant) => void tenant.run('read', 10_000)],
		['10,000 answers at once', (tenant) => void tenant.run('read', 10_000, 1)],
		['slow answers', (tenant) => void tenant.run('read', 500, 5_000)],
		['32 hanging answers', (tenant) => void tenant.run('read', 32, hanging)],
		[
			'hanging answers of every urgency',
			(tenant) => {
				for (const urgency of urgencies) void tenant.run(urgency, 40, hanging);
			},
		],
		[
			'everything there is',
			(tenant) => {
				for (const urgency of urgencies)
					for (let run = 0; run < 4; run++) void tenant.run(urgency, 500);
			},
		],
	])('behind %s', async (_name, load) => {
		for (const ms of [0, 300, 700, 3_000]) {
			const tenant = new Tenant();
			load(tenant);
			expect(await tenant.lockAfter(ms)).toBeLessThan(1_000);
			expect(mostInASecond(tenant.starts)).toBeLessThanOrEqual(50);
		}
	});

	it('and its first request at once, while reads fill the second', async () => {
		const tenant = new Tenant();
		void tenant.run('read', 1_500, 1);
		await tenant.clock.run(tenant.clock.wait(900));
		const [write] = tenant.run('write', 1);
		expect((await tenant.clock.run(write!)) - 900).toBeLessThanOrEqual(5);
	});

	it('whatever else was asked for before, and whenever', async () => {
		const load = fc.record({
			urgency: fc.constantFrom(...urgencies),
			count: fc.integer({ min: 1, max: 400 }),
			ms: fc.constantFrom(1, 20, 150, 700, hanging),
		});
		await fc.assert(
			fc.asyncProperty(
				fc.array(load, { minLength: 1, maxLength: 6 }),
				fc.integer({ min: 0, max: 3_000 }),
				async (loads, ms) => {
					const tenant = new Tenant();
					for (const { urgency, count, ms: answerMs } of loads) {
						void tenant.run(urgency, count, answerMs);
					}
					expect(await tenant.lockAfter(ms)).toBeLessThan(1_000);
					expect(mostInASecond(tenant.starts)).toBeLessThanOrEqual(50);
				},
			),
			{ numRuns: 30 },
		);
	});
});

describe('nobody is starved', () => {
	it.each(urgencies)('a %s, while everything else waits without end', async (urgency) => {
		const tenant = new Tenant();
		for (const other of urgencies) if (other !== urgency) void tenant.run(other, 2_000);
		const [at] = tenant.run(urgency, 1);
		expect(await tenant.clock.run(at!)).toBeLessThan(2_000);
	});

	it('an execution with a few reads beside one with ten thousand', async () => {
		const tenant = new Tenant();
		void tenant.run('read', 10_000);
		const few = tenant.run('read', 50);
		const last = Math.max(...(await tenant.clock.run(Promise.all(few))));
		expect(last).toBeLessThan(3_000);
	});

	it('executions with as much to read end together', async () => {
		const tenant = new Tenant();
		const runs = Array.from({ length: 3 }, () => tenant.run('read', 200));
		const ends = await Promise.all(
			runs.map(async (run) => Math.max(...(await tenant.clock.run(Promise.all(run))))),
		);
		// The first had begun before the others came.
		expect(Math.max(...ends) - Math.min(...ends)).toBeLessThan(1_500);
	});

	it('a picker by single reads that take long, nor they by pages', async () => {
		const tenant = new Tenant();
		void tenant.run('page', 200, 9_000);
		void tenant.run('read', 200, 9_000);
		await tenant.clock.run(tenant.clock.wait(3_000));
		const [picker] = tenant.run('poll', 1);
		expect((await tenant.clock.run(picker!)) - 3_000).toBeLessThan(300);
	});

	it('a read by others that hang for more than ten seconds', async () => {
		const tenant = new Tenant();
		void tenant.run('read', 32, hanging);
		const [read] = tenant.run('read', 1);
		expect(await tenant.clock.run(read!)).toBeLessThanOrEqual(10_100);
	});
});

/** Requests of others to the same tenant, evenly, and the attempts of 200 items against its gateway. */
async function besideOthers(
	othersPerSecond: number,
	options: { headers: boolean; window: 'calendar' | 'sliding' },
	method: string,
): Promise<{ failed: number; attempts: number; ms: number }> {
	const tenant = new Tenant();
	const { clock, limiter } = tenant;
	const gateway = new RateLimit({
		perSecond: 50,
		perHour: 10_000_000,
		hourMs: 3_600_000,
		...options,
	});
	let isOver = false;
	const others = async () => {
		while (!isOver) {
			gateway.take(clock.now());
			await clock.wait(1000 / othersPerSecond);
		}
	};
	let attempts = 0;
	const owner = {};
	const item = async (): Promise<boolean> => {
		for (let attempt = 1; ; attempt++) {
			const slot = await limiter.acquire({ owner, urgency: method === 'GET' ? 'read' : 'write' });
			attempts++;
			await clock.wait(latencyMs / 2);
			const { allowed, headers: sent } = gateway.take(clock.now());
			const headers = Object.fromEntries(
				Object.entries(sent).map(([name, value]) => [name.toLowerCase(), value]),
			);
			await clock.wait(latencyMs / 2);
			limiter.release(slot!, headers);
			if (allowed) return true;
			const answer = { status: 429, text: '', retryAfterSeconds: secondsUntilReset(headers) };
			const failed = { method, attempt, elapsedMs: 0, answer };
			const pause = pauseBeforeRetry(failed, undefined, (attempts % 10) / 10);
			if (pause === undefined) return false;
			limiter.block(pause.tenantMs!);
			await clock.wait(pause.ms);
		}
	};
	const items = async () => {
		if (method === 'GET') return await Promise.all(Array.from({ length: 200 }, item));
		const outcomes: boolean[] = [];
		for (let index = 0; index < 200; index++) outcomes.push(await item());
		return outcomes;
	};
	void others();
	const outcomes = await clock.run(items());
	isOver = true;
	return { failed: outcomes.filter((isDone) => !isDone).length, attempts, ms: clock.now() };
}

describe('while others use three quarters of the limit', () => {
	const gateways = [true, false].flatMap((headers) =>
		(['calendar', 'sliding'] as const).map((window) => ({ headers, window })),
	);

	it.each(gateways)('no item of 200 fails: %j', async (gateway) => {
		for (const method of ['GET', 'POST']) {
			const { failed, attempts, ms } = await besideOthers(37.5, gateway, method);
			expect(failed).toBe(0);
			// 12.5 a second are left: 16 s, if everything were known.
			expect(ms).toBeLessThan(60_000);
			expect(attempts).toBeLessThan(300);
		}
	});
});
