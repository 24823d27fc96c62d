import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { checkToken, CredentialFieldError, getBaseUrl } from '../../../../credentials/baseUrl';
import { asExhaustion, budgetRuleOf } from './budgetRule';
import type { ApiContext } from './context';
import { ownerOf, urgencyOf } from './context';
import { checkDestructive } from './destructive';
import { errorText } from './errorText';
import type { Failure } from './errors';
import { apiError, inputError, shownError } from './errors';
import type { Urgency } from './fairQueue';
import { hasNoHourlyQuota, secondsUntilReset } from './rateLimitHeaders';
import type { RateLimiter } from './rateLimiter';
import { rateLimiterFor } from './rateLimiter';
import type { FailedAnswer, RetryRule } from './retry';
import { isHourlyQuotaError, pauseBeforeRetry } from './retry';
import { secretsIn } from './secrets';
import { cancelSignal, ExecutionStopped, wait } from './wait';

/** A response with a status from 200 to 299 and a body that can be what was asked for. */
export interface ApiResponse {
	body: unknown;
	headers: IDataObject;
	statusCode: number;
}

/** Context for error messages, and an extra retry rule. */
export interface RequestDetails extends Pick<Failure, 'notFound'> {
	/** The API's path with `{device_id}` unfilled; the request's own path when left out. */
	path?: string;
	/** The ids in the path, by their API names. */
	ids?: IDataObject;
	/** When the request may be sent again beyond the defaults. */
	retry?: RetryRule;
	/** True for a page of a list, which lets other reads go first. */
	isPage?: boolean;
}

/** n8n sets this timeout in ms where the user has set none. */
const defaultTimeoutMs = 300_000;

/** How long in ms a read waits for the next byte, and for the complete response, unless the user has set a timeout. */
const readLimitMs = { silence: 60_000, total: 180_000 };

/** Added at random, in ms, to a wait for the hourly quota, so that waiting workflows do not start together. */
const renewalSpreadMs = 1_000;

/** In place of Node's code: the request was not sent, because the hourly quota is known to be exhausted. */
const quotaExhausted = 'QUOTA_EXHAUSTED';

/** What became of one attempt, and when it was sent, in ms on the monotonic clock. */
type Outcome = { sentAt: number } & (
	| { response: ApiResponse; problem?: string; code?: undefined }
	| { code: string; response?: undefined; problem?: undefined }
);

/** The code of Node or axios in an error or its causes; a broken connection has one even where they give none. */
export function findCode(error: unknown): string {
	for (let cause = error; typeof cause === 'object' && cause !== null;) {
		const { code } = cause as { code?: unknown };
		if (typeof code === 'string') return code;
		const { cause: next } = cause as { cause?: unknown };
		cause = next;
	}
	const { message } = error as { message?: unknown };
	return /aborted|socket hang up|^terminated$/.test(String(message)) ? 'ECONNRESET' : '';
}

/**
 * Throws what n8n itself threw instead of sending the request, without the error that it was put into.
 *
 * @throws NodeApiError with n8n's own message
 */
function failAsN8n(context: ApiContext, error: unknown): never {
	let own = error;
	while (own instanceof Error && own.cause instanceof Error) own = own.cause;
	throw shownError(context, own);
}

const isEmpty = (body: unknown): boolean =>
	body === '' ||
	body === undefined ||
	body === null ||
	(Buffer.isBuffer(body) && body.length === 0);

const isWebPage = (body: unknown): boolean =>
	(typeof body === 'string' || Buffer.isBuffer(body)) &&
	/^\s*<(?:!doctype html|html)/i.test(body.toString('latin1').slice(0, 200));

/**
 * What is wrong with a successful response, so that an incomplete one never passes for complete, and what some proxy or
 * sign-in page answered never for Kandji's word. A write may be answered with nothing, which is how most actions are.
 */
function invalidResponseReason(
	options: IHttpRequestOptions,
	{ body, headers, statusCode }: ApiResponse,
): string | undefined {
	if (statusCode >= 300) return undefined;
	if (isEmpty(body)) {
		return (options.method ?? 'GET') === 'GET' ? 'Kandji returned an empty response' : undefined;
	}
	const [contentType = ''] = String(headers['content-type'] ?? '').split(';');
	if (contentType.trim() === '') return 'Kandji returned a response without a type';
	const isExpected = options.encoding === undefined ? /json/ : /^(?!.*html)/;
	if (!isExpected.test(contentType)) return `Kandji returned ${contentType} instead of data`;
	if (isWebPage(body)) return 'Kandji returned a web page instead of data';
	if (options.encoding !== undefined) return undefined;
	if (typeof body === 'string') return 'Kandji’s response was cut off';
	// Only a delete may succeed with nothing but a sentence.
	if (options.method !== 'DELETE' && typeof body === 'object' && body && !Array.isArray(body)) {
		const keys = Object.keys(body);
		const onlyError = keys.every((key) =>
			['detail', 'error', 'errors', 'message', 'request_id'].includes(key),
		);
		if (keys.length > 0 && onlyError) return 'Kandji returned an error instead of data';
	}
	return undefined;
}

