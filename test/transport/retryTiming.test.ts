import {
	isHourlyQuotaError,
	pauseBeforeRetry,
	type FailedAttempt,
	type RetryRule,
} from '../../nodes/Kandji/transport/http/retry';
import {
	hasNoHourlyQuota,
	secondsUntilReset,
} from '../../nodes/Kandji/transport/http/rateLimitHeaders';

const methods = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'];
const writes = methods.slice(1);

const failed = (attempt: Partial<FailedAttempt>): FailedAttempt => ({
	method: 'GET',
	attempt: 1,
	elapsedMs: 0,
	...attempt,
});
const status = (number: number, text = '') => ({ status: number, text });
const msOf = (attempt: Partial<FailedAttempt>, random = 0.5, rule?: RetryRule) =>
	pauseBeforeRetry(failed(attempt), rule, random)?.ms;

describe('after a 429', () => {
	const throttled = (retryAfterSeconds?: number) => ({ status: 429, text: '', retryAfterSeconds });

	it.each(methods)('a %s is sent again after the pause that the API asks for', (method) => {
		expect(msOf({ method, answer: throttled(3) }, 0)).toBe(3000);
		expect(msOf({ method, answer: throttled(0) }, 0)).toBe(0);
		// Spread by up to a quarter of a second.
		expect(msOf({ method, answer: throttled(3) }, 0.8)).toBe(3200);
	});

	it('backs off where the API asks for no pause: doubled, up to 8 s, a quarter more or less', () => {
		const pauses = [1, 2, 3, 4, 5, 6, 7].map((attempt) => msOf({ attempt, answer: throttled() }));
		expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000]);
		expect(msOf({ attempt: 2, answer: throttled() }, 0)).toBe(750);
		expect(msOf({ attempt: 2, answer: throttled() }, 1)).toBe(1250);
	});

	it.each(methods)('a %s is sent eight times at most', (method) => {
		expect(msOf({ method, attempt: 7, answer: throttled(1) })).toBeDefined();
		expect(msOf({ method, attempt: 8, answer: throttled(1) })).toBeUndefined();
	});

	it.each<[string, number | undefined, boolean, boolean]>([
		['a pause of 90 s is a throttle', 90, false, false],
		['a longer one is the hourly quota', 90.1, false, true],
		['no pause at all is a throttle', undefined, false, false],
		['the headers may say that nothing is left', 1, true, true],
	])('%s', (_name, retryAfterSeconds, hasNoQuota, isQuota) => {
		const answer = { status: 429, text: '', retryAfterSeconds, hasNoHourlyQuota: hasNoQuota };
		expect(isHourlyQuotaError(answer)).toBe(isQuota);
		expect(msOf({ answer }) === undefined).toBe(isQuota);
	});

	it('only a 429 can be the hourly quota', () => {
		expect(isHourlyQuotaError({ ...status(503), retryAfterSeconds: 3600 })).toBe(false);
		expect(isHourlyQuotaError({ ...status(404), hasNoHourlyQuota: true })).toBe(false);
	});
});

