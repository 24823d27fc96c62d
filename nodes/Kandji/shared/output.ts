import type {
	IDataObject,
	IExecuteSingleFunctions,
	INodeExecutionData,
	INodeProperties,
	PostReceiveAction,
} from 'n8n-workflow';

import { idsOf } from '../transport/once';
import type { Show } from './fields';

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
