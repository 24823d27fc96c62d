import type { IDataObject, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';

import { returnAllOrLimit } from '../../shared/fields/locators';
import type { ApiContext } from '../../transport/http/context';
import type { ErrorText } from '../../transport/http/errors';
import { inputError } from '../../transport/http/errors';
import type { Pagination } from '../../transport/lists/pagination';
import {
	afterStyle,
	cursorStyle,
	offsetStyle,
	pageStyle,
	sizedPageStyle,
} from '../../transport/lists/styles';
import { isBlankFilter } from '../../transport/routing/fieldChecks';
import { sendItem } from '../../transport/routing/singleRequest';
import { readPaged } from '../../transport/routing/paging';
import { checkRepeats } from '../../transport/routing/repeats';
import { preSend, inItemOrder } from '../../transport/routing/itemQueue';
import { isSafePath } from './path';

const showOnlyForApiRequest = { resource: ['apiRequest'], operation: ['send'] };
const showOnlyForPages = {
	...showOnlyForApiRequest,
	method: ['GET'],
	pagination: ['afterAndSize', 'cursor', 'limitAndOffset', 'page', 'pageAndSize'],
};

/** How the list is read, by the value of the Pagination field. */
const styles: Record<string, (settings: { pageSize: number }) => Omit<Pagination, 'items'>> = {
	afterAndSize: afterStyle,
	cursor: ({ pageSize }) => ({ ...cursorStyle(), pageSize }),
	limitAndOffset: offsetStyle,
	page: pageStyle,
	pageAndSize: sizedPageStyle,
};

const jsonOf = (value: unknown): unknown => {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value);
	} catch {
		return undefined;
	}
};

/** Refuses to delete or erase the same record for two items. */
export const refuseRepeatedPath = preSend(async function (options) {
	checkRepeats(this, (read) => {
		const path = String(read('path'))
			.trim()
			.toLowerCase()
			.replace(/(?<!\/)\/+$/, '');
		return read('method') === 'DELETE' || path.endsWith('/action/erase') ? path : undefined;
	});
	return options;
});

/**
 * The query of the rows in Query Parameters.
 *
 * @throws NodeOperationError for a row without a name or value, and for a name that is there twice: the API would
 *   ignore it, or one of the two, and return more than was asked for
 */
function queryOf(context: ApiContext, rows: IDataObject[]): IDataObject {
	const query: IDataObject = {};
	for (const { name, value } of rows) {
		const key = String(name ?? '').trim();
		const problem =
			key === ''
				? 'has a parameter without a name'
				: isBlankFilter(value)
					? `has no value for "${key}"`
					: Object.hasOwn(query, key)
						? `has "${key}" twice`
						: undefined;
		if (problem !== undefined) {
			throw inputError(
				context,
				`Query Parameters ${problem}`,
				'Nothing was sent. Give each parameter a name of its own and a value, or remove it.',
			);
		}
		query[key] = value;
	}
	return query;
}

/** Builds the request. Whatever the user types, the path stays below /api on the tenant's own host. */
export const buildRequest = preSend(async function (options) {
	const path = String(this.getNodeParameter('path', '') ?? '').trim();
	if (!isSafePath(path)) {
		throw inputError(
			this,
			`Path is not valid: "${path.slice(0, 80)}"`,
			'Nothing was sent. Enter a path of the Kandji API, such as /api/v1/devices, without a host or query.',
		);
	}
	const request: IHttpRequestOptions = { ...options, url: path };
	const query = this.getNodeParameter('queryParameters', {}) as { parameters?: IDataObject[] };
	request.qs = queryOf(this, query.parameters ?? []);
	if (options.method !== 'GET' && options.method !== 'DELETE') {
		const body = jsonOf(this.getNodeParameter('body', '{}'));
		if (typeof body !== 'object' || body === null) {
			throw inputError(
				this,
				'Body is not valid JSON',
				'Nothing was sent. Enter a JSON object or array, such as { "name": "Loaner" }.',
			);
		}
		request.body = body as IDataObject;
	}
	return request;
});

