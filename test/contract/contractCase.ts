import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

/** A request that goes out and the answer that it gets. */
export interface Exchange {
	request: {
		method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
		/** Full path, such as `/api/v1/users/…`. */
		path: string;
		/** Another origin than the tenant's API; the token must not go there. */
		origin?: string;
		/** The whole query. */
		query?: Record<string, string>;
		/** How the body is encoded; `none` when there is none. */
		encoding: 'none' | 'json' | 'form' | 'multipart';
		/** JSON as it is; form and multipart as field → text, a file as field → `file:<name>`. */
		body?: unknown;
	};
	/** 200 and JSON unless said otherwise; a text is sent as it is. */
	response: {
		status?: number;
		body?: unknown;
		headers?: Record<string, string>;
	};
}

/** One row of the contract: what a user sets, what goes out, what the API answers, what comes out. */
export interface ContractCase extends Exchange {
	/** `resource.operation`, as in the node's parameters. */
	operation: string;
	/** Tells rows of one operation apart. */
	title?: string;
	/** Parameters besides resource and operation; the rest is filled with defaults. */
	parameters: INodeParameters;
	/** The item that goes in, where the operation reads a file from it. */
	input?: INodeExecutionData;
	/** What is sent before `request`, in that order. */
	before?: Exchange[];
	/** The JSON of the items that come out. */
	items: IDataObject[];
}

/** The header that ends a list: rows of the contract hold one page, most without a total. */
export function totalHeader({
	request,
	response: { body, headers },
}: Exchange): Record<string, string> {
	const rows = Array.isArray(body) ? body : (body as { results?: unknown[] } | undefined)?.results;
	if (request.query?.offset !== '0' || headers !== undefined || rows === undefined) return {};
	return { 'x-total-count': String(rows.length) };
}
