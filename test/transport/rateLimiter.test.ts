import fc from 'fast-check';

import {
	RateLimiter,
	rateLimiterFor,
	tenantOf,
} from '../../nodes/Kandji/transport/http/rateLimiter';
import { mostInASecond } from '../../simulator/tenant/counters';
import { FakeClock, type Blocked } from './fakeClock';

/** How one request fares, in ms: on its way to the API, and from there until its answer is read. */
interface Journey {
	outMs: number;
	backMs: number;
	headers?: Record<string, string>;
	/** The answer is a 429 that asks for a pause of so many ms. */
	throttledMs?: number;
}

const owner = {};

const limiterOn = (clock: FakeClock) => new RateLimiter({ now: clock.now, wait: clock.wait });

/** Sends requests through a limiter, all wanted at once, and returns when each started and arrived. */
async function send(
	clock: FakeClock,
	limiter: RateLimiter,
	count: number,
	journeyOf: (index: number) => Journey,
): Promise<{ starts: number[]; arrivals: number[]; mostInFlight: number }> {
	const starts: number[] = [];
	const arrivals: number[] = [];
	let inFlight = 0;
	let mostInFlight = 0;
	const sendOne = async (_: unknown, index: number) => {
		const slot = await limiter.acquire({ owner, urgency: 'read' });
		if (slot === undefined) throw new Error('The quota is exhausted');
		const { outMs, backMs, headers, throttledMs } = journeyOf(index);
		mostInFlight = Math.max(mostInFlight, ++inFlight);
		starts.push(clock.now());
		// A blocked process writes the request only once it goes on.
		await clock.wait(clock.after(clock.now()) - clock.now() + outMs);
		arrivals.push(clock.now());
		if (backMs > 0) await clock.wait(backMs);
		inFlight--;
		limiter.release(slot, headers);
		if (throttledMs !== undefined) limiter.block(throttledMs);
	};
	await clock.run(Promise.all(Array.from({ length: count }, sendOne)));
	return { starts, arrivals: arrivals.sort((a, b) => a - b), mostInFlight };
}

const steady =
	(ms: number): ((index: number) => Journey) =>
	() => ({ outMs: ms / 2, backMs: ms / 2 });