const knownCredentials = new WeakMap<object, Promise<ICredentialDataDecryptedObject>>();

/**
 * The credential, read once per context: an item, a picker's call or a poll. n8n would decrypt it twice for each
 * request, which takes as long as the request itself.
 */
export function credentialsOf(context: ApiContext): Promise<ICredentialDataDecryptedObject> {
	const known = knownCredentials.get(context) ?? context.getCredentials('kandjiApi');
	knownCredentials.set(context, known);
	return known;
}

/**
 * The URL of the tenant's API, from the credential.
 *
 * @throws NodeOperationError when the credential cannot be used
 */
export const baseUrlOf = async (context: ApiContext): Promise<string> =>
	usableBaseUrl(context, await credentialsOf(context));

/**
 * Refuses a write with a credential whose Read Only is on.
 *
 * @throws NodeOperationError unless `method` reads, or Read Only is off
 */
export async function checkWritable(context: ApiContext, method = 'GET'): Promise<void> {
	if (method === 'GET') return;
	const { readOnly = false } = await credentialsOf(context);
	// An expression in the credential may return anything; only what is plainly off is off.
	if (readOnly === false || readOnly === 'false') return;
	throw inputError(
		context,
		'The credential is read only',
		'Nothing was sent. To allow changes, turn off Read Only in the Kandji API credential, or choose another credential.',
	);
}

/** The options of a request as n8n's helper gets them, with everything that is judged here turned off there. */
const withOwnChecks = (options: IHttpRequestOptions, timeout: number): IHttpRequestOptions => ({
	...options,
	headers: { Accept: 'application/json', ...options.headers },
	timeout,
	returnFullResponse: true,
	// n8n would send a request once more after a 401, and would follow a redirect with the token.
	ignoreHttpStatusErrors: true,
	disableFollowRedirect: true,
});

/**
 * Sends the request once, when the rate limiter lets it.
 *
 * @throws NodeOperationError when n8n refuses to send it, or the execution is stopped
 */
async function sendOnce(
	context: ApiContext,
	options: IHttpRequestOptions,
	limiter: RateLimiter,
	urgency: Urgency,
): Promise<Outcome> {
	const stop = cancelSignal(context);
	const isRead = (options.method ?? 'GET') === 'GET';
	const timeout = options.timeout ?? defaultTimeoutMs;
	const hasReadLimits = isRead && timeout === defaultTimeoutMs;
	const caller = { owner: ownerOf(context), urgency, signal: stop };
	const slot = await asNodeError(context, async () => await limiter.acquire(caller));
	const sentAt = performance.now();
	if (slot === undefined) return { sentAt, code: quotaExhausted };
	const deadline = AbortSignal.timeout(hasReadLimits ? readLimitMs.total : timeout);
	// A write in flight is not aborted, so that its outcome is known.
	const signal = stop !== undefined && isRead ? AbortSignal.any([stop, deadline]) : deadline;
	const requestContext = Object.create(context, {
		getExecutionCancelSignal: { value: () => signal },
		getCredentials: { value: async () => await credentialsOf(context) },
	}) as ApiContext;

	let headers: IDataObject | undefined;
	try {
		const response = (await context.helpers.httpRequestWithAuthentication.call(
			requestContext,
			'kandjiApi',
			withOwnChecks(options, hasReadLimits ? readLimitMs.silence : timeout),
		)) as ApiResponse;
		headers = response.headers;
		return { sentAt, response, problem: invalidResponseReason(options, response) };
	} catch (error) {
		if (stop?.aborted) throw new NodeOperationError(context.getNode(), new ExecutionStopped());
		const code = deadline.aborted ? 'ETIMEDOUT' : findCode(error);
		return code === '' ? failAsN8n(context, error) : { sentAt, code };
	} finally {
		limiter.release(slot, headers);
	}
}

const failedAnswerOf = (
	{ statusCode, headers, body }: ApiResponse,
	secrets: string[],
): FailedAnswer => ({
	status: statusCode,
	text: errorText(body, secrets) ?? '',
	retryAfterSeconds: secondsUntilReset(headers),
	hasNoHourlyQuota: hasNoHourlyQuota(headers),
});

