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
import { firstOf, keepFields, orNull } from './pick';

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

/** The parts of a field's name that are not written with a capital first letter only. */
const wordsInLabels: Record<string, string> = {
	ade: 'ADE',
	cve: 'CVE',
	cvss: 'CVSS',
	filevault: 'FileVault',
	id: 'ID',
	ip: 'IP',
	mac: 'MAC',
	mdm: 'MDM',
	os: 'OS',
	sha256: 'SHA-256',
	url: 'URL',
};

/** A field of the output as the form calls it, such as "User Email" for `user_email`. */
const labelOf = (name: string): string =>
	name
		.split('_')
		.map((word) => wordsInLabels[word] ?? `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
		.join(' ')
		.replace('Check In', 'Check-In');

/** Makes the list of a simplified record's fields, from which the user chooses those to return. */
const selectedFields = (show: Show, pick: Pick, usual: string[]): INodeProperties => ({
	displayName: 'Selected Fields',
	name: 'selectedFields',
	type: 'multiOptions',
	// A model names fields by itself, in Fields to Return.
	displayOptions: { show, hide: { '@tool': [true] } },
	options: Object.keys(pick({}, {}))
		.map((name) => ({ name: labelOf(name), value: name }))
		.sort((one, other) => one.name.localeCompare(other.name, 'en')),
	default: [...usual],
	description: 'Fields to return of the simplified record',
});

/**
 * Keeps the chosen fields of a simplified record. For a model that names fields all are kept, since it narrows the
 * record by itself.
 */
function onlyChosen(
	context: IExecuteSingleFunctions,
	record: IDataObject,
	usual: string[] | undefined,
): IDataObject {
	const isNamedByModel = context.getNodeParameter('fieldsToReturn', '') !== '';
	if (usual === undefined || isNamedByModel) return record;
	return keepFields(record, context.getNodeParameter('selectedFields', usual) as string[]);
}

/**
 * Makes the Simplify field of an operation.
 *
 * @param usual the fields that are returned by default when a record has more than ten besides its ID; the others can be
 * chosen in Selected Fields
 */
export const simplify = (show: Show, pick: Pick, usual?: string[]): INodeProperties[] => [
	{
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
						for (const item of items) {
							item.json = onlyChosen(this, simplified(pick, item.json, ids), usual);
						}
						return items;
					},
				],
			},
		},
	},
	...(usual === undefined ? [] : [selectedFields({ ...show, simplify: [true] }, pick, usual)]),
];

/**
 * Makes the Output field of an operation with large records: simplified, raw, or those raw fields that the user
 * names, always with the record's id.
 *
 * @param idPath path of the id in the raw record, such as `general.device_id`
 * @param usual the simplified fields that are returned by default
 */
export const outputMode = (
	show: Show,
	pick: Pick,
	idPath: string,
	usual: string[],
): INodeProperties[] => [
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		displayOptions: { show },
		options: [
			{ name: 'Raw', value: 'raw', description: 'The complete record, as the API returns it' },
			{ name: 'Raw Fields', value: 'rawFields', description: 'Only the raw fields you name' },
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
							if (mode === 'rawFields') {
								const fields = selected(item.json, [idPath, ...paths]);
								const id = firstOf(fields[idPath], sentId);
								item.json = withIsoDates({ ...fields, [idPath]: id });
							} else {
								item.json = onlyChosen(this, simplified(pick, item.json, ids), usual);
							}
						}
						return items;
					},
				],
			},
		},
	},
	selectedFields({ ...show, output: ['simplified'] }, pick, usual),
	acceptsList({
		displayName: 'Fields',
		name: 'fields',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. general.device_name, network.mac_address',
		displayOptions: { show: { ...show, output: ['rawFields'] } },
		description: 'Comma-separated list of fields to return. Use dots for nested fields.',
	}),
];

const selected = (record: IDataObject, paths: string[]): IDataObject =>
	Object.fromEntries(
		paths.map((path) => [path, (valueAt(record, path) ?? null) as IDataObject[string]]),
	);
