import type { INodeParameters } from 'n8n-workflow';

import type { NewNode } from '../../test/e2e/support/workflow';
import type { BenchTenant } from './tenant';

/** A failed item is counted and does not end the run. */
const onError = 'continueRegularOutput';

/** The Kandji node, with the API's own records as the HTTP Request node returns them. */
export const kandjiNode = (parameters: INodeParameters): NewNode => ({
	name: 'Kandji',
	type: 'n8n-nodes-kandji.kandji',
	parameters: { simplify: false, ...parameters },
	onError,
});

const httpRequest = (url: string, more: INodeParameters): NewNode => ({
	name: 'HTTP Request',
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.4,
	parameters: {
		url,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'kandjiApi',
		...more,
	},
	onError,
});

/** Makes an item of each row: the HTTP Request node returns an envelope as one item. */
const splitOut = (field: string): NewNode => ({
	name: 'Split Out',
	type: 'n8n-nodes-base.splitOut',
	parameters: { fieldToSplitOut: field },
});

const query = (name: string, value: string): INodeParameters => ({
	sendQuery: true,
	queryParameters: { parameters: [{ name, value }] },
});

const paging = (parameter: string, value: string, more: INodeParameters): INodeParameters => ({
	options: {
		pagination: {
			pagination: {
				paginationMode: 'updateAParameterInEachRequest',
				parameters: { parameters: [{ type: 'qs', name: parameter, value }] },
				requestInterval: 0,
				...more,
			},
		},
	},
});

const until = (expression: string): INodeParameters => ({
	paginationCompleteWhen: 'other',
	completeExpression: `={{ ${expression} }}`,
});

const offset = '={{ $pageCount * 300 }}';

/** Page by page until an empty one. */
export const httpDevices = ({ url }: BenchTenant): NewNode[] => [
	httpRequest(`${url}/api/v1/devices`, {
		...query('limit', '300'),
		...paging('offset', offset, { paginationCompleteWhen: 'responseIsEmpty' }),
	}),
];

/** One device for each input item. */
export const httpDevice = ({ url }: BenchTenant): NewNode[] => [
	{
		...httpRequest(`=${url}/api/v1/devices/{{ $json.device_id }}`, {
			// What n8n's documentation proposes for a limit.
			options: { batching: { batch: { batchSize: 50, batchInterval: 1000 } } },
		}),
		retryOnFail: true,
		maxTries: 5,
		waitBetweenTries: 1000,
	},
];

/** The cursor out of `next`, which points at a host that the token must not go to. */
const cursor = "(/cursor=([^&]+)/.exec($response.body?.next ?? '') ?? ['', ''])[1]";

export const httpUsers = ({ url }: BenchTenant): NewNode[] => [
	httpRequest(
		`${url}/api/v1/users`,
		paging('cursor', `={{ decodeURIComponent(${cursor}) }}`, until('!$response.body.next')),
	),
	splitOut('results'),
];

export const httpPrism =
	(category: string) =>
	({ url }: BenchTenant): NewNode[] => [
		httpRequest(`${url}/api/v1/prism/${category}`, {
			...query('limit', '300'),
			...paging('offset', offset, until('!$response.body.cursor')),
		}),
		splitOut('data'),
	];
