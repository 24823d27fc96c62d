import type {
	IDataObject,
	IExecuteSingleFunctions,
	INodeExecutionData,
	INodeProperties,
	PostReceiveAction,
} from 'n8n-workflow';

import { idsOf } from '../../transport/routing/singleRequest';
import { valueAt } from '../../transport/lists/pagination';
import type { Show } from './locators';

type PostReceive = Extract<PostReceiveAction, (...args: never[]) => unknown>;

/** The output of a delete, whatever the API answered. */
export const asDeleted: PostReceive = async () => [{ json: { deleted: true } }];

/** The output of an action: what the API returned, if anything, and which record it was done to. */
export const asDone: PostReceive = async (_items, response) => {
	const body: unknown = response.body;
	const returned = typeof body === 'object' && body !== null ? (body as IDataObject) : {};
	return [{ json: { success: true, ...idsOf(response), ...returned } }];
};

/** Takes the rows out of a list that comes whole, inside an envelope. */
export const rowsAt =
	(key: string): PostReceive =>
	async (items) =>
		items.flatMap(({ json }) => {
			const rows = json[key];
			return Array.isArray(rows) ? rows.map((row) => ({ json: row as IDataObject })) : [];
		});

/** Flattens a record that comes inside an envelope: the envelope's other fields stay beside it. */
export const unwrapped =
	(key: string): PostReceive =>
	async (items) =>
		items.map(({ json: { [key]: inner, ...rest } }) => ({
			json: { ...rest, ...(inner as IDataObject) },
		}));

/**
 * Makes the Simplify field of an operation.
 *
 * @param pick returns the fields that people use, flat, out of a record of the API
 */
export const simplify = (
	show: Show,
	pick: (record: IDataObject) => IDataObject,
): INodeProperties => ({
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
				): Promise<INodeExecutionData[]> {
					if (this.getNodeParameter('simplify', true) !== true) return items;
					for (const item of items) item.json = pick(item.json);
					return items;
				},
			],
		},
	},
});

/**
 * Makes the Output field of an operation whose records are big: simplified, raw, or the fields that the
 * user names, the record's id always with them.
 *
 * @param pick returns the simplified record
 * @param idPath where the id is in the raw record, such as `general.device_id`
 */
export const outputMode = (
	show: Show,
	pick: (record: IDataObject) => IDataObject,
	idPath: string,
): INodeProperties[] => [
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		displayOptions: { show },
		options: [
			{ name: 'Raw', value: 'raw', description: 'Everything, as the API returns it' },
			{ name: 'Selected Fields', value: 'selected', description: 'Only the fields named below' },
			{ name: 'Simplified', value: 'simplified', description: 'The fields that people use, flat' },
		],
		default: 'simplified',
		description: 'How much of the record to return',
		routing: {
			output: {
				postReceive: [
					async function (
						this: IExecuteSingleFunctions,
						items: INodeExecutionData[],
					): Promise<INodeExecutionData[]> {
						const mode = this.getNodeParameter('output', 'simplified');
						if (mode === 'raw') return items;
						const paths = String(this.getNodeParameter('selectedFields', ''))
							.split(',')
							.map((path) => path.trim())
							.filter((path) => path !== '');
						for (const item of items) {
							item.json =
								mode === 'selected' ? selected(item.json, [idPath, ...paths]) : pick(item.json);
						}
						return items;
					},
				],
			},
		},
	},
	{
		displayName: 'Fields',
		name: 'selectedFields',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. general.device_name, network.mac_address',
		displayOptions: { show: { ...show, output: ['selected'] } },
		description: 'Fields to return, separated by commas, with dots for nested ones',
	},
];

const selected = (record: IDataObject, paths: string[]): IDataObject =>
	Object.fromEntries(
		paths.map((path) => [path, (valueAt(record, path) ?? null) as IDataObject[string]]),
	);
