import type { IDataObject } from 'n8n-workflow';

/** What an answer tells about the limits; a number is undefined where its header is missing. */
export interface RateLimitHeaders {
	/** Requests allowed per second, and how many of them are left. */
	limit?: number;
	remaining?: number;
	/** Requests allowed per hour, and how many of them are left. */
	hourLimit?: number;
	hourRemaining?: number;
}

const asNumber = (value: unknown): number | undefined => {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
	return Number.isFinite(number) ? number : undefined;
};

export const readRateLimit = (headers: IDataObject): RateLimitHeaders => ({
	limit: asNumber(headers['ratelimit-limit']),
	remaining: asNumber(headers['ratelimit-remaining']),
	hourLimit: asNumber(headers['x-ratelimit-limit-hour']),
	hourRemaining: asNumber(headers['x-ratelimit-remaining-hour']),
});

/**
 * Seconds until the limit renews: `Retry-After` in seconds or as a date, else `RateLimit-Reset`. Undefined when
 * neither is there.
 *
 * @param now the time of day in ms, which a date is compared with
 */
export function secondsUntilReset(headers: IDataObject, now = Date.now()): number | undefined {
	const retryAfter = headers['retry-after'];
	const seconds = asNumber(retryAfter);
	if (seconds !== undefined) return Math.max(0, seconds);
	const date = typeof retryAfter === 'string' ? Date.parse(retryAfter) : NaN;
	if (!Number.isNaN(date)) return Math.max(0, (date - now) / 1000);
	return asNumber(headers['ratelimit-reset']);
}

/** True when the headers say that none of the hour's requests is left. */
export const hasNoHourlyQuota = (headers: IDataObject): boolean =>
	readRateLimit(headers).hourRemaining === 0;
