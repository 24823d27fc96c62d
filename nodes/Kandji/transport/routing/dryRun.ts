import type { IDataObject, IExecuteSingleFunctions, IHttpRequestOptions } from 'n8n-workflow';

/** Whether the user asked to see a write instead of sending it. */
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

/** A write as the output of a dry run shows it: method, path, query and body, and nothing of the credential. */
export const describeRequest = ({ method, url, qs, body }: IHttpRequestOptions): IDataObject => ({
	dry_run: true,
	method: method ?? 'GET',
	path: url,
	query: qs ?? {},
	body: readableBody(body) as IDataObject,
});
