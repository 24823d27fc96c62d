/**
 * Lets an operation send its request again after answers that are final by default. It may be set wherever a request
 * leaves: `singleRequest`, a list's pagination, a device action, or one call of `send`.
 *
 * By default a request is sent again after 429 whatever its method, and a GET also after 408, 502, 503, 504 or a
 * broken connection.
 */
export interface RetryRule {
	/**
	 * True for an answer which says that the API did not carry the request out, so that it may be sent again.
	 *
	 * @param status the answer's HTTP status
	 * @param text what the answer says went wrong; empty when it says nothing
	 */
	isRetryable: (status: number, text: string) => boolean;
	/** How long to keep trying, in ms after the first attempt was sent. */
	budgetMs: number;
}

/** An answer that is not the one asked for. */
export interface FailedAnswer {
	status: number;
	/** What the answer says went wrong; empty when it says nothing. */
	text: string;
	/** When the answer asks to come back, in seconds. */
	retryAfterSeconds?: number;
	/** Whether the answer says that the hour's requests are used up; undefined when it does not say. */
	hasNoHourlyQuota?: boolean;
}

/** One attempt that failed: with an answer, or with the code of a broken connection. */
export interface FailedAttempt {
	method: string;
	/** 1 for the first attempt. */
	attempt: number;
	/** Ms since the first attempt was sent. */
	elapsedMs: number;
	answer?: FailedAnswer;
	/** Node's or axios' code when no answer came. */
	code?: string;
}

export interface Pause {
	ms: number;
	/** How long in ms no other request to the tenant should start either. */
	tenantMs?: number;
	/** For the log. */
	reason: string;
}

/**
 * How often a request is sent at most. The pauses between ten attempts last 35 s at least, so that half a minute without
 * service, or of other integrations' requests, is outlasted.
 */
const maxAttempts = 10;

/** The limit per second renews at once; a 429 that asks for a longer wait than this is the hourly quota. */
const longestThrottleSeconds = 90;

/** The longest pause in seconds that an answer other than a 429 may ask for. */
const longestAskedSeconds = 30;

/** First and longest pause in ms between attempts, and the longest while a `RetryRule` applies. */
const backoffMs = { first: 500, longest: 8_000, longestByRule: 30_000 };

/** How long in ms nothing starts after a 429, unless it asks for longer: then the limit per second has renewed. */
const throttleMs = 1_000;

/** Added at random, in ms, to the pause that the API asks for, so that waiting requests do not start together. */
const spreadMs = 250;

const retriedStatuses = new Set([408, 502, 503, 504]);
const retriedCodes = new Set(['ECONNRESET', 'EPIPE', 'ERR_BAD_RESPONSE', 'UND_ERR_SOCKET']);

/** Doubles with each attempt, a quarter more or less at random. */
const backoff = (attempt: number, random: number, longestMs = backoffMs.longest): number =>
	Math.min(longestMs, backoffMs.first * 2 ** (attempt - 1)) * (0.75 + random / 2);

/** The pause that the API asks for, and never less than the backoff: it may ask for none at all. */
const askedPause = (attempt: number, random: number, seconds = 0): number =>
	Math.max(backoff(attempt, random), seconds * 1000 + random * spreadMs);

/** True for a 429 because of the hourly quota, which no short wait gets over. */
export const isHourlyQuotaError = ({
	status,
	retryAfterSeconds = 0,
	hasNoHourlyQuota = retryAfterSeconds > longestThrottleSeconds,
}: FailedAnswer): boolean => status === 429 && hasNoHourlyQuota;

/**
 * How long to wait before the same request may be sent again; undefined when it must not be. A write that was answered
 * with anything but a 429 may have been carried out, a 503 included: the API documents that answer for one request only,
 * which has a `RetryRule`.
 *
 * @param random from 0 up to 1
 */
export function pauseBeforeRetry(
	{ method, attempt, elapsedMs, answer, code }: FailedAttempt,
	rule: RetryRule | undefined,
	random: number,
): Pause | undefined {
	if (answer?.status === 429) {
		if (attempt >= maxAttempts || isHourlyQuotaError(answer)) return undefined;
		const seconds = Math.min(longestThrottleSeconds, answer.retryAfterSeconds ?? 0);
		return {
			ms: askedPause(attempt, random, seconds),
			tenantMs: Math.max(throttleMs, seconds * 1000),
			reason: 'too many requests',
		};
	}
	if (answer !== undefined && rule?.isRetryable(answer.status, answer.text)) {
		const ms = backoff(attempt, random, backoffMs.longestByRule);
		return elapsedMs + ms > rule.budgetMs ? undefined : { ms, reason: answer.text };
	}
	if (method !== 'GET' || attempt >= maxAttempts) return undefined;
	if (answer !== undefined) {
		if (!retriedStatuses.has(answer.status)) return undefined;
		const seconds = Math.min(longestAskedSeconds, answer.retryAfterSeconds ?? 0);
		return { ms: askedPause(attempt, random, seconds), reason: `status ${answer.status}` };
	}
	return code !== undefined && retriedCodes.has(code)
		? { ms: backoff(attempt, random), reason: code }
		: undefined;
}