/** A write is as urgent as can be wherever it leaves; a page is less so than another read of the same item. */
function urgencyOfRequest(
	context: ApiContext,
	method: string,
	{ isPage = false }: RequestDetails,
): Urgency {
	const urgency = method === 'GET' ? urgencyOf(context) : 'write';
	return isPage && urgency === 'read' ? 'page' : urgency;
}

/**
 * Sends one request to the tenant's API within its rate limit, again where {@link RetryRule} says so, and returns the
 * response. Redirects are not followed. When the hourly quota is exhausted, it waits for its renewal if the item's
 * options say so: what was refused was not carried out.
 *
 * @throws NodeApiError when the response is not the one asked for, and when none comes
 * @throws NodeOperationError when the credential cannot be used, or the execution is stopped
 */
export async function send(
	context: ApiContext,
	options: IHttpRequestOptions,
	details: RequestDetails = {},
): Promise<ApiResponse> {
	await checkWritable(context, options.method);
	checkDestructive(context, options);
	const credentials = await credentialsOf(context);
	const baseURL = usableBaseUrl(context, credentials);
	const { method = 'GET', url } = options;
	const { path = url, ids, notFound, retry } = details;
	const urgency = urgencyOfRequest(context, method, details);
	const limiter = rateLimiterFor(baseURL);
	const secrets = [String(credentials.token), ...secretsIn([options.body, options.qs])];
	// The credential's own host is always allowed, even when Allowed Domains of the credential lists only others.
	const allowedDomains =
		options.allowedDomains && `${new URL(baseURL).hostname}, ${options.allowedDomains}`;
	const request = { ...options, baseURL, allowedDomains };
	let firstSentAt = Infinity;
	let renewals = 0;

	for (let attempt = 1; ; attempt++) {
		const outcome = await sendOnce(context, request, limiter, urgency);
		const { response, problem, code, sentAt } = outcome;
		firstSentAt = Math.min(firstSentAt, sentAt);
		if (response !== undefined && response.statusCode < 300 && problem === undefined) {
			return response;
		}
		const answer = response && failedAnswerOf(response, secrets);
		const elapsedMs = performance.now() - firstSentAt;
		const failed = { method, attempt, elapsedMs, answer, code };
		const pause = pauseBeforeRetry(failed, retry, Math.random());
		if (pause === undefined) {
			const isQuotaError = answer ? isHourlyQuotaError(answer) : code === quotaExhausted;
			if (answer && isQuotaError) limiter.exhaustHour(answer.retryAfterSeconds ?? 3600);
			const status = isQuotaError ? 429 : response?.statusCode;
			const renewsInSeconds = isQuotaError ? limiter.renewsInSeconds : undefined;
			if (isQuotaError && budgetRuleOf(context) === 'wait') {
				const seconds = Math.max(renewsInSeconds ?? 0, Math.min(60, 2 ** renewals++));
				await waitForRenewal(context, seconds);
				[attempt, firstSentAt] = [0, Infinity];
				continue;
			}
			const error = apiError(context, {
				method,
				path,
				ids,
				notFound,
				status,
				body: response?.body,
				code,
				problem,
				secrets,
				renewsInSeconds,
				retryAfterSeconds: answer?.retryAfterSeconds,
			});
			throw isQuotaError ? asExhaustion(error) : error;
		}
		if (pause.tenantMs !== undefined) limiter.block(pause.tenantMs);
		context.logger.debug(
			`Kandji: ${method} ${path}: ${pause.reason}; try ${attempt + 1} in ${Math.round(pause.ms)} ms`,
		);
		await asNodeError(context, async () => await wait(pause.ms, cancelSignal(context)));
	}
}

/** When the wait ends that was last logged for each run of a node, in ms; an entry lives as long as its run. */
const loggedWaits = new WeakMap<object, number>();

/** Waits for the hourly quota to renew, and says so in the log once for all requests of the run. */
async function waitForRenewal(context: ApiContext, seconds: number): Promise<void> {
	const ms = seconds * 1000 + Math.random() * renewalSpreadMs;
	const owner = ownerOf(context);
	const now = performance.now();
	if ((loggedWaits.get(owner) ?? 0) <= now) {
		loggedWaits.set(owner, now + ms);
		context.logger.info(
			`Kandji: the hourly quota is exhausted; "${context.getNode().name}" goes on in ${Math.ceil(seconds / 60)} min`,
		);
	}
	await asNodeError(context, async () => await wait(ms, cancelSignal(context)));
}

/** Does `work`; when it throws because the execution is stopped, that becomes an error of the node. */
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
			failure: { cause: 'credential-invalid' },
		});
	}
}
