import type { IDataObject, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { ApiContext } from './context';
import { itemIndexOf, operationTitle } from './context';
import { errorText } from './errorText';

/** What is known about a request that failed. `path` is the API's template, with `{device_id}` unfilled. */
export interface Failure {
	/** GET when left out. */
	method?: string;
	path: string;
	/** The ids in the path, by their API names. */
	ids?: IDataObject;
	status?: number;
	body?: unknown;
	/** Node's or axios' code when no answer came: ECONNRESET, ENOTFOUND, … */
	code?: string;
	/** Set when an answer came that cannot be what was asked for: what is wrong with it, in our words. */
	problem?: string;
	/** What is blanked in the error's texts. */
	secrets?: string[];
	/** Seconds until the hour's budget renews, when that is why it failed. */
	renewsInSeconds?: number;
}

interface ErrorText {
	message: string;
	hint: string;
}

const permissionPage = 'Kandji › Settings › Access';

const clock = (seconds: number): string =>
	new Date(Date.now() + seconds * 1000).toISOString().slice(0, 16).replace('T', ' ') + ' UTC';

const idNames = (ids: IDataObject): string =>
	Object.entries(ids)
		.map(([name, id]) => `${name.replace(/_id$/, '').replace(/_/g, ' ')} ${String(id)}`)
		.join(', ');

const unsureOutcome =
	'It is not known whether Kandji carried the request out, so it was not sent again. Look at the record in Kandji before you run it once more.';

/** Texts of the API that a user can do something about, and what that is. */
const knownTexts: Array<[RegExp, string]> = [
	[
		/command already running/i,
		'The same command is still waiting for this device. Let it finish, or look at Device › Get Commands.',
	],
	[
		/not allowed for current device/i,
		'This platform or enrollment type does not support the action. Filter the devices by platform first.',
	],
	[
		/already locked/i,
		'The unlock PIN of the earlier lock is under Device Secret › Get Unlock PIN.',
	],
	[/not in lost mode/i, 'Use Device Action › Enable Lost Mode first.'],
	[/already exists on blueprint/i, 'Nothing needs to be done: the library item is assigned.'],
	[/assignment_node_id cannot/i, 'Remove Assignment Node ID: the blueprint is a classic one.'],
	[
		/must provide assignment_node_id/i,
		'Set Assignment Node ID under Additional Fields: the blueprint is an Assignment Map with conditional logic.',
	],
	[
		/not in scope for the device/i,
		'Choose a profile that is assigned to the device’s blueprint, or turn Return to Service off.',
	],
	[
		/upload is still being processed/i,
		'Kandji had the file for five minutes and was not done with it; nothing was changed. Run the item again later: the file is uploaded anew.',
	],
	[/still assigned to one or more devices/i, 'Unassign the devices first with Device › Update.'],
];

function describeStatus(failure: Failure, text: string | undefined): ErrorText {
	const { status = 0, method = 'GET', path, ids = {} } = failure;
	const endpoint = `${method} ${path}`;
	switch (status) {
		case 401:
			return {
				message: 'Kandji does not accept the API token',
				hint: `It is wrong or was revoked. Create a new token under ${permissionPage} and put it into the credential.`,
			};
		case 403:
			return {
				message: 'The API token may not do this',
				hint: `In ${permissionPage}, open the token and tick the permission for ${endpoint}. Features that the tenant has not bought answer in the same way.`,
			};
		case 404:
			if (text !== undefined && /no route matched/i.test(text)) {
				return {
					message: 'There is no such address in the Kandji API',
					hint: 'Check Subdomain and Region in the credential.',
				};
			}
			return {
				message: Object.keys(ids).length
					? `Kandji found no ${idNames(ids)}`
					: 'Kandji found nothing at this address',
				hint: 'Check the ID: it may belong to another tenant, or the record may have been deleted.',
			};
		case 429:
			return failure.renewsInSeconds === undefined
				? {
						message: 'Kandji kept refusing the request: too many requests',
						hint: 'Other integrations use up the tenant’s 50 requests a second. Run this workflow at another time.',
					}
				: {
						message: `The tenant’s hourly quota of API requests is exhausted; it renews at ${clock(failure.renewsInSeconds)}`,
						hint: 'All tokens of a tenant share 10,000 requests an hour. Run the workflow later, or read less often.',
					};
	}
	if (status >= 300 && status < 400) {
		return {
			message:
				'Kandji answered with a redirect, which is not followed because the token would go along',
			hint: 'Check Subdomain, Region and API URL in the credential.',
		};
	}
	const knownCure = knownTexts.find(([pattern]) => pattern.test(text ?? ''))?.[1];
	if (status >= 500) {
		return {
			message: text ?? `Kandji failed with status ${status}`,
			hint: knownCure ?? (method === 'GET' ? 'Try again later.' : unsureOutcome),
		};
	}
	return {
		message: text ?? `Kandji refused the request with status ${status}`,
		hint: knownCure ?? 'Check the values of the fields.',
	};
}

function describeNetworkError({ code, method = 'GET' }: Failure): ErrorText {
	switch (code) {
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
			return {
				message: 'There is no such Kandji host',
				hint: 'Check Subdomain and Region in the credential, and that n8n can reach the internet.',
			};
		case 'ECONNREFUSED':
			return {
				message: 'The connection was refused',
				hint: 'Check the credential’s API URL, and that a proxy or firewall lets n8n through.',
			};
		case 'ETIMEDOUT':
		case 'ECONNABORTED':
		case 'ERR_CANCELED':
			return {
				message: 'Kandji did not answer in time',
				hint: method === 'GET' ? 'Try again later, or raise Options › Timeout.' : unsureOutcome,
			};
		default:
			return {
				message: 'The connection broke before the answer was complete',
				hint: method === 'GET' ? 'Try again later.' : unsureOutcome,
			};
	}
}

/**
 * The error that the user sees for a failed request: the message says what happened in the API's words
 * where it has any, the description names the operation, the item and the cure. Secrets are blanked in them.
 */
export function apiError(context: ApiContext, failure: Failure): NodeApiError {
	const { method = 'GET', ids = {} } = failure;
	const text = errorText(failure.body, failure.secrets);
	const words: ErrorText =
		failure.problem !== undefined
			? {
					message: failure.problem,
					hint:
						method === 'GET'
							? 'Try again later; if it stays, check Region and API URL in the credential.'
							: unsureOutcome,
				}
			: failure.status === undefined
				? describeNetworkError(failure)
				: describeStatus(failure, text);
	const itemIndex = itemIndexOf(context);
	const title = operationTitle(context);
	const where = [
		title === '' ? `${method} ${failure.path}` : title,
		itemIndex === undefined ? '' : `item ${itemIndex}`,
		idNames(ids),
	]
		.filter((part) => part !== '')
		.join(', ');
	const said =
		text === undefined || text === words.message || failure.status === undefined
			? ''
			: ` Kandji’s answer: ${text}`;
	const { message } = words;
	const errorResponse: JsonObject = { message };
	return new NodeApiError(context.getNode(), errorResponse, {
		message,
		description: `${words.hint} (${where}.)${said}`,
		httpCode: failure.status === undefined ? undefined : String(failure.status),
		itemIndex,
	});
}

/** An input that can be seen to be wrong before anything is sent; `message` names the field. */
export function inputError(
	context: ApiContext,
	message: string,
	description: string,
): NodeOperationError {
	return new NodeOperationError(context.getNode(), message, {
		description,
		itemIndex: itemIndexOf(context),
		level: 'warning',
	});
}