/** The error of a path that the user entered. */
const wrongPath = (path: string): ErrorText => ({
	message: `Kandji found nothing at the path ${path}`,
	hint: 'Check Path: it may be misspelled, or an ID in it may belong to another tenant or to a deleted record.',
});

export const sendRequest = inItemOrder(async function (requestData) {
	const style =
		requestData.options.method === 'GET'
			? styles[String(this.getNodeParameter('pagination', 'none'))]
			: undefined;
	const details = { notFound: () => wrongPath(String(requestData.options.url)) };
	if (style === undefined) return await sendItem(this, requestData, details);
	const pageSize = Number(this.getNodeParameter('pageSize', 300));
	const items = String(this.getNodeParameter('itemsPath', '') ?? '').trim();
	return await readPaged(this, requestData, { ...style({ pageSize }), items }, details);
});

export const apiRequestSendDescription: INodeProperties[] = [
	{
		displayName: 'Method',
		name: 'method',
		type: 'options',
		options: [
			{ name: 'DELETE', value: 'DELETE' },
			{ name: 'GET', value: 'GET' },
			{ name: 'PATCH', value: 'PATCH' },
			{ name: 'POST', value: 'POST' },
		],
		default: 'GET',
		displayOptions: { show: showOnlyForApiRequest },
		description: 'The HTTP method of the request',
		routing: { request: { method: '={{ $value }}' as never } },
	},
	{
		displayName: 'Path',
		name: 'path',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. /api/v1/devices',
		displayOptions: { show: showOnlyForApiRequest },
		description: 'Path of the endpoint, without host and query',
	},
	{
		displayName: 'Query Parameters',
		name: 'queryParameters',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Parameter',
		default: {},
		displayOptions: { show: showOnlyForApiRequest },
		options: [
			{
				displayName: 'Parameter',
				name: 'parameters',
				values: [
					{ displayName: 'Name', name: 'name', type: 'string', default: '' },
					{ displayName: 'Value', name: 'value', type: 'string', default: '' },
				],
			},
		],
	},
	{
		displayName: 'Body',
		name: 'body',
		type: 'json',
		default: '{}',
		displayOptions: { show: { ...showOnlyForApiRequest, method: ['PATCH', 'POST'] } },
		description: 'JSON to send in the request body',
	},
	{
		displayName: 'Pagination',
		name: 'pagination',
		type: 'options',
		options: [
			{
				name: 'After and Size',
				value: 'afterAndSize',
				description: "Use the 'after' value in the 'next' link",
			},
			{ name: 'Cursor', value: 'cursor', description: "Use the cursor in the 'next' link" },
			{
				name: 'Limit and Offset',
				value: 'limitAndOffset',
				description: 'Skip the rows already read',
			},
			{
				name: 'None',
				value: 'none',
				description: 'Send one request and return the response as it is',
			},
			{ name: 'Page', value: 'page', description: "Use the page number in the 'next' link" },
			{
				name: 'Page and Size',
				value: 'pageAndSize',
				description: 'Count pages until the total is reached',
			},
		],
		default: 'none',
		displayOptions: { show: { ...showOnlyForApiRequest, method: ['GET'] } },
		description: 'How the endpoint splits long lists into pages',
	},
	{
		displayName: 'Items Path',
		name: 'itemsPath',
		type: 'string',
		default: 'results',
		placeholder: 'e.g. results',
		displayOptions: { show: showOnlyForPages },
		description:
			'Path to the list in the response. Leave empty if the response is the list itself.',
	},
	{
		displayName: 'Page Size',
		name: 'pageSize',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 300,
		displayOptions: { show: showOnlyForPages },
		description: 'Maximum number of rows per page: 300 for most endpoints, 50 for some',
	},
	...returnAllOrLimit(showOnlyForPages),
];
