import type { IDataObject, NodeOperationError } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { asAbsence, saysAbsent } from './absence';
import type { ApiContext } from './context';
import { isTool, itemIndexOf, nodeOf, operationTitle } from './context';
import { errorText } from './errorText';
import { plainText } from './plainText';

/** What is known about a request that failed. */
export interface Failure {
	/** GET when left out. */
	method?: string;
	/** The API's path, with placeholders such as `{device_id}` unfilled. */
	path: string;
	/** The ids in the path, by their API names: `{ device_id: '…' }`. */
	ids?: IDataObject;
	/** HTTP status, when a response came. */
	status?: number;
	body?: unknown;
	/** Node's or axios' code when no response came: ECONNRESET, ENOTFOUND, … */
	code?: string;
	/** What is wrong with a response that cannot be what was asked for, in our words. */
	problem?: string;
	/** What is blanked in the error's texts. */
	secrets?: string[];
	/** What a 404 means, where it is not that one of the ids was not found. */
	notFound?: (ids: IDataObject) => ErrorText;
	/** Seconds until the hourly quota renews, when that is why the request failed. */
	renewsInSeconds?: number;
	/** How long the response asks to wait, in seconds. */
	retryAfterSeconds?: number;
}

/** What happened, in the user's words. */
export interface ErrorText {
	message: string;
	/** What the user can do about it. */
	hint: string;
}

const permissionPage = 'Kandji › Settings › Access';

const timeOfDay = (secondsFromNow: number): string =>
	new Date(Date.now() + secondsFromNow * 1000).toISOString().slice(0, 16).replace('T', ' ') +
	' UTC';

const idNames = (ids: IDataObject): string =>
	Object.entries(ids)
		.map(([name, id]) => `${name.replace(/_id$/, '').replace(/_/g, ' ')} ${String(id)}`)
		.join(', ');

const unsureOutcome =
	'It is not known whether Kandji carried out the request, so it was not sent again. Check the record in Kandji before you run it again.';

const hintAfter = (method: string, forRead: string): string =>
	method === 'GET' ? forRead : unsureOutcome;

/** Error texts of the API that a user can do something about, and what that is. */
const hintsByText: Array<[RegExp, string]> = [
	[
		/command already running/i,
		'The same command is still pending for this device. Wait for it to finish, or check Device › Get Commands.',
	],
	[
		/not allowed for current device/i,
		'This platform or enrollment type does not support the action. Filter the devices by platform first.',
	],
	[
		/already locked/i,
		'To get the unlock PIN of the earlier lock, use Device Secret › Get Unlock PIN.',
	],
	[/not in lost mode/i, 'Use Device Action › Enable Lost Mode first.'],
	[
		/already exists on blueprint/i,
		'The library item is already assigned: nothing needs to be done.',
	],
	[/assignment_node_id cannot/i, 'Remove Assignment Node ID: this is a classic blueprint.'],
	[
		/must provide assignment_node_id/i,
		'Set Assignment Node ID under Additional Fields: the blueprint is an Assignment Map with conditional logic.',
	],
	[
		/not in scope for the device/i,
		'Choose a profile that is assigned to the device’s blueprint, or turn off Return to Service.',
	],
	[
		/upload is still being processed/i,
		'Kandji did not finish processing the file within five minutes. Nothing was changed. Run the item again later: the file is uploaded again.',
	],
	[/still assigned to one or more devices/i, 'Unassign the devices first with Device › Update.'],
];

function describeNotFound({ ids = {}, notFound }: Failure, text: string | undefined): ErrorText {
	if (notFound !== undefined) return notFound(ids);
	if (text !== undefined && /no route matched/i.test(text)) {
		return {
			message: 'Kandji has no endpoint at this path',
			hint: 'Check the path, or Subdomain and Region in the credential.',
		};
	}
	return {
		message:
			Object.keys(ids).length > 0
				? `Kandji found no ${idNames(ids)}`
				: 'Kandji found nothing at this path',
		hint: 'Check the ID: it may belong to another tenant, or the record may have been deleted.',
	};
}

