import type { RateLimitOptions } from './options';

/** What the gateway decides about one request. */
export interface Verdict {
	allowed: boolean;
	headers: Record<string, string>;
}

/**
 * The gateway's limiter: so many requests a second and an hour, with the headers of recorded traffic.
 * Refused requests are not counted. Windows start with the tenant, so that no test runs across the start of an hour.
 */
export class RateLimit {
	private second = { start: 0, used: 0 };
	private hour = { start: 0, used: 0 };
	private recent: number[] = [];

	constructor(private readonly options: Required<RateLimitOptions> | false) {}

	/** Counts a request that arrived `now` milliseconds after the start and says whether it may pass. */
	take(now: number): Verdict {
		if (this.options === false) return { allowed: true, headers: {} };
		this.roll(now, this.options);
		const { perSecond, perHour, window, headers, hourMs } = this.options;
		const usedNow = window === 'sliding' ? this.recent.length : this.second.used;
		const secondFull = usedNow >= perSecond;
		const hourFull = this.hour.used >= perHour;
		const allowed = !secondFull && !hourFull;
		if (allowed) {
			this.second.used++;
			this.hour.used++;
			this.recent.push(now);
		}
		if (!headers) return { allowed, headers: {} };
		const left = Math.max(0, perSecond - usedNow - (allowed ? 1 : 0));
		const hourLeft = Math.max(0, perHour - this.hour.used);
		const hourIsTighter = hourLeft < left || hourFull;
		const reset = hourIsTighter ? Math.ceil((this.hour.start + hourMs - now) / 1000) : 1;
		return {
			allowed,
			headers: {
				'RateLimit-Limit': String(hourIsTighter ? perHour : perSecond),
				'RateLimit-Remaining': String(Math.min(left, hourLeft)),
				'RateLimit-Reset': String(reset),
				'X-RateLimit-Limit-Second': String(perSecond),
				'X-RateLimit-Remaining-Second': String(left),
				'X-RateLimit-Limit-Hour': String(perHour),
				'X-RateLimit-Remaining-Hour': String(hourLeft),
				...(allowed ? {} : { 'Retry-After': String(reset) }),
			},
		};
	}

	/** Leaves `remaining` requests in the running hour. */
	setHourRemaining(remaining: number, now: number): void {
		if (this.options === false) return;
		this.roll(now, this.options);
		this.hour.used = this.options.perHour - remaining;
	}

	private roll(now: number, { hourMs }: Required<RateLimitOptions>): void {
		const second = now - (now % 1000);
		if (second !== this.second.start) this.second = { start: second, used: 0 };
		const hour = now - (now % hourMs);
		if (hour !== this.hour.start) this.hour = { start: hour, used: 0 };
		while (this.recent.length > 0 && this.recent[0]! <= now - 1000) this.recent.shift();
	}
}
