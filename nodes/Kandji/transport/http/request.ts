import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { checkToken, CredentialFieldError, getBaseUrl } from '../../../../credentials/baseUrl';
import type { ApiContext } from './context';
import { errorText, secretsOf } from './errorText';
import { apiError } from './errors';
import { hasNoHourlyQuota, rateLimiterFor, secondsUntilReset } from './rateLimiter';
import type { RateLimiter } from './rateLimiter';
import { cancelSignal, ExecutionStopped, wait } from './wait';

/** An answer with a status from 200 to 299 and a body that can be what was asked for. */
export interface ApiResponse {
	body: unknown;
	headers: IDataObject;
	statusCode: number;
}

/** How a request is told about in errors, and what else may be tried again. */
export interface RequestDetails {
	/** The API's path with `{device_id}` unfilled; the request's own path when left out. */
	path?: string;
	ids?: IDataObject;
	/** True for an answer after which the same request may be sent again because it was not executed. */
	isBusy?: (status: number, text: string) => boolean;
	/** Longest time in ms to keep asking while `isBusy`. */
	busyBudgetMs?: number;
}

/** n8n sets this timeout in ms where the user has set none. */
const defaultTimeoutMs = 300_000;

/** Longest silence, and longest time for a whole answer, in ms, that a read waits for. */
const readTimeoutMs = 60_000;
const readDeadlineMs = 180_000;

/** How often a request is sent at most, by the reason for sending it again. */
const maxTries = { throttled: 8, unavailable: 4 };

/** A 429 that asks for a longer wait in seconds than this is the hour's budget. */
const longestThrottleSeconds = 90;

/** Longest pause in ms between two tries while the API is busy with an upload. */
const busyPauseMs = 30_000;

const backoff = (attempt: number, longestMs = 8_000): number =>
	Math.min(longestMs, 500 * 2 ** (attempt - 1)) * (0.75 + Math.random() / 2);

const retriedStatuses = new Set([502, 503, 504]);
const retriedCodes = new Set(['ECONNRESET', 'EPIPE', 'ERR_BAD_RESPONSE', 'UND_ERR_SOCKET']);

/** In place of Node's code: the request was not sent, because the hour's budget is known to be spent. */
const quotaExhausted = 'BUDGET_SPENT';

type Answer =
	| { response: ApiResponse; problem?: string; code?: undefined }
	| { code: string; response?: undefined; problem?: undefined };

function findCode(error: unknown): string {
	for (let cause = error; typeof cause === 'object' && cause !== null;) {
		const { code } = cause as { code?: unknown };
		if (typeof code === 'string') return code;
		const { cause: next } = cause as { cause?: unknown };
		cause = next;
	}
	const { message } = error as { message?: unknown };
	return /aborted|socket hang up/.test(String(message)) ? 'ECONNRESET' : '';
}

/** What is wrong with a successful answer, so that half an answer never passes for a whole one. */
function invalidResponseReason(
	options: IHttpRequestOptions,
	{ body, headers, statusCode }: ApiResponse,
): string | undefined {
	if (statusCode >= 300) return undefined;
	const contentType = String(headers['content-type'] ?? '');
	const wrongType = `Kandji answered with ${contentType.split(';')[0]} instead of data`;
	if (options.encoding !== undefined) return /html/.test(contentType) ? wrongType : undefined;
	const isRead = (options.method ?? 'GET') === 'GET';
	if (body === '' || body === undefined || body === null) {
		return isRead && statusCode !== 204 ? 'Kandji sent an empty answer' : undefined;
	}
	if (typeof body === 'string' && /json/.test(contentType)) {
		return 'Kandji’s answer was cut off before its end';
	}
	if (contentType !== '' && !/json/.test(contentType)) return wrongType;
	// A delete alone may succeed with nothing but a sentence.
	if (options.method !== 'DELETE' && typeof body === 'object' && !Array.isArray(body)) {
		const keys = Object.keys(body);
		const onlyError = keys.every((key) =>
			['detail', 'error', 'errors', 'message', 'request_id'].includes(key),
		);
		if (keys.length > 0 && onlyError) return 'Kandji answered with an error instead of data';
	}
	return undefined;
}

const knownCredentials = new WeakMap<object, Promise<ICredentialDataDecryptedObject>>();

/**
 * The credential, asked for once per context. n8n would decrypt it twice for each request, which takes as long as
 * the request itself; a context lasts for an item, a picker's call or a poll.
 */
function credentialsOf(context: ApiContext): Promise<ICredentialDataDecryptedObject> {
	const known = knownCredentials.get(context) ?? context.getCredentials('kandjiApi');
	knownCredentials.set(context, known);
	return known;
}

