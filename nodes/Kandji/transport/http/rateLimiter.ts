import type { IDataObject } from 'n8n-workflow';

import type { Urgency } from './fairQueue';
import { FairQueue, urgencies } from './fairQueue';
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

/** Of the {@link perSecond}, those that only writes and the reads they need may use, so that a write need not wait. */
const keptForWrites = 1;

/**
 * Reads in flight at once, of one urgency and those above it: enough for the full rate with answers that take up to
 * 0.6 s. Writes are not limited: each execution sends one at a time.
 */
const maxInFlight = 32;

/** How long in ms a request without an answer counts as in flight; later it hangs, and must not hold up others. */
const hangsAfterMs = 10_000;

/**
 * Starts that may come at once; those after them come evenly, 20 ms apart. Answers that all come at the same moment keep
 * the process busy for 100 ms, and what is in flight meanwhile counts for longer.
 */
const burst = 30;

/** How often in ms to look whether an answer made room. */
const pollMs = 5;

/** Below this share of the hourly quota the rate is lowered, in proportion to what is left. */
const scarceShare = 0.05;

/** The lowest rate in requests per second while any of the hourly quota is left, and after any number of 429. */
const slowestRate = 2;

/** By how many requests per second the rate rises again with each second after a 429. */
const recoveryPerSecond = 5;

/** How long in ms an exhausted hourly quota is taken for granted before the API is asked again. */
const quotaRecheckMs = 60_000;

/** How long in ms an answer tells what is left of the hour: others use it too, and it renews. */
const leftIsKnownMs = 30_000;

/** One request that counts against the limit. Times are in ms, on the limiter's clock. */
interface Slot {
	countsUntil: number;
	/** Infinity while the request is in flight. */
	answeredAt: number;
}

/** A request that waits until it may start. */
interface Waiting {
	urgency: Urgency;
	/** Called with undefined when it would be refused. */
	proceed: (slot: Slot | undefined) => void;
}

/** What a limiter reads the time from and waits with. */
interface Clock {
	/** Ms from any starting point, never set back. */
	now: () => number;
	wait: typeof wait;
}

/** Who asks for a request. */
export interface Caller {
	/** One run of a node, one call of a picker, one poll: callers take turns. */
	owner: object;
	urgency: Urgency;
	/** Aborted when the execution is stopped. */
	signal?: AbortSignal;
}

/**
 * Lets requests to one tenant start no faster than the API allows: at most {@link perSecond} in any second, less what
 * the RateLimit headers show that others used, slower after a 429, and slower when the hourly quota runs low. Who goes
 * first is up to {@link FairQueue}. All nodes and executions of the process share the limiter of a tenant.
 */
export class RateLimiter {
	private slots: Slot[] = [];

	private readonly inFlight = new Map<Slot, { urgency: Urgency; startedAt: number }>();

	/** Starts per second; lower than the limit only while the hourly quota is scarce. */
	private hourlyRate = perSecond;

	/** Starts per second after a 429, when the block ended; it rises from there. */
	private rateAfterBlock = perSecond;

	private isChecking = false;

	private checkedAt = 0;

	private blockedUntil = 0;

	private nextStartAt = 0;

	private exhausted = { until: 0, renewsAt: 0 };

	private hour = { left: Infinity, knownUntil: -Infinity };

	private readonly queue = new FairQueue<Waiting>();

	private isServing = false;

	constructor(private readonly clock: Clock = { now: () => performance.now(), wait }) {}

	/**
	 * Waits until one more request may start. Hand the slot to {@link release} when the request has ended.
	 *
	 * @returns undefined when the hourly quota is exhausted, so that the request would be refused
	 * @throws ExecutionStopped when the execution is stopped while waiting
	 */
	async acquire({ owner, urgency, signal }: Caller): Promise<Slot | undefined> {
		if (signal?.aborted) throw new ExecutionStopped();
		return await new Promise((resolve, reject) => {
			const stop = () => {
				this.queue.remove(urgency, owner, waiting);
				reject(new ExecutionStopped());
			};
			const proceed = (slot: Slot | undefined) => {
				signal?.removeEventListener('abort', stop);
				resolve(slot);
			};
			const waiting: Waiting = { urgency, proceed };
			signal?.addEventListener('abort', stop);
			this.queue.add(urgency, owner, waiting);
			if (!this.isServing) void this.serve();
		});
	}

