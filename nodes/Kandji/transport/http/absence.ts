import type { IDataObject } from 'n8n-workflow';

/** Errors that say that there is no such record. An entry lives as long as its error. */
const absences = new WeakSet<Error>();

/** Marks an error as one that says nothing but that there is no such record. */
export function asAbsence<T extends Error>(error: T): T {
	absences.add(error);
	return error;
}

/** Whether an error says that there is no such record, which is an answer rather than a failure. */
export const isAbsence = (error: Error): boolean => absences.has(error);

/** A request that failed, as an error is made of it. */
interface FailedRequest {
	status?: number;
	method?: string;
	/** The IDs in its path. */
	ids?: IDataObject;
	body?: unknown;
}

/** The page with which the API itself answers where it has no record. */
const ownPage = /requested resource was not found on this server/i;

/** Whether a body is the API's own, and not that of a gateway or of a proxy on the way. */
function isFromApi(body: unknown): boolean {
	const content = Buffer.isBuffer(body) ? body.toString() : body;
	if (typeof content === 'string') return /^\s*\{/.test(content) || ownPage.test(content);
	return typeof content === 'object' && content !== null && Object.keys(content).length > 0;
}

/**
 * Whether a failed read says that its record does not exist.
 *
 * @param text what the response's body says
 */
export function saysAbsent(
	{ status, method = 'GET', ids = {}, body }: FailedRequest,
	text: string | undefined,
): boolean {
	if (method !== 'GET' || Object.keys(ids).length === 0) return false;
	if (status === 404) return isFromApi(body) && !/no route matched/i.test(text ?? '');
	return status === 400 && /^device is not in lost mode/i.test(text ?? '');
}
