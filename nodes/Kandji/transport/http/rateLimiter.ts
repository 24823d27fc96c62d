import type { IDataObject } from 'n8n-workflow';

import { readRateLimit } from './rateLimitHeaders';
import { ExecutionStopped, wait } from './wait';

/** Requests that a tenant accepts in one second, whatever the number of tokens (vendor's documentation). */
const perSecond = 50;

/** The second in which requests are counted, with a margin for clocks. */
const windowMs = 1003;

/** How much longer in ms than the fastest request another is on its way to the API, without that its answer is late. */
const arrivalMs = 22;

/** Of so many answers the fastest tells how long the API works on a request; of fewer it tells nothing. */
const samples = { least: 8, most: 64 };

/** How much longer in ms than asked for a wait is at most while the process is not busy. */
const calmOverrunMs = 6;

/** After so long in ms without a wait nothing is known of how busy the process is, and then of the API's speed. */
const observedMs = 30;
const rememberedMs = 60_000;

/** Requests in flight at once; at the API's rate this is enough for answers that take two thirds of a second. */
const maxInFlight = 32;

/**
 * Starts per second once the limit has been reached for so long in ms: just above it, so that they come evenly. A
 * burst at the turn of each second is done sooner when it is the last, but each of its requests waits for the others.
 */
const evenRate = 55;
const evenAfterMs = 3_000;

/** How far in ms spread starts may make up for late ones. */
const catchUpMs = 100;

/** How often in ms to look whether an answer has made room. */
const pollMs = 5;

/** Below this share of the hour's budget the pace is lowered in proportion to what is left. */
const scarce = 0.05;

/** The slowest pace in requests per second while any of the hour's budget is left. */
const slowest = 2;

/** How long in ms a spent budget is believed in before the API is asked again. */
const spentBeliefMs = 60_000;

/** One request against the limit. */
interface Slot {
	startedAt: number;
	/** The latest moment in ms at which it can have arrived; not known before its answer is there. */
	arrivedAt: number;
}

/**
 * Lets requests to one tenant start no faster than the API allows: at most {@link perSecond} in any
 * window of {@link windowMs}, less what the RateLimit headers show that others used, and slower when the
 * hour's budget runs out. All nodes and executions of the process that talk to the tenant share it.
 */
export class RateLimiter {
	/** The requests that count against the current second, oldest first. */
	private slots: Slot[] = [];

	private inFlight = 0;

	/** How long in ms the latest requests took that were under way while the process was not busy. */
	private readonly durations: number[] = [];

	/** Since when the process is seen not to be busy, and when it was last seen. */
	private calm = { since: 0, seenAt: 0 };

	/** When the next request may start where starts are spread. */
	private nextDue = 0;

	private blockedUntil = 0;

	/** When the limit was last reached, and since when it is reached again and again. */
	private full = { since: 0, at: 0 };

	private rate = perSecond;

	private spent = { believedUntil: 0, renewsAt: 0 };

	/** Everyone who wants to send waits behind the one before, so that starts are counted one by one. */
	private gate: Promise<unknown> = Promise.resolve();

	/**
	 * Waits until one more request may start. What it returns must be handed to `leave`.
	 *
	 * @returns undefined when the hour's budget is spent, so that it would be refused
	 * @throws ExecutionStopped when the execution is stopped while waiting
	 */
	async acquire(signal: AbortSignal | undefined): Promise<Slot | undefined> {
		const turn = this.gate.then(async () => await this.waitForRoom(signal));
		this.gate = turn.catch(() => undefined);
		return await turn;
	}

	release(slot: Slot, headers?: IDataObject): void {
		this.inFlight--;
		const now = Date.now();
		// What was late because the process was busy says nothing about the API.
		if (this.calm.since <= slot.startedAt && now - this.calm.seenAt < observedMs) {
			this.durations.push(now - slot.startedAt);
			if (this.durations.length > samples.most) this.durations.shift();
		}
		// What a request took longer than the fastest may have passed before it left.
		slot.arrivedAt = Math.max(slot.startedAt, now - this.workMs());
		if (headers !== undefined) this.observe(headers);
	}