const describeTooManyRequests = ({ renewsInSeconds }: Failure): ErrorText =>
	renewsInSeconds === undefined
		? {
				message: 'Kandji kept rejecting the request: too many requests',
				hint: 'Other integrations use up the tenant’s 50 requests per second. Run this workflow at another time.',
			}
		: {
				message: `The tenant’s hourly quota of API requests is exhausted; it renews at ${timeOfDay(renewsInSeconds)}`,
				hint: 'All tokens of a tenant share 10,000 requests per hour. Run the workflow later, or read less often.',
			};

/** The cure of a refusal that is not the token's: the API answers 401 and 403 for either cause, and for a missing feature. */
const permissionHint = ({ method = 'GET', path }: Failure): string =>
	`open the token and select the permission for ${method} ${path}. Features that are not part of the subscription give the same error.`;

function describeStatus(failure: Failure, text: string | undefined): ErrorText {
	const { status = 0, method = 'GET' } = failure;
	switch (status) {
		case 401:
			return {
				message: 'Kandji rejected the API token, or it is missing a permission',
				hint: `It may be mistyped or revoked. Create a new token under ${permissionPage} and enter it in the credential. If other operations work, ${permissionHint(failure)}`,
			};
		case 403:
			return {
				message: 'The API token is missing a permission, or Kandji rejected it',
				hint: `In ${permissionPage}, ${permissionHint(failure)} If no operation works, the token may be mistyped or revoked: create a new one and enter it in the credential.`,
			};
		case 404:
			return describeNotFound(failure, text);
		case 429:
			return describeTooManyRequests(failure);
	}
	if (status === 408) {
		return {
			message: 'Kandji did not finish the request in time (status 408)',
			hint: hintAfter(method, 'Try again later.'),
		};
	}
	if (status >= 300 && status < 400) {
		return {
			message: 'Kandji responded with a redirect, which was not followed to protect the token',
			hint: 'Check Subdomain, Region and API URL in the credential.',
		};
	}
	const knownHint = hintsByText.find(([pattern]) => pattern.test(text ?? ''))?.[1];
	if (status >= 500) {
		return {
			message: text ?? `Kandji failed with status ${status}`,
			hint: knownHint ?? hintAfter(method, 'Try again later.'),
		};
	}
	return {
		message: text ?? `Kandji rejected the request with status ${status}`,
		hint: knownHint ?? 'Check the values of the fields.',
	};
}

function describeNetworkError({ code, method = 'GET' }: Failure): ErrorText {
	switch (code) {
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
			return {
				message: 'The Kandji host was not found',
				hint: 'Check Subdomain and Region in the credential, and that n8n can reach the internet.',
			};
		case 'ECONNREFUSED':
			return {
				message: 'The connection was refused',
				hint: 'Check API URL in the credential, and that no proxy or firewall blocks n8n.',
			};
		case 'ETIMEDOUT':
		case 'ECONNABORTED':
		case 'ERR_CANCELED':
			return {
				message: 'Kandji did not respond in time',
				hint: hintAfter(method, 'Try again later, or increase Options › Timeout.'),
			};
		default:
			return {
				message: 'The connection was lost before the response was complete',
				hint: hintAfter(method, 'Try again later.'),
			};
	}
}

/** What a failed request means, and what to do about it. */
export function describeFailure(
	failure: Failure,
	text = errorText(failure.body, failure.secrets),
): ErrorText {
	const { problem, status, method = 'GET' } = failure;
	if (problem !== undefined) {
		return {
			message: problem,
			hint: hintAfter(
				method,
				'Try again later. If it keeps failing, check Region and API URL in the credential.',
			),
		};
	}
	return status === undefined ? describeNetworkError(failure) : describeStatus(failure, text);
}

/** The operation as the form shows it, the item and the ids: "Device › Get [item 0], device 1234". */
function placeOf(context: ApiContext, { method = 'GET', path, ids = {} }: Failure): string {
	const title = operationTitle(context) || `${method} ${path}`;
	const itemIndex = itemIndexOf(context);
	const place = itemIndex === undefined ? title : `${title} [item ${itemIndex}]`;
	return [place, idNames(ids)].filter((part) => part !== '').join(', ');
}

/** Longest texts of an error in characters; a tool's is sent to a model. */
const longest = { message: 1_000, description: 5_000, tool: 3_000 };

