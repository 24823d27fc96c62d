import type { IDataObject, IExecuteSingleFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { withoutSecrets } from '../http/secrets';

/** Whether Dry Run is on: a write is returned instead of sent. */
export const isDryRun = (context: IExecuteSingleFunctions): boolean =>
	context.getNodeParameter('dryRun', false) === true;

const readableBody = (body: IHttpRequestOptions['body']): unknown => {
	if (body instanceof URLSearchParams) return Object.fromEntries(body);
	if (body instanceof FormData) {
		return Object.fromEntries(
			[...body.entries()].map(([name, value]) => [
				name,
				typeof value === 'string' ? value : `file ${value.name}, ${value.size} bytes`,
			]),
		);
	}
	return body ?? {};
};

/** A request in the output of a dry run: method, path, query and body of the request, with its secrets hidden and nothing from the credential. */
export function describeRequest({ method, url, qs, body }: IHttpRequestOptions): IDataObject {
	const request = withoutSecrets({ query: qs ?? {}, body: readableBody(body) }) as IDataObject;
	return { dry_run: true, method: method ?? 'GET', path: url, ...request };
}
