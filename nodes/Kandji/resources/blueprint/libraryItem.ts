import type {
	IDataObject,
	IN8nHttpFullResponse,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import { idsOf } from '../../transport/routing/singleRequest';
import { emptyFieldError } from '../../shared/preSend/requiredFields';
import { idOf } from '../../transport/routing/ids';
import { preSend } from '../../transport/routing/itemQueue';

/** Adds the library item to the body, and the node of an Assignment Map if set. */
export const sendLibraryItem = preSend(async function (options) {
	const libraryItemId = this.getNodeParameter('libraryItemId');
	const body = { library_item_id: await idOf(this, 'libraryItemId', libraryItemId) };
	const fields = this.getNodeParameter('additionalFields', {}) as IDataObject;
	if (!('assignmentNodeId' in fields)) return { ...options, body };
	const node = String(fields.assignmentNodeId ?? '').trim();
	if (node === '') throw emptyFieldError(this, 'Assignment Node ID');
	return { ...options, body: { ...body, assignment_node_id: node } };
});

/** Names the IDs in the response: those of all items that the blueprint now has. */
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
					'ID of the node in an Assignment Map with conditional logic. Hold Option while viewing the map to see the IDs. Classic blueprints have none.',
			},
		],
	},
];