describe('the rate limiter', () => {
	it.each([0, 20, 150, 700])('starts at most 50 requests in any second at %i ms', async (ms) => {
		const clock = new FakeClock();
		const { arrivals } = await send(clock, limiterOn(clock), 300, steady(ms));
		expect(mostInASecond(arrivals)).toBeLessThanOrEqual(50);
	});

	it('holds the limit whatever the latency and the answers', async () => {
		const journey = fc.record({
			// The spread of the way to the API that the limiter allows for.
			outMs: fc.integer({ min: 30, max: 90 }),
			backMs: fc.integer({ min: 0, max: 900 }),
			headers: fc.option(
				fc.record({
					'ratelimit-limit': fc.constantFrom('50', '10000', ''),
					'ratelimit-remaining': fc.integer({ min: 0, max: 50 }).map(String),
				}),
				{ nil: undefined },
			),
			throttledMs: fc.option(fc.integer({ min: 0, max: 2000 }), { nil: undefined, freq: 20 }),
		});
		await fc.assert(
			fc.asyncProperty(fc.array(journey, { minLength: 60, maxLength: 160 }), async (journeys) => {
				const clock = new FakeClock();
				const limiter = limiterOn(clock);
				const { arrivals } = await send(clock, limiter, journeys.length, (i) => journeys[i]!);
				expect(arrivals).toHaveLength(journeys.length);
				expect(mostInASecond(arrivals)).toBeLessThanOrEqual(50);
			}),
			{ numRuns: 40 },
		);
	});

	it('holds the limit while the process is blocked again and again', async () => {
		const pauses = fc.array(
			fc.record({ free: fc.integer({ min: 1, max: 400 }), busy: fc.integer({ min: 1, max: 900 }) }),
			{ minLength: 5, maxLength: 20 },
		);
		const backMs = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 120, maxLength: 120 });
		await fc.assert(
			fc.asyncProperty(pauses, backMs, async (spans, back) => {
				let from = 0;
				const blocked: Blocked[] = spans.map(({ free, busy }) => {
					from += free;
					const span = { from, to: from + busy };
					from = span.to;
					return span;
				});
				const clock = new FakeClock(blocked);
				const { arrivals } = await send(clock, limiterOn(clock), back.length, (index) => ({
					outMs: 20,
					backMs: back[index]!,
				}));
				expect(mostInASecond(arrivals)).toBeLessThanOrEqual(50);
			}),
			{ numRuns: 40 },
		);
	});

	it.each<[string, Blocked[], number]>([
		['first requests that are 80 ms longer on their way', [], 80],
		['a process that is blocked for 75 ms as well', [{ from: 0, to: 75 }], 60],
		['a process that reads the answers late too', [{ from: 0, to: 300 }], 0],
	])('holds the limit with %s', async (_name, blocked, outMs) => {
		const clock = new FakeClock(blocked);
		const { arrivals } = await send(clock, limiterOn(clock), 100, (index) => ({
			outMs: index < 50 ? outMs : 0,
			backMs: 0,
		}));
		expect(mostInASecond(arrivals)).toBeLessThanOrEqual(50);
	});

	it('holds the limit when the process was blocked for long with nothing waiting', async () => {
		const clock = new FakeClock([{ from: 1, to: 2000 }]);
		const limiter = limiterOn(clock);
		const early = send(clock, limiter, 8, () => ({ outMs: 30, backMs: 300 }));
		const late = clock
			.run(clock.wait(1500))
			.then(async () => await send(clock, limiter, 60, () => ({ outMs: 0, backMs: 0 })));
		const arrivals = [...(await early).arrivals, ...(await late).arrivals];
		expect(mostInASecond(arrivals.sort((a, b) => a - b))).toBeLessThanOrEqual(50);
	});

	it('sends 2,000 single reads in at most 1.12 times the 40 seconds that the limit asks for', async () => {
		const clock = new FakeClock();
		await send(clock, limiterOn(clock), 2000, steady(150));
		expect(clock.now()).toBeLessThan(1.12 * 40_000);
	});

	it('sends the 100 pages of 30,000 devices, eight at a time, in two and a half seconds', async () => {
		const clock = new FakeClock();
		const limiter = limiterOn(clock);
		let page = 0;
		const readPages = async () => {
			while (page++ < 100) {
				const slot = await limiter.acquire({ owner, urgency: 'read' });
				await clock.wait(150);
				limiter.release(slot!);
			}
		};
		await clock.run(Promise.all(Array.from({ length: 8 }, readPages)));
		expect(clock.now()).toBeLessThan(2500);
	});

	it('holds nothing back while nothing is near a limit', async () => {
		const clock = new FakeClock();
		const { starts } = await send(clock, limiterOn(clock), 30, steady(100));
		expect(starts).toEqual(Array<number>(30).fill(0));
	});

	it('starts requests evenly once the limit has been reached for some seconds', async () => {
		const clock = new FakeClock();
		const { starts } = await send(clock, limiterOn(clock), 350, steady(150));
		const late = starts.filter((at) => at > 3000);
		expect(late.length).toBeGreaterThan(150);
		const inFifths = late.map((at) => late.filter((t) => t >= at && t < at + 200).length);
		expect(Math.max(...inFifths)).toBeLessThanOrEqual(11);
	});

	it('lets at most 32 requests be under way, and the next start as soon as one has ended', async () => {
		const clock = new FakeClock();
		const { starts, mostInFlight } = await send(clock, limiterOn(clock), 40, steady(400));
		expect(mostInFlight).toBe(32);
		expect(starts[32]).toBeGreaterThanOrEqual(400);
		expect(starts[32]).toBeLessThanOrEqual(410);
	});

	it('serves the callers in the order in which they came', async () => {
		const clock = new FakeClock();
		const order: number[] = [];
		await send(clock, limiterOn(clock), 120, (index) => {
			order.push(index);
			return { outMs: 1, backMs: (index * 37) % 90 };
		});
		expect(order).toEqual([...order].sort((a, b) => a - b));
	});

	it('starts nothing while it is blocked, and never shortens a block', async () => {
		const clock = new FakeClock();
		const limiter = limiterOn(clock);
		limiter.block(3000);
		limiter.block(10);
		const { starts } = await send(clock, limiter, 3, steady(10));
		expect(starts[0]).toBe(3000);
		expect(starts).toHaveLength(3);
	});

	it('goes on at half the rate after a 429, and recovers', async () => {
		const clock = new FakeClock();
		const limiter = limiterOn(clock);
		// Several requests that were refused together count as one refusal.
		for (let index = 0; index < 10; index++) limiter.block(1000);
		const { starts } = await send(clock, limiter, 500, steady(10));
		const inSecond = (second: number) =>
			starts.filter((at) => at >= second * 1000 && at < (second + 1) * 1000).length;
		expect([1, 2, 3].map(inSecond)).toEqual([28, 32, 38]);
		expect(inSecond(8)).toBeGreaterThanOrEqual(45);
	});

	it('goes on at two requests per second at least, however often it is refused', async () => {
		const clock = new FakeClock();
		const limiter = limiterOn(clock);
		for (let index = 0; index < 20; index++) {
			limiter.block(100);
			await clock.run(clock.wait(100));
		}
		const { starts } = await send(clock, limiter, 2, steady(10));
		expect(starts[1]! - starts[0]!).toBeCloseTo(500);
	});

	it('leaves to others what the headers say that they used', async () => {
		const clock = new FakeClock();
		const limiter = limiterOn(clock);
		const { starts } = await send(clock, limiter, 60, (index) => ({
			outMs: 5,
			backMs: 5,
			// Somebody else has used what is left of the second.
			headers: index === 0 ? { 'ratelimit-limit': '50', 'ratelimit-remaining': '0' } : undefined,
		}));
		// The first answer comes after 31 starts: no other starts within the second.
		expect(starts.filter((at) => at < 1000)).toHaveLength(31);
		expect(starts.filter((at) => at >= 1000 && at < 2000)).toHaveLength(29);
	});

	it('takes the headers of the second before those of whichever limit is nearer', async () => {
		const clock = new FakeClock();
		const { starts } = await send(clock, limiterOn(clock), 40, () => ({
			outMs: 5,
			backMs: 5,
			headers: {
				'ratelimit-limit': '10000',
				'ratelimit-remaining': '40',
				'x-ratelimit-limit-second': '50',
				'x-ratelimit-remaining-second': '49',
			},
		}));
		expect(starts.at(-1)).toBeLessThan(1000);
	});

	it('slows down when little of the hourly quota is left, and recovers', async () => {
		const clock = new FakeClock();
		const limiter = limiterOn(clock);
		const report = async (remaining: number) =>
			await send(clock, limiter, 1, () => ({
				outMs: 0,
				backMs: 0,
				headers: {
					'x-ratelimit-limit-hour': '10000',
					'x-ratelimit-remaining-hour': String(remaining),
				},
			}));
		const msOf = async (count: number) => {
			await clock.run(clock.wait(2000));
			const { starts } = await send(clock, limiter, count, steady(10));
			return starts.at(-1)! - starts[0]!;
		};
		await report(501);
		expect(await msOf(20)).toBe(0);
		// A hundred of the 500 below which it begins: a fifth of the rate.
		await report(100);
		expect(await msOf(20)).toBeCloseTo(19 * 100);
		await report(1);
		expect(await msOf(5)).toBeCloseTo(4 * 500);
		await report(9999);
		expect(await msOf(20)).toBe(0);
	});

	it('refuses to start while the hourly quota is exhausted, and asks again after a minute', async () => {
		const clock = new FakeClock();
		const limiter = limiterOn(clock);
		expect(limiter.renewsInSeconds).toBeUndefined();
		limiter.exhaustHour(3600);
		expect(limiter.renewsInSeconds).toBe(3600);
		expect(await clock.run(limiter.acquire({ owner, urgency: 'read' }))).toBeUndefined();
		await clock.run(clock.wait(59_999));
		expect(limiter.renewsInSeconds).toBeCloseTo(3540);
		await clock.run(clock.wait(1));
		expect(limiter.renewsInSeconds).toBeUndefined();
		expect(await clock.run(limiter.acquire({ owner, urgency: 'read' }))).toBeDefined();
	});

	it('asks again as soon as the quota renews, when that is sooner', async () => {
		const clock = new FakeClock();
		const limiter = limiterOn(clock);
		limiter.exhaustHour(5);
		await clock.run(clock.wait(5000));
		expect(limiter.renewsInSeconds).toBeUndefined();
	});

	it('refuses all that wait when the quota runs out meanwhile', async () => {
		const clock = new FakeClock();
		const limiter = limiterOn(clock);
		limiter.block(1000);
		const waiting = Promise.all(
			(['write', 'poll', 'read', 'page'] as const).map(
				async (urgency) => await limiter.acquire({ owner, urgency }),
			),
		);
		limiter.exhaustHour(3600);
		expect(await clock.run(waiting)).toEqual([undefined, undefined, undefined, undefined]);
	});

	it('starts nothing for an execution that is stopped already', async () => {
		const limiter = limiterOn(new FakeClock());
		const caller = { owner, urgency: 'read' as const, signal: AbortSignal.abort() };
		await expect(limiter.acquire(caller)).rejects.toThrow('The execution was stopped');
	});

	it('lets a stopped execution go, and the next one start', async () => {
		const clock = new FakeClock();
		const limiter = limiterOn(clock);
		limiter.block(1000);
		const stop = new AbortController();
		const stopped = limiter.acquire({ owner, urgency: 'read', signal: stop.signal });
		const next = limiter.acquire({ owner, urgency: 'read' });
		stop.abort();
		await expect(clock.run(stopped)).rejects.toThrow('The execution was stopped');
		expect(await clock.run(next)).toBeDefined();
	});
});