	/** @param headers those of the answer, when one came */
	release(slot: Slot, headers?: IDataObject): void {
		this.inFlight.delete(slot);
		slot.answeredAt = this.clock.now();
		if (headers !== undefined) this.adjust(headers);
	}

	/**
	 * Nothing starts for `ms` milliseconds: the API answered 429. Afterwards the rate is half of what it was. Further
	 * 429 during a block are of requests that had started before it, and lengthen it at most.
	 */
	block(ms: number): void {
		const now = this.clock.now();
		if (now >= this.blockedUntil) {
			this.rateAfterBlock = Math.max(slowestRate, this.rateAt(now) / 2);
		}
		this.blockedUntil = Math.max(this.blockedUntil, now + ms);
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

	/** Requests of the hour that are left; undefined when no answer has said so lately. */
	get leftThisHour(): number | undefined {
		return this.clock.now() < this.hour.knownUntil ? this.hour.left : undefined;
	}

	/** Starts what waits, as soon as it may start, until nothing waits. */
	private async serve(): Promise<void> {
		this.isServing = true;
		while (!this.queue.isEmpty) {
			if (this.renewsInSeconds !== undefined) {
				for (const { proceed } of this.queue.drain()) proceed(undefined);
				break;
			}
			const now = this.clock.now();
			const pause = this.pauseBeforeNext(now);
			const next =
				pause > 0 ? undefined : this.queue.take((urgency) => this.hasRoomFor(urgency, now));
			if (next === undefined) await this.clock.wait(pause > 0 ? pause : pollMs, undefined);
			else next.proceed(this.start(now, next.urgency));
		}
		this.isServing = false;
	}

	private start(now: number, urgency: Urgency): Slot {
		const slot = { countsUntil: now + countedMs, answeredAt: Infinity };
		this.slots.push(slot);
		this.inFlight.set(slot, { urgency, startedAt: now });
		if (!this.isChecking) void this.check();
		const rate = this.rateAt(now);
		const isSpaced = rate < perSecond || this.slots.length > burst;
		this.nextStartAt = isSpaced ? now + 1000 / rate : now;
		return slot;
	}

	/** Starts per second that the last 429 and the hourly quota allow. */
	private rateAt(now: number): number {
		const recovered = (recoveryPerSecond * Math.max(0, now - this.blockedUntil)) / 1000;
		return Math.min(perSecond, this.hourlyRate, this.rateAfterBlock + recovered);
	}

	private pauseBeforeNext(now: number): number {
		this.noticeBlock(now);
		this.slots = this.slots.filter(({ countsUntil }) => countsUntil > now);
		return Math.max(this.blockedUntil, this.nextStartAt) - now;
	}

	private hasRoomFor(urgency: Urgency, now: number): boolean {
		if (urgency === 'write') return this.slots.length < perSecond;
		if (this.slots.length >= perSecond - keptForWrites) return false;
		const counted = [...this.inFlight.values()].filter(
			(other) =>
				other.urgency !== 'write' &&
				urgencies.indexOf(other.urgency) <= urgencies.indexOf(urgency) &&
				now - other.startedAt < hangsAfterMs,
		);
		return counted.length < maxInFlight;
	}

	private async check(): Promise<void> {
		this.isChecking = true;
		while (this.inFlight.size > 0) {
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
			this.hour = { left: hourRemaining, knownUntil: now + leftIsKnownMs };
			const share = hourRemaining / (hourLimit * scarceShare);
			this.hourlyRate = Math.min(perSecond, Math.max(slowestRate, perSecond * share));
		}
	}
}

const rateLimiters = new Map<string, RateLimiter>();

const loopback = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * What tells one tenant from another: the host and the path before `/api`. One host has many spellings, and the vendor
 * serves a tenant under its old name and its new one.
 */
export function tenantOf(baseUrl: string): string {
	const { hostname, port, pathname } = new URL(baseUrl);
	const host = hostname
		.replace(/\.$/, '')
		.replace(/\.iru\.com$/, '.kandji.io')
		.replace(loopback, 'loopback');
	return `${host}:${port}${pathname.replace(/(?<!\/)\/+$/, '')}`;
}

/** The rate limiter of the tenant at `baseUrl`, one for the whole process. */
export function rateLimiterFor(baseUrl: string): RateLimiter {
	const tenant = tenantOf(baseUrl);
	const limiter = rateLimiters.get(tenant) ?? new RateLimiter();
	rateLimiters.set(tenant, limiter);
	return limiter;
}
