import type {
	IDataObject,
	IExecuteSingleFunctions,
	IN8nHttpFullResponse,
	INodeExecutionData,
	INodeProperties,
	PostReceiveAction,
} from 'n8n-workflow';

import { acceptsList } from '../../transport/routing/fieldChecks';
import { apiError } from '../../transport/http/errors';
import type { ApiResponse } from '../../transport/http/request';
import { idsOf } from '../../transport/routing/singleRequest';
import { readPage, valueAt } from '../../transport/lists/pagination';
import { incompleteList } from '../../transport/lists/rowReceiver';
import { entriesOf } from './commaList';
import { withIsoDates } from './isoDates';
import type { Show } from './locators';
import { firstOf, orNull } from './pick';

type PostReceive = Extract<PostReceiveAction, (...args: never[]) => unknown>;

/** The output of a delete, whatever the API returned. */
export const asDeleted: PostReceive = async () => [{ json: { deleted: true } }];

/** Adds the IDs in the path of the request, and what is known of their records, to each item. */
export const withIds: PostReceive = async (items, response) =>
	items.map(({ json }) => ({ json: { ...json, ...idsOf(response) } }));

/** The output of an action: the record's id and what the API returned, if anything. */
export const asDone: PostReceive = async (_items, response) => {
	const body: unknown = response.body;
	const returned = typeof body === 'object' && body !== null ? (body as IDataObject) : {};
	return [{ json: { success: true, ...idsOf(response), ...returned } }];
};

/**
 * Unwraps a list that the API returns complete, inside an envelope.
 *
 * @throws NodeApiError when the response says that the list is longer, or has something other than records in it
 */
export const rowsAt = (key: string): PostReceive =>
	async function (items, response) {
		if (!Array.isArray(items[0]?.json[key])) return [];
		const page = readPage(response as ApiResponse, { items: key });
		const isWhole = page !== undefined && !page.next && (page.total ?? 0) <= page.rows.length;
		if (isWhole) return page.rows.map((json) => ({ json }));
		const problem =
			page === undefined
				? 'Kandji’s response contains no list of records'
				: incompleteList(page.rows.length, page.total);
		throw apiError(this, { path: key, problem });
	};

/** Unwraps a record inside an envelope. The envelope's other fields are kept beside it. */
export const unwrapped =
	(key: string): PostReceive =>
	async (items) =>
		items.map(({ json: { [key]: inner, ...rest } }) => ({
			json: { ...rest, ...(inner as IDataObject) },
		}));

/**
 * Turns a record of the API into the simplified one; what it leaves blank becomes null. `ids` are those of the request,
 * by their API names, with what is known of their records.
 */
type Pick = (record: IDataObject, ids: IDataObject) => IDataObject;

/** A simplified record in which every field without a value is null, so that each item has the same fields. */
const filled = (record: IDataObject): IDataObject =>
	Object.fromEntries(Object.entries(record).map(([name, value]) => [name, orNull(value)]));

/** A record as Simplify returns it. */
export const simplified = (pick: Pick, record: IDataObject, ids: IDataObject = {}): IDataObject =>
	withIsoDates(filled(pick(record, ids)));

/** Makes the Simplify field of an operation. */
export const simplify = (show: Show, pick: Pick): INodeProperties => ({
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	displayOptions: { show },
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
	routing: {
		output: {
			postReceive: [
				async function (
					this: IExecuteSingleFunctions,
					items: INodeExecutionData[],
					response: IN8nHttpFullResponse,
				): Promise<INodeExecutionData[]> {
					if (this.getNodeParameter('simplify', true) !== true) return items;
					const ids = idsOf(response);
					for (const item of items) item.json = simplified(pick, item.json, ids);
					return items;
				},
			],
		},
	},
});

/**
 * Makes the Output field of an operation with large records: simplified, raw, or the fields that the user
 * names, always with the record's id.
 *
 * @param idPath path of the id in the raw record, such as `general.device_id`
 */
export const outputMode = (show: Show, pick: Pick, idPath: string): INodeProperties[] => [
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		displayOptions: { show },
		options: [
			{ name: 'Raw', value: 'raw', description: 'The complete record, as the API returns it' },
			{ name: 'Selected Fields', value: 'selectedFields', description: 'Only the fields you name' },
			{ name: 'Simplified', value: 'simplified', description: 'The most useful fields, flattened' },
		],
		default: 'simplified',
		description: 'Which version of the record to return',
		routing: {
			output: {
				postReceive: [
					async function (
						this: IExecuteSingleFunctions,
						items: INodeExecutionData[],
						response: IN8nHttpFullResponse,
					): Promise<INodeExecutionData[]> {
						const mode = this.getNodeParameter('output', 'simplified');
						if (mode === 'raw') return items;
						const paths = entriesOf(this.getNodeParameter('fields', ''));
						const ids = idsOf(response);
						const sentId = ids[idPath.split('.').at(-1) ?? ''];
						for (const item of items) {
							if (mode === 'selectedFields') {
								const fields = selected(item.json, [idPath, ...paths]);
								const id = firstOf(fields[idPath], sentId);
								item.json = withIsoDates({ ...fields, [idPath]: id });
							} else {
								item.json = simplified(pick, item.json, ids);
							}
						}
						return items;
					},
				],
			},
		},
	},
	acceptsList({
		displayName: 'Fields',
		name: 'fields',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. general.device_name, network.mac_address',
		displayOptions: { show: { ...show, output: ['selectedFields'] } },
		description: 'Comma-separated list of fields to return. Use dots for nested fields.',
	}),
];

const selected = (record: IDataObject, paths: string[]): IDataObject =>
	Object.fromEntries(
		paths.map((path) => [path, (valueAt(record, path) ?? null) as IDataObject[string]]),
	);