describe('after another failure', () => {
	it.each([502, 503, 504])('a read is sent four times at most after a %i', (number) => {
		const pauses = [1, 2, 3, 4].map((attempt) => msOf({ attempt, answer: status(number) }));
		expect(pauses).toEqual([500, 1000, 2000, undefined]);
	});

	it.each(['ECONNRESET', 'EPIPE', 'ERR_BAD_RESPONSE', 'UND_ERR_SOCKET'])(
		'a read is sent four times at most after %s',
		(code) => {
			const pauses = [1, 2, 3, 4].map((attempt) => msOf({ attempt, code }));
			expect(pauses).toEqual([500, 1000, 2000, undefined]);
		},
	);

	it.each(writes)('a %s is never sent again', (method) => {
		for (const number of [200, 400, 408, 409, 425, 500, 502, 503, 504]) {
			expect(msOf({ method, answer: status(number) })).toBeUndefined();
		}
		for (const code of ['ECONNRESET', 'EPIPE', 'ERR_BAD_RESPONSE', 'UND_ERR_SOCKET', '']) {
			expect(msOf({ method, code })).toBeUndefined();
		}
	});

	it('a read is not sent again when that would not help', () => {
		for (const number of [200, 301, 400, 401, 403, 404, 409, 500, 501, 505]) {
			expect(msOf({ answer: status(number) })).toBeUndefined();
		}
		for (const code of ['ENOTFOUND', 'ECONNREFUSED', 'ETIMEDOUT', 'ERR_CANCELED', '']) {
			expect(msOf({ code })).toBeUndefined();
		}
		expect(msOf({})).toBeUndefined();
	});

	it('the log gets the reason', () => {
		const reasonOf = (attempt: Partial<FailedAttempt>, rule?: RetryRule) =>
			pauseBeforeRetry(failed(attempt), rule, 0)?.reason;
		expect(reasonOf({ answer: status(429) })).toBe('too many requests');
		expect(reasonOf({ answer: status(503) })).toBe('status 503');
		expect(reasonOf({ code: 'EPIPE' })).toBe('EPIPE');
		expect(reasonOf({ answer: status(409, 'Busy.') }, busy)).toBe('Busy.');
	});
});

const busy: RetryRule = {
	isRetryable: (number, text) => number === 409 && text === 'Busy.',
	budgetMs: 60_000,
};

describe('a retry rule', () => {
	const answer = status(409, 'Busy.');

	it.each(methods)('allows a %s again, without a limit on the attempts', (method) => {
		expect(msOf({ method, answer }, 0.5, busy)).toBe(500);
		expect(msOf({ method, attempt: 20, answer }, 0.5, busy)).toBe(30_000);
	});

	it('ends when the next attempt would begin after its budget', () => {
		expect(msOf({ answer, elapsedMs: 59_500 }, 0.5, busy)).toBe(500);
		expect(msOf({ answer, elapsedMs: 59_501 }, 0.5, busy)).toBeUndefined();
	});

	it('allows nothing that it does not name', () => {
		expect(msOf({ method: 'POST', answer: status(409, 'Other.') }, 0.5, busy)).toBeUndefined();
		expect(msOf({ method: 'POST', code: 'ECONNRESET' }, 0.5, busy)).toBeUndefined();
	});

	it('changes no default', () => {
		expect(
			msOf({ method: 'POST', answer: { ...status(429), retryAfterSeconds: 2 } }, 0, busy),
		).toBe(2000);
		expect(msOf({ attempt: 3, answer: status(503) }, 0.5, busy)).toBe(2000);
		expect(msOf({ attempt: 4, answer: status(503) }, 0.5, busy)).toBeUndefined();
	});
});

describe('the pause that an answer asks for', () => {
	const now = Date.parse('2026-05-04T10:00:00Z');

	it.each<[string, Record<string, string>, number | undefined]>([
		['seconds', { 'retry-after': '7', 'ratelimit-reset': '1' }, 7],
		['a part of a second', { 'retry-after': '0.25' }, 0.25],
		['a date', { 'retry-after': 'Mon, 04 May 2026 10:00:30 GMT' }, 30],
		['a date in the past', { 'retry-after': 'Mon, 04 May 2026 09:00:00 GMT' }, 0],
		['a negative number', { 'retry-after': '-5' }, 0],
		['RateLimit-Reset alone', { 'ratelimit-reset': '2' }, 2],
		['nonsense', { 'retry-after': 'soon', 'ratelimit-reset': '2' }, 2],
		['an empty header', { 'retry-after': ' ' }, undefined],
		['no header', {}, undefined],
	])('%s', (_name, headers, seconds) => {
		expect(secondsUntilReset(headers, now)).toBe(seconds);
	});

	it('the hourly quota is exhausted when a header says 0, and only then', () => {
		expect(hasNoHourlyQuota({ 'x-ratelimit-remaining-hour': '0' })).toBe(true);
		expect(hasNoHourlyQuota({ 'x-ratelimit-remaining-hour': '1' })).toBe(false);
		expect(hasNoHourlyQuota({ 'x-ratelimit-remaining-hour': '' })).toBe(false);
		expect(hasNoHourlyQuota({})).toBe(false);
	});
});
