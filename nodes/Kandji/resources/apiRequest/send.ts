import type { IDataObject, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';

import { returnAllOrLimit } from '../../shared/fields/locators';
import { inputError } from '../../transport/http/errors';
import type { Pagination } from '../../transport/lists/pagination';
import { sendItem } from '../../transport/routing/singleRequest';
import { readPaged } from '../../transport/routing/paging';
import { preSend, inItemOrder } from '../../transport/routing/itemQueue';

const showOnlyForApiRequest = { resource: ['apiRequest'], operation: ['sendRequest'] };
const showOnlyForPages = {
	...showOnlyForApiRequest,
	method: ['GET'],
	paging: ['after', 'cursor', 'offset', 'page', 'sizedPage'],
};

type Paging = Omit<Pagination, 'items' | 'pageSize'>;

/** Pages of the size that the first one turned out to have: the API may put fewer rows on it than were asked for. */
function sizedPages(): Paging {
	let step = 0;
	return {
		range: (offset, size) => {
			if (offset === 0) return { page: 1, size };
			step ||= offset;
			return { page: Math.floor(offset / step) + 1, size: step };
		},
	};
}

/** The API's ways of paging, by the value of the Paging field. */
const pagings: Record<string, () => Paging> = {
	after: () => ({ first: (size) => ({ size }) }),
	cursor: () => ({ first: () => ({}) }),
	offset: () => ({ overlaps: true, range: (offset, limit) => ({ limit, offset }) }),
	page: () => ({ first: () => ({ page: 1 }) }),
	sizedPage: sizedPages,
};

const jsonOf = (value: unknown): unknown => {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value);
	} catch {
		return undefined;
	}
};

/** Puts the request together. The path stays below /api of the tenant's own host, whatever is typed. */
export const buildRequest = preSend(async function (options) {
	const path = String(this.getNodeParameter('path', '') ?? '').trim();
	if (
		!/^\/api\/v\d+\/[\w\-./~%]*$/.test(path) ||
		/(^|\/)\.\.?(\/|$)|\/\/|%2f|%2e|%5c|%25/i.test(path)
	) {
		throw inputError(
			this,
			`Path is not usable: "${path.slice(0, 80)}"`,
			'Nothing was sent. Enter a path of the Kandji API such as /api/v1/devices, without host and query.',
		);
	}
	const request: IHttpRequestOptions = { ...options, url: path };
	const query = this.getNodeParameter('query', {}) as { parameters?: IDataObject[] };
	request.qs = Object.fromEntries(
		(query.parameters ?? []).map(({ name, value }) => [String(name), value]),
	);
	if (options.method !== 'GET' && options.method !== 'DELETE') {
		const body = jsonOf(this.getNodeParameter('body', '{}'));
		if (typeof body !== 'object' || body === null) {
			throw inputError(
				this,
				'Body is not valid JSON',
				'Nothing was sent. Enter an object or an array, such as { "name": "Loaner" }.',
			);
		}
		request.body = body as IDataObject;
	}
	return request;
});

export const sendRequest = inItemOrder(async function (requestData) {
	const paging =
		requestData.options.method === 'GET'
			? pagings[String(this.getNodeParameter('paging', 'none'))]
			: undefined;
	if (paging === undefined) return await sendItem(this, requestData);
	const pageSize = Number(this.getNodeParameter('pageSize', 300));
	const items = String(this.getNodeParameter('itemsPath', '') ?? '').trim();
	return await readPaged(this, requestData, { ...paging(), items, pageSize });
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
		description: 'What to do: read, create, change or delete',
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
		description: "Path on the tenant's own API, without host and query",
	},
	{
		displayName: 'Query Parameters',
		name: 'query',
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
		description: 'JSON to send',
	},
	{
		displayName: 'Paging',
		name: 'paging',
		type: 'options',
		options: [
			{ name: 'After and Size', value: 'after', description: 'Follow the after mark in next' },
			{ name: 'Cursor', value: 'cursor', description: 'Follow the cursor in next' },
			{ name: 'Limit and Offset', value: 'offset', description: 'Count rows' },
			{ name: 'None', value: 'none', description: 'One request, the answer as it is' },
			{ name: 'Page', value: 'page', description: 'Follow the page number in next' },
			{ name: 'Page and Size', value: 'sizedPage', description: 'Count pages up to the total' },
		],
		default: 'none',
		displayOptions: { show: { ...showOnlyForApiRequest, method: ['GET'] } },
		description: 'How the endpoint hands out long lists',
	},
	{
		displayName: 'Items Path',
		name: 'itemsPath',
		type: 'string',
		default: 'results',
		placeholder: 'e.g. results',
		displayOptions: { show: showOnlyForPages },
		description: 'Where the rows are in the answer; empty when the answer is a bare list',
	},
	{
		displayName: 'Page Size',
		name: 'pageSize',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 300,
		displayOptions: { show: showOnlyForPages },
		description: 'Most rows that the endpoint returns at once: 300 for most, 50 for some',
	},
	...returnAllOrLimit(showOnlyForPages),
];