/** What an error shows: what happened, and what to do about it. */
interface Shown {
	message: string;
	description?: string | null;
}

type ErrorOptions = ConstructorParameters<typeof NodeApiError>[2];

/** The message as plain text. In a tool it ends with the description, since an agent shows its model only the message. */
function messageFor(context: ApiContext, { message, description }: Shown): string {
	const text = plainText(message).slice(0, longest.message);
	if (!isTool(context) || !description) return text;
	return `${text.replace(/\.?$/, '.')} ${plainText(description)}`.slice(0, longest.tool);
}

/**
 * Makes the error of a node, a picker or a poll. All errors are NodeApiErrors: n8n makes one of any other, and puts the
 * node with all its fields into it. Message and description become plain text.
 */
export function nodeError(
	context: ApiContext,
	{ message, description }: Shown,
	options: ErrorOptions = {},
): NodeApiError {
	const shownMessage = messageFor(context, { message, description });
	return new NodeApiError(
		nodeOf(context),
		{ message: shownMessage },
		{
			itemIndex: itemIndexOf(context),
			...options,
			message: shownMessage,
			description: description ? plainText(description).slice(0, longest.description) : undefined,
		},
	);
}

/**
 * Why a request failed, as n8n's durable polling understands it: it waits for the quota, for other clients or for the
 * server, and longest when someone has to change the credential. Releases that do not know it ignore it.
 */
function failureOf({
	status,
	problem,
	renewsInSeconds,
	retryAfterSeconds = 0,
}: Failure): NonNullable<ErrorOptions>['failure'] {
	if (renewsInSeconds !== undefined) {
		return { cause: 'quota-exhausted', resetsAtEpochMs: Date.now() + renewsInSeconds * 1000 };
	}
	if (status === 401) return { cause: 'credential-invalid' };
	if (status === 429) {
		const retryAfterMs = retryAfterSeconds * 1000;
		return { cause: 'rate-limited', ...(retryAfterMs > 0 && { retryAfterMs }) };
	}
	const isUnavailable = problem !== undefined || status === undefined || status >= 500;
	return isUnavailable ? { cause: 'temporarily-unavailable' } : undefined;
}

/**
 * The error that the user sees for a failed request: the message says what happened, in the API's words where it has
 * any, the description what to do about it, and where it happened. Secrets are blanked in both.
 */
export function apiError(context: ApiContext, failure: Failure): NodeApiError {
	const { status } = failure;
	const text = errorText(failure.body, failure.secrets);
	const { message, hint } = describeFailure(failure, text);
	const isTextNew = text !== undefined && text !== message && status !== undefined;
	const said = isTextNew ? ` Kandji’s response: ${text}` : '';
	const error = nodeError(
		context,
		{ message, description: `${hint} (${placeOf(context, failure)})${said}` },
		{
			httpCode: status === undefined ? undefined : String(status),
			failure: failureOf(failure),
		},
	);
	return saysAbsent(failure, text) ? asAbsence(error) : error;
}

/** The error for an input that is found to be wrong before anything is sent; `message` names the field. */
export const inputError = (
	context: ApiContext,
	message: string,
	description?: string,
): NodeApiError =>
	nodeError(
		context,
		{ message, description },
		{ level: 'warning', failure: { cause: 'configuration-invalid' } },
	);

/** Any error as one that may be shown and stored: see {@link nodeError}. One of ours is returned as it is. */
export function shownError(context: ApiContext, error: unknown): NodeApiError {
	if (error instanceof NodeApiError) return Object.assign(error, { node: nodeOf(context) });
	const { message, description } = error as Shown;
	const { level, functionality, failure } = error as NodeOperationError;
	return nodeError(
		context,
		{ message: String(message), description },
		{ level, functionality, failure },
	);
}

/**
 * Does `work`.
 *
 * @throws NodeApiError for whatever `work` throws, see {@link shownError}
 */
export async function withShownErrors<T>(context: ApiContext, work: () => Promise<T>): Promise<T> {
	let failed: NodeApiError;
	try {
		return await work();
	} catch (error) {
		failed = shownError(context, error);
	}
	throw failed;
}