describe('the tenant of an address', () => {
	it.each([
		['https://acme.api.kandji.io', 'https://acme.api.iru.com'],
		['https://acme.api.eu.kandji.io', 'https://acme.api.eu.iru.com'],
		['https://acme.api.kandji.io', 'https://acme.api.kandji.io.'],
		['https://acme.api.kandji.io', 'HTTPS://ACME.api.Kandji.IO:443'],
		['https://acme.api.kandji.io', 'https://acme.api.iru.com./'],
		['https://proxy.example.com/acme', 'https://proxy.example.com/acme/'],
		['http://localhost:8080', 'http://127.0.0.1:8080'],
		['http://localhost:8080', 'http://[::1]:8080'],
	])('is one: %s and %s', (one, other) => {
		expect(tenantOf(other)).toBe(tenantOf(one));
		expect(rateLimiterFor(other)).toBe(rateLimiterFor(one));
	});

	it.each([
		['https://acme.api.kandji.io', 'https://acme.api.eu.kandji.io'],
		['https://acme.api.kandji.io', 'https://acme2.api.kandji.io'],
		['https://proxy.example.com/acme', 'https://proxy.example.com/other'],
		['http://localhost:8080', 'http://localhost:8081'],
	])('is another: %s and %s', (one, other) => {
		expect(tenantOf(other)).not.toBe(tenantOf(one));
	});
});