async function sendOnce(
	context: ApiContext,
	options: IHttpRequestOptions,
	limiter: RateLimiter,
): Promise<Answer> {
	const stop = cancelSignal(context);
	const isRead = (options.method ?? 'GET') === 'GET';
	const timeout = options.timeout ?? defaultTimeoutMs;
	const ownLimit = timeout === defaultTimeoutMs && isRead;
	const slot = await asNodeError(context, async () => await limiter.acquire(stop));
	if (slot === undefined) return { code: quotaExhausted };
	const deadline = AbortSignal.timeout(ownLimit ? readDeadlineMs : timeout);
	// A write that is under way is let finish, so that its outcome is known.
	const signal = stop !== undefined && isRead ? AbortSignal.any([stop, deadline]) : deadline;
	const withSignal = Object.create(context, {
		getExecutionCancelSignal: { value: () => signal },
		getCredentials: { value: async () => await credentialsOf(context) },
	}) as ApiContext;

	let headers: IDataObject | undefined;
	try {
		const response = (await context.helpers.httpRequestWithAuthentication.call(
			withSignal,
			'kandjiApi',
			{
				...options,
				headers: { Accept: 'application/json', ...options.headers },
				timeout: ownLimit ? readTimeoutMs : timeout,
				returnFullResponse: true,
				// Statuses are judged here: n8n would send a 401 once more, and would follow a redirect with the token.
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
			},
		)) as ApiResponse;
		headers = response.headers;
		return { response, problem: invalidResponseReason(options, response) };
	} catch (error) {
		if (stop?.aborted) throw new NodeOperationError(context.getNode(), new ExecutionStopped());
		if (error instanceof NodeOperationError) throw new NodeOperationError(context.getNode(), error);
		return { code: deadline.aborted ? 'ETIMEDOUT' : findCode(error) };
	} finally {
		limiter.release(slot, headers);
	}
}

interface Pause {
	ms: number;
	why: string;
}

/** How long to wait before the same request may be sent again, or undefined when it must not be. */
function pauseBeforeRetry(
	answer: Answer,
	method: string,
	attempt: number,
	details: RequestDetails,
	secrets: string[],
	startedAt: number,
): Pause | undefined {
	const { response } = answer;
	if (response?.statusCode === 429) {
		const seconds = secondsUntilReset(response.headers);
		if (attempt >= maxTries.throttled || isHourlyQuotaError(response)) return undefined;
		const ms = seconds === undefined ? backoff(attempt) : seconds * 1000 + Math.random() * 250;
		return { ms, why: 'too many requests' };
	}
	const text = errorText(response?.body, secrets) ?? '';
	if (response !== undefined && details.isBusy?.(response.statusCode, text)) {
		const ms = backoff(attempt, busyPauseMs);
		if (Date.now() + ms - startedAt > (details.busyBudgetMs ?? 0)) return undefined;
		return { ms, why: text };
	}
	if (method !== 'GET' || attempt >= maxTries.unavailable) return undefined;
	if (response !== undefined && retriedStatuses.has(response.statusCode)) {
		return { ms: backoff(attempt), why: `status ${response.statusCode}` };
	}
	if (response === undefined && retriedCodes.has(answer.code)) {
		return { ms: backoff(attempt), why: answer.code };
	}
	return undefined;
}

const isHourlyQuotaError = ({ statusCode, headers }: ApiResponse): boolean =>
	statusCode === 429 &&
	(hasNoHourlyQuota(headers) || (secondsUntilReset(headers) ?? 0) > longestThrottleSeconds);

/**
 * Sends one request to the tenant's API, in its limiter, and returns the answer.
 *
 * Sent again after 429 whatever the method, since it was not executed; after 502, 503, 504 or a broken
 * connection for GET only; after what `isBusy` allows. Redirects are not followed.
 *
 * @throws NodeApiError for every other answer and for none
 * @throws NodeOperationError when the credential cannot be used, or the execution is stopped
 */
export async function send(
	context: ApiContext,
	options: IHttpRequestOptions,
	details: RequestDetails = {},
): Promise<ApiResponse> {
	const credentials = await credentialsOf(context);
	const baseURL = usableBaseUrl(context, credentials);
	const method = options.method ?? 'GET';
	const path = details.path ?? options.url;
	const limiter = rateLimiterFor(baseURL);
	const signal = cancelSignal(context);
	const secrets = secretsOf(options.body, String(credentials.token));
	// A list that the credential allows to the HTTP Request node must not stop the credential's own node.
	const allowedDomains =
		options.allowedDomains && `${new URL(baseURL).hostname}, ${options.allowedDomains}`;
	const startedAt = Date.now();

	for (let attempt = 1; ; attempt++) {
		const answer = await sendOnce(context, { ...options, baseURL, allowedDomains }, limiter);
		const { response, problem } = answer;
		if (response !== undefined && response.statusCode < 300 && problem === undefined) {
			return response;
		}
		const pause = pauseBeforeRetry(answer, method, attempt, details, secrets, startedAt);
		if (pause === undefined) {
			const isSpent =
				response === undefined ? answer.code === quotaExhausted : isHourlyQuotaError(response);
			if (response !== undefined && isSpent) {
				limiter.exhaustHour(secondsUntilReset(response.headers) ?? 3600);
			}
			throw apiError(context, {
				method,
				path,
				ids: details.ids ?? {},
				status: isSpent ? 429 : response?.statusCode,
				body: response?.body,
				code: answer.code,
				problem,
				secrets,
				renewsInSeconds: isSpent ? limiter.renewsInSeconds : undefined,
			});
		}
		if (response?.statusCode === 429) limiter.block(pause.ms);
		context.logger.debug(
			`Kandji: ${method} ${path}: ${pause.why}; try ${attempt + 1} in ${Math.round(pause.ms)} ms`,
		);
		await asNodeError(context, async () => await wait(pause.ms, signal));
	}
}

/** Turns the stop of the execution during a wait into an error of the node. */
async function asNodeError<T>(context: ApiContext, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw new NodeOperationError(context.getNode(), error as Error);
	}
}

function usableBaseUrl(context: ApiContext, credentials: ICredentialDataDecryptedObject): string {
	try {
		checkToken(credentials);
		return getBaseUrl(credentials);
	} catch (error) {
		throw new NodeOperationError(context.getNode(), error as Error, {
			description: error instanceof CredentialFieldError ? error.description : undefined,
			level: 'warning',
		});
	}
}