	private noteWait(from: number, askedFor: number): void {
		const now = Date.now();
		const unseenMs = from - this.calm.seenAt;
		if (unseenMs > observedMs) this.calm.since = from;
		if (unseenMs > rememberedMs) this.durations.length = 0;
		if (now - from - askedFor > calmOverrunMs) this.calm.since = now;
		this.calm.seenAt = now;
	}

	/** How long in ms the API works on a request at least; 0 while it cannot be told. */
	private workMs(): number {
		if (this.durations.length < samples.least) return 0;
		return Math.max(0, Math.min(...this.durations) - arrivalMs);
	}

	/** Nothing starts for `ms` milliseconds: the API answered 429. */
	block(ms: number): void {
		this.blockedUntil = Math.max(this.blockedUntil, Date.now() + ms);
	}

	/** The API refused because the hour's budget is spent, and renews it in `seconds`. */
	exhaustHour(seconds: number): void {
		const now = Date.now();
		this.spent = { believedUntil: now + spentBeliefMs, renewsAt: now + seconds * 1000 };
	}

	/** Seconds until the hour's budget renews when a request would be refused; undefined while it would not. */
	get renewsInSeconds(): number | undefined {
		const now = Date.now();
		const { believedUntil, renewsAt } = this.spent;
		return now < Math.min(believedUntil, renewsAt) ? (renewsAt - now) / 1000 : undefined;
	}

	private async waitForRoom(signal: AbortSignal | undefined): Promise<Slot | undefined> {
		for (;;) {
			if (signal?.aborted) throw new ExecutionStopped();
			if (this.renewsInSeconds !== undefined) return undefined;
			const now = Date.now();
			this.slots = this.slots.filter(({ arrivedAt }) => arrivedAt > now - windowMs);
			const pause = this.pauseBeforeNext(now);
			if (pause === 0) break;
			await wait(pause, signal);
			this.noteWait(now, pause);
		}
		const now = Date.now();
		this.nextDue = Math.max(this.nextDue, now - catchUpMs) + 1000 / this.startRate(now);
		const slot = { startedAt: now, arrivedAt: Infinity };
		this.slots.push(slot);
		this.inFlight++;
		return slot;
	}

	/** Starts per second that are due after one at `now`. */
	private startRate(now: number): number {
		if (this.rate < perSecond) return this.rate;
		const isLong = this.isFullLately(now) && now - this.full.since > evenAfterMs;
		return isLong ? evenRate : Infinity;
	}

	private isFullLately(now: number): boolean {
		return now - this.full.at < windowMs;
	}

	private pauseBeforeNext(now: number): number {
		if (now < this.blockedUntil) return this.blockedUntil - now;
		if (this.inFlight >= maxInFlight) return pollMs;
		if (this.slots.length >= perSecond) {
			this.full = { since: this.isFullLately(now) ? this.full.since : now, at: now };
			const oldest = Math.min(...this.slots.map(({ arrivedAt }) => arrivedAt));
			return Math.min(pollMs, Math.max(1, oldest + windowMs - now));
		}
		// Never longer than from one start to the next, should the clock be set back.
		const gap = 1000 / this.startRate(now);
		return Math.ceil(Math.min(gap, Math.max(0, this.nextDue - now)));
	}

	private observe(headers: IDataObject): void {
		const { limit = perSecond, remaining, hourLimit, hourRemaining } = readRateLimit(headers);
		if (remaining !== undefined) {
			const now = Date.now();
			const own = this.slots.filter(({ arrivedAt }) => arrivedAt > now - windowMs).length;
			const others = Math.min(perSecond, limit - remaining - own);
			for (let i = 0; i < others; i++) this.slots.push({ startedAt: now, arrivedAt: now });
		}
		if (hourLimit !== undefined && hourRemaining !== undefined) {
			const share = hourRemaining / (hourLimit * scarce);
			this.rate = share >= 1 ? perSecond : Math.max(slowest, perSecond * share);
		}
	}
}

const rateLimiters = new Map<string, RateLimiter>();

/** The pace of the tenant at `baseUrl`, one for the whole process. */
export function rateLimiterFor(baseUrl: string): RateLimiter {
	const pace = rateLimiters.get(baseUrl) ?? new RateLimiter();
	rateLimiters.set(baseUrl, pace);
	return pace;
}
