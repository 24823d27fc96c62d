import type {
	IDataObject,
	IN8nHttpFullResponse,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import { idsOf } from '../../transport/routing/singleRequest';
import { inputError } from '../../transport/http/errors';
import { idOf } from '../../transport/routing/ids';
import { preSend } from '../../transport/routing/itemQueue';

/** Puts the library item, and the node of an Assignment Map where one is set, into the body. */
export const sendLibraryItem = preSend(async function (options) {
	const libraryItemId = this.getNodeParameter('libraryItemId');
	const body = { library_item_id: await idOf(this, 'libraryItemId', libraryItemId) };
	const fields = this.getNodeParameter('additionalFields', {}) as IDataObject;
	if (!('assignmentNodeId' in fields)) return { ...options, body };
	const node = String(fields.assignmentNodeId ?? '').trim();
	if (node === '') {
		throw inputError(
			this,
			'Assignment Node ID is empty',
			'Nothing was sent. Enter a value, or check the expression in the field.',
		);
	}
	return { ...options, body: { ...body, assignment_node_id: node } };
});

/** The API answers with the IDs of all items that the blueprint has now. */
export async function asAssignment(
	_items: INodeExecutionData[],
	response: IN8nHttpFullResponse,
): Promise<INodeExecutionData[]> {
	const body: unknown = response.body;
	const ids = Array.isArray(body) ? (body as string[]) : [];
	return [{ json: { success: true, ...idsOf(response), library_item_ids: ids } }];
}

export const blueprintLibraryItemDescription: INodeProperties[] = [
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: {
			show: { resource: ['blueprint'], operation: ['assignLibraryItem', 'removeLibraryItem'] },
		},
		options: [
			{
				displayName: 'Assignment Node ID',
				name: 'assignmentNodeId',
				type: 'string',
				default: '',
				placeholder: 'e.g. e3d94912-d8bd-474b-9b90-c32288f84f99',
				description:
					'The node of an Assignment Map with conditional logic; hold the Option key while looking at the map to see the IDs. Classic blueprints have none.',
			},
		],
	},
];
