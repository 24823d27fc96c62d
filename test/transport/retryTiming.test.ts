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

/** The least that can pass between the first attempt and the last, in ms. */
function shortestPersistence(attempt: Partial<FailedAttempt>): number {
	let total = 0;
	for (let number = 1; ; number++) {
		const ms = msOf({ ...attempt, attempt: number }, 0);
		if (ms === undefined) return total;
		total += ms;
	}
}

describe('after a 429', () => {
	const throttled = (retryAfterSeconds?: number) => ({ status: 429, text: '', retryAfterSeconds });

	it.each(methods)('a %s is sent again after the pause that the API asks for', (method) => {
		expect(msOf({ method, answer: throttled(3) }, 0)).toBe(3000);
		// Spread by up to a quarter of a second.
		expect(msOf({ method, answer: throttled(3) }, 0.8)).toBe(3200);
	});

	it.each([undefined, 0, 0.001, 0.2])(
		'backs off where the API asks for (almost) no pause, %s: doubled, up to 8 s, a quarter more or less',
		(seconds) => {
			const answer = throttled(seconds);
			const pauses = [1, 2, 3, 4, 5, 6, 7].map((attempt) => msOf({ attempt, answer }));
			expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000]);
			expect(msOf({ attempt: 2, answer }, 0)).toBe(750);
			expect(msOf({ attempt: 2, answer }, 1)).toBe(1250);
		},
	);

	it('keeps the backoff where it is longer than what the API asks for', () => {
		expect(msOf({ attempt: 5, answer: throttled(1) })).toBe(8000);
		expect(msOf({ attempt: 5, answer: throttled(20) }, 0)).toBe(20_000);
	});

	it('keeps everybody else back for a second, or as long as the API asks for', () => {
		const tenantMsOf = (attempt: number, seconds?: number) =>
			pauseBeforeRetry(failed({ attempt, answer: throttled(seconds) }), undefined, 0)?.tenantMs;
		expect([undefined, 0, 1, 3, 90].map((seconds) => tenantMsOf(1, seconds))).toEqual([
			1000, 1000, 1000, 3000, 90_000,
		]);
		// Its own pauses grow, those of the others do not.
		expect(tenantMsOf(9)).toBe(1000);
		const busyAnswer = { answer: status(503) };
		expect(pauseBeforeRetry(failed(busyAnswer), undefined, 0)).not.toHaveProperty('tenantMs');
	});

	it.each(methods)('a %s is sent ten times at most', (method) => {
		expect(msOf({ method, attempt: 9, answer: throttled(1) })).toBeDefined();
		expect(msOf({ method, attempt: 10, answer: throttled(1) })).toBeUndefined();
	});

	it.each(methods)(
		'a %s outlasts half a minute of refusals, whatever pause they ask for',
		(method) => {
			for (const seconds of [undefined, 0, 0.5, 1, 2, 10, 31]) {
				expect(shortestPersistence({ method, answer: throttled(seconds) })).toBeGreaterThan(32_000);
			}
		},
	);

	it.each<[string, number | undefined, boolean | undefined, boolean]>([
		['a pause of 90 s is a throttle', 90, undefined, false],
		['a longer one is the hourly quota', 90.1, undefined, true],
		['no pause at all is a throttle', undefined, undefined, false],
		['the headers may say that nothing is left', 1, true, true],
		['the headers may say that something is left', 600, false, false],
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
	it.each([408, 502, 503, 504])('a read is sent ten times at most after a %i', (number) => {
		const pauses = [1, 2, 3, 9, 10].map((attempt) => msOf({ attempt, answer: status(number) }));
		expect(pauses).toEqual([500, 1000, 2000, 8000, undefined]);
		expect(shortestPersistence({ answer: status(number) })).toBeGreaterThan(32_000);
	});

	it('a read waits as long as a 503 asks for, within half a minute', () => {
		const pauses = [0, 5, 30, 3000].map((retryAfterSeconds) =>
			msOf({ answer: { ...status(503), retryAfterSeconds } }, 0),
		);
		expect(pauses).toEqual([375, 5000, 30_000, 30_000]);
	});

	it.each(['ECONNRESET', 'EPIPE', 'ERR_BAD_RESPONSE', 'UND_ERR_SOCKET'])(
		'a read is sent ten times at most after %s',
		(code) => {
			const pauses = [1, 2, 3, 9, 10].map((attempt) => msOf({ attempt, code }));
			expect(pauses).toEqual([500, 1000, 2000, 8000, undefined]);
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
		expect(msOf({ attempt: 10, answer: status(503) }, 0.5, busy)).toBeUndefined();
	});
});

describe('the pause that an answer asks for', () => {
	const date = 'Mon, 04 May 2026 10:00:00 GMT';

	it.each<[string, Record<string, string>, number | undefined]>([
		['seconds', { 'retry-after': '7', 'ratelimit-reset': '1' }, 7],
		['a part of a second', { 'retry-after': '0.25' }, 0.25],
		['a date', { 'retry-after': 'Mon, 04 May 2026 10:00:30 GMT', date }, 30],
		['a date in the past', { 'retry-after': 'Mon, 04 May 2026 09:00:00 GMT', date }, 0],
		['a date far away', { 'retry-after': 'Mon, 04 May 2037 09:00:00 GMT', date }, undefined],
		['a date without the time it was sent', { 'retry-after': date }, undefined],
		['a negative number', { 'retry-after': '-5' }, undefined],
		['an hour', { 'retry-after': '3600' }, 3600],
		['more than any limit takes', { 'retry-after': '3661' }, undefined],
		['thirty years', { 'retry-after': '1000000000', 'ratelimit-reset': '2' }, 2],
		['no decimal', { 'retry-after': '1e3', date }, undefined],
		['an infinite number', { 'retry-after': 'Infinity', date }, undefined],
		['RateLimit-Reset alone', { 'ratelimit-reset': '2' }, 2],
		['RateLimit-Reset as a time', { 'ratelimit-reset': '1777888800' }, undefined],
		['nonsense', { 'retry-after': 'soon', 'ratelimit-reset': '2', date }, 2],
		['the word now', { 'retry-after': 'now', date }, undefined],
		['an empty header', { 'retry-after': ' ' }, undefined],
		['no header', {}, undefined],
	])('%s', (_name, headers, seconds) => {
		expect(secondsUntilReset(headers)).toBe(seconds);
	});

	it('does not depend on the clock of this machine', () => {
		jest.useFakeTimers({ now: Date.parse('2031-01-01T00:00:00Z') });
		const headers = { 'retry-after': 'Mon, 04 May 2026 10:00:30 GMT', date };
		expect(secondsUntilReset(headers)).toBe(30);
		jest.useRealTimers();
	});

	it('the hourly quota is exhausted when a header says 0, and only then', () => {
		expect(hasNoHourlyQuota({ 'x-ratelimit-remaining-hour': '0' })).toBe(true);
		expect(hasNoHourlyQuota({ 'x-ratelimit-remaining-hour': '1' })).toBe(false);
		expect(hasNoHourlyQuota({ 'x-ratelimit-remaining-hour': '' })).toBeUndefined();
		expect(hasNoHourlyQuota({})).toBeUndefined();
	});
});
