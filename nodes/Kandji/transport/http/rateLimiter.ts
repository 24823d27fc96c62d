import type { IDataObject } from 'n8n-workflow';

import { readRateLimit } from './rateLimitHeaders';
import { ExecutionStopped, wait } from './wait';

/** Requests that a tenant accepts per second, over all its tokens (vendor's documentation). */
const perSecond = 50;

/**
 * How long in ms a request counts after its start. The API counts arrivals: of two requests started a second apart, the
 * first may arrive late and the second early. 80 ms for that cost 6 % of the rate (2,000 reads in 42.5 s instead of 40).
 */
const countedMs = 1_080;

/**
 * How often in ms to check that the process is not blocked while requests are in flight, and how late a check may be:
 * in an idle process it was late by 6 ms at most. A blocked process sends late what it has started.
 */
const checkMs = { interval: 10, late: 6 };

/** Requests in flight at once: enough for the full rate with answers that take up to 0.6 s. */
const maxInFlight = 32;

/**
 * Starts that may come at once; those after them come evenly, 20 ms apart. Answers that all come at the same moment keep
 * the process busy for 100 ms, and what is in flight meanwhile counts for longer.
 */
const burst = 30;

/** How often in ms a waiting request checks whether an answer made room. */
const pollMs = 5;

/** Below this share of the hourly quota the rate is lowered, in proportion to what is left. */
const scarceShare = 0.05;

/** The lowest rate in requests per second while any of the hourly quota is left. */
const slowestRate = 2;

/** How long in ms an exhausted hourly quota is taken for granted before the API is asked again. */
const quotaRecheckMs = 60_000;

/** One request that counts against the limit. Times are in ms, on the limiter's clock. */
interface Slot {
	countsUntil: number;
	/** Infinity while the request is in flight. */
	answeredAt: number;
}

/** What a limiter reads the time from and waits with. */
interface Clock {
	/** Ms from any starting point, never set back. */
	now: () => number;
	wait: typeof wait;
}

/**
 * Lets requests to one tenant start no faster than the API allows: at most {@link perSecond} in any second, less what
 * the RateLimit headers show that others used, and slower when the hourly quota runs low. All nodes and executions of
 * the process share the limiter of a tenant.
 */
export class RateLimiter {
	private slots: Slot[] = [];

	private inFlight = 0;

	/** Starts per second; lower than the limit only while the hourly quota is scarce. */
	private rate = perSecond;

	private isChecking = false;

	private checkedAt = 0;

	private blockedUntil = 0;

	private nextStartAt = 0;

	private exhausted = { until: 0, renewsAt: 0 };

	/** FIFO queue: one caller at a time checks for room. */
	private queue: Promise<unknown> = Promise.resolve();

	constructor(private readonly clock: Clock = { now: () => performance.now(), wait }) {}

	/**
	 * Waits until one more request may start. Hand the slot to {@link release} when the request has ended.
	 *
	 * @returns undefined when the hourly quota is exhausted, so that the request would be refused
	 * @throws ExecutionStopped when the execution is stopped while waiting
	 */
	async acquire(signal: AbortSignal | undefined): Promise<Slot | undefined> {
		const slot = this.queue.then(async () => await this.waitForRoom(signal));
		this.queue = slot.catch(() => undefined);
		return await slot;
	}

	/** @param headers those of the answer, when one came */
	release(slot: Slot, headers?: IDataObject): void {
		this.inFlight--;
		slot.answeredAt = this.clock.now();
		if (headers !== undefined) this.adjust(headers);
	}

	/** Nothing starts for `ms` milliseconds: the API answered 429. */
	block(ms: number): void {
		this.blockedUntil = Math.max(this.blockedUntil, this.clock.now() + ms);
	}

	/** The API refused a request because the hourly quota is exhausted, and renews it in `seconds`. */
	exhaustHour(seconds: number): void {
		const now = this.clock.now();
		const renewsAt = now + seconds * 1000;
		this.exhausted = { until: Math.min(now + quotaRecheckMs, renewsAt), renewsAt };
	}

	/** Seconds until the hourly quota renews, while it is known to be exhausted; undefined otherwise. */
	get renewsInSeconds(): number | undefined {
		const now = this.clock.now();
		return now < this.exhausted.until ? (this.exhausted.renewsAt - now) / 1000 : undefined;
	}

	private async waitForRoom(signal: AbortSignal | undefined): Promise<Slot | undefined> {
		for (;;) {
			if (signal?.aborted) throw new ExecutionStopped();
			if (this.renewsInSeconds !== undefined) return undefined;
			const now = this.clock.now();
			const pause = this.pauseBeforeNext(now);
			if (pause <= 0) return this.start(now);
			await this.clock.wait(pause, signal);
		}
	}

	private start(now: number): Slot {
		const slot = { countsUntil: now + countedMs, answeredAt: Infinity };
		this.slots.push(slot);
		this.inFlight++;
		if (!this.isChecking) void this.check();
		const isSpaced = this.rate < perSecond || this.slots.length > burst;
		this.nextStartAt = isSpaced ? now + 1000 / this.rate : now;
		return slot;
	}

	private pauseBeforeNext(now: number): number {
		this.noticeBlock(now);
		this.slots = this.slots.filter(({ countsUntil }) => countsUntil > now);
		const isFull = this.slots.length >= perSecond || this.inFlight >= maxInFlight;
		return Math.max(isFull ? pollMs : 0, this.blockedUntil - now, this.nextStartAt - now);
	}

	private async check(): Promise<void> {
		this.isChecking = true;
		while (this.inFlight > 0) {
			this.checkedAt = this.clock.now();
			await this.clock.wait(checkMs.interval, undefined);
			this.noticeBlock(this.clock.now());
		}
		this.isChecking = false;
	}

	/** What was in flight while the process was blocked may have arrived only now, or when it was answered. */
	private noticeBlock(now: number): void {
		if (!this.isChecking || now - this.checkedAt <= checkMs.interval + checkMs.late) return;
		for (const slot of this.slots) {
			if (slot.answeredAt < this.checkedAt) continue;
			slot.countsUntil = Math.min(now, slot.answeredAt) + countedMs;
		}
	}

	private adjust(headers: IDataObject): void {
		const { limit = perSecond, remaining, hourLimit, hourRemaining } = readRateLimit(headers);
		const now = this.clock.now();
		if (remaining !== undefined) {
			const own = this.slots.filter(({ countsUntil }) => countsUntil > now).length;
			const others = Math.min(perSecond, limit - remaining - own);
			const slot = { countsUntil: now + countedMs, answeredAt: now };
			for (let i = 0; i < others; i++) this.slots.push(slot);
		}
		if (hourLimit !== undefined && hourRemaining !== undefined) {
			const share = hourRemaining / (hourLimit * scarceShare);
			this.rate = Math.min(perSecond, Math.max(slowestRate, perSecond * share));
		}
	}
}

const rateLimiters = new Map<string, RateLimiter>();

/** The rate limiter of the tenant at `baseUrl`, one for the whole process. */
export function rateLimiterFor(baseUrl: string): RateLimiter {
	const limiter = rateLimiters.get(baseUrl) ?? new RateLimiter();
	rateLimiters.set(baseUrl, limiter);
	return limiter;
}
