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

/** Plain decimals only; whatever else stands in a header is no number. */
const asNumber = (value: unknown): number | undefined =>
	typeof value === 'string' && /^\s*\d{1,15}(?:\.\d*)?\s*$/.test(value) ? Number(value) : undefined;

export const readRateLimit = (headers: IDataObject): RateLimitHeaders => ({
	// RateLimit-* are those of whichever limit is nearer, which is the hourly one at the end of an hour.
	limit: asNumber(headers['x-ratelimit-limit-second'] ?? headers['ratelimit-limit']),
	remaining: asNumber(headers['x-ratelimit-remaining-second'] ?? headers['ratelimit-remaining']),
	hourLimit: asNumber(headers['x-ratelimit-limit-hour']),
	hourRemaining: asNumber(headers['x-ratelimit-remaining-hour']),
});

/** No limit takes longer to renew than the hourly one, and a minute for clocks that differ. */
const longestResetSeconds = 3_660;

/** The seconds that `Retry-After` names: as a number, or as a date by the clock that wrote it. */
function retryAfterSeconds(headers: IDataObject): number | undefined {
	const value = headers['retry-after'];
	const seconds = asNumber(value);
	if (seconds !== undefined || typeof value !== 'string') return seconds;
	// Other texts than HTTP dates, such as "-5", would parse as some date too.
	const date = /[a-z]/i.test(value) ? Date.parse(value) : NaN;
	const sentAt = Date.parse(String(headers.date));
	return Number.isNaN(date) || Number.isNaN(sentAt)
		? undefined
		: Math.max(0, (date - sentAt) / 1000);
}

/**
 * Seconds until the limit renews: `Retry-After` in seconds or as a date, else `RateLimit-Reset`. A date counts from the
 * answer's own `Date`, since this machine's clock may differ. Undefined when neither is there or plausible.
 */
export const secondsUntilReset = (headers: IDataObject): number | undefined =>
	[retryAfterSeconds(headers), asNumber(headers['ratelimit-reset'])].find(
		(seconds) => seconds !== undefined && seconds <= longestResetSeconds,
	);

/** Whether the headers say that none of the hour's requests is left; undefined when they do not say. */
export function hasNoHourlyQuota(headers: IDataObject): boolean | undefined {
	const { hourRemaining } = readRateLimit(headers);
	return hourRemaining === undefined ? undefined : hourRemaining === 0;
}
