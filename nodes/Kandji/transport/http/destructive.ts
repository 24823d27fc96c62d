import type { IHttpRequestOptions } from 'n8n-workflow';

import type { ApiContext } from './context';
import { isTool } from './context';
import { inputError } from './errors';

type Request = { method?: IHttpRequestOptions['method']; url?: string };

const irreversibleAction = /\/action\/(?:erase|deleteuser)$/i;

/** Library items that run as root on every device they are assigned to. */
const programs = /\/library\/custom-(?:apps|scripts)\b/i;

/** Whether a request cannot be undone: it deletes a record or a device's users, or erases a device. */
export const isIrreversible = ({ method = 'GET', url = '' }: Request): boolean =>
	method === 'DELETE' ? !url.endsWith('/details/lostmode') : irreversibleAction.test(url);

/** Whether a request cannot be undone, or brings code onto devices. */
export const isDestructive = (request: Request): boolean =>
	isIrreversible(request) ||
	((request.method ?? 'GET') !== 'GET' && programs.test(request.url ?? ''));

/**
 * Refuses what is destructive in a tool, unless a person has allowed it there.
 *
 * @throws NodeOperationError in a tool whose Allow Destructive Actions by AI is off
 */
export function checkAllowed(context: ApiContext): void {
	if (!isTool(context) || !('getItemIndex' in context)) return;
	if (context.getNodeParameter('allowDestructiveActions', false) === true) return;
	throw inputError(
		context,
		'An AI agent may not do this',
		"Nothing was sent. It can't be undone, or brings code onto devices. Ask a person to do it, or to turn on Allow Destructive Actions by AI in this tool.",
	);
}

/** The same for a request: a destructive one, or any write of API Request. */
export function checkDestructive(context: ApiContext, request: Request): void {
	if ((request.method ?? 'GET') === 'GET' || !isTool(context)) return;
	const isAnyRequest = context.getNode().parameters.resource === 'apiRequest';
	if (isAnyRequest || isDestructive(request)) checkAllowed(context);
}
