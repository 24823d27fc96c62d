/**
 * Lets an operation send its request again after answers that are final by default. It may be set wherever a request
 * leaves: `singleRequest`, a list's pagination, a device action, or one call of `send`.
 *
 * By default a request is sent again after 429 whatever its method, and a GET also after 502, 503, 504 or a broken
 * connection.
 */
export interface RetryRule {
	/**
	 * True for an answer which says that the API did not carry the request out, so that it may be sent again.
	 *
	 * @param status the answer's HTTP status
	 * @param text what the answer says went wrong; empty when it says nothing
	 */
	isRetryable: (status: number, text: string) => boolean;
	/** How long to keep trying, in ms after the first attempt began. */
	budgetMs: number;
}

/** An answer that is not the one asked for. */
export interface FailedAnswer {
	status: number;
	/** What the answer says went wrong; empty when it says nothing. */
	text: string;
	/** When the answer asks to come back, in seconds. */
	retryAfterSeconds?: number;
	/** True when the answer says that the hour's requests are used up. */
	hasNoHourlyQuota?: boolean;
}

/** One attempt that failed: with an answer, or with the code of a broken connection. */
export interface FailedAttempt {
	method: string;
	/** 1 for the first attempt. */
	attempt: number;
	/** Ms since the first attempt began. */
	elapsedMs: number;
	answer?: FailedAnswer;
	/** Node's or axios' code when no answer came. */
	code?: string;
}

export interface Pause {
	ms: number;
	/** For the log. */
	reason: string;
}

/** How often a request is sent at most: eight times at most 8 s apart outlast other integrations' bursts. */
const maxAttempts = { throttled: 8, unavailable: 4 };

/** The limit per second renews at once; a 429 that asks for a longer wait than this is the hourly quota. */
const longestThrottleSeconds = 90;

/** First and longest pause in ms between attempts, and the longest while a `RetryRule` applies. */
const backoffMs = { first: 500, longest: 8_000, longestByRule: 30_000 };

/** Added at random, in ms, to the pause that the API asks for, so that waiting requests do not start together. */
const spreadMs = 250;

const retriedStatuses = new Set([502, 503, 504]);
const retriedCodes = new Set(['ECONNRESET', 'EPIPE', 'ERR_BAD_RESPONSE', 'UND_ERR_SOCKET']);

/** Doubles with each attempt, a quarter more or less at random. */
const backoff = (attempt: number, random: number, longestMs = backoffMs.longest): number =>
	Math.min(longestMs, backoffMs.first * 2 ** (attempt - 1)) * (0.75 + random / 2);

/** True for a 429 because of the hourly quota, which no short wait gets over. */
export const isHourlyQuotaError = (answer: FailedAnswer): boolean =>
	answer.status === 429 &&
	(answer.hasNoHourlyQuota === true || (answer.retryAfterSeconds ?? 0) > longestThrottleSeconds);

/**
 * How long to wait before the same request may be sent again; undefined when it must not be.
 *
 * @param random from 0 up to 1
 */
export function pauseBeforeRetry(
	{ method, attempt, elapsedMs, answer, code }: FailedAttempt,
	rule: RetryRule | undefined,
	random: number,
): Pause | undefined {
	if (answer?.status === 429) {
		if (attempt >= maxAttempts.throttled || isHourlyQuotaError(answer)) return undefined;
		const seconds = answer.retryAfterSeconds;
		const ms =
			seconds === undefined ? backoff(attempt, random) : seconds * 1000 + random * spreadMs;
		return { ms, reason: 'too many requests' };
	}
	if (answer !== undefined && rule?.isRetryable(answer.status, answer.text)) {
		const ms = backoff(attempt, random, backoffMs.longestByRule);
		return elapsedMs + ms > rule.budgetMs ? undefined : { ms, reason: answer.text };
	}
	if (method !== 'GET' || attempt >= maxAttempts.unavailable) return undefined;
	const ms = backoff(attempt, random);
	if (answer !== undefined) {
		return retriedStatuses.has(answer.status)
			? { ms, reason: `status ${answer.status}` }
			: undefined;
	}
	return code !== undefined && retriedCodes.has(code) ? { ms, reason: code } : undefined;
}
