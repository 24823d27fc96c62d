import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { blueprintLocator, userLocator } from '../../shared/fields/locators';
import { simplify } from '../../shared/fields/output';
import { inputError } from '../../transport/http/errors';
import { idOf } from '../../transport/routing/ids';
import { preSend } from '../../transport/routing/itemQueue';
import { simplifiedDevice } from './simplified';
import { tagNames } from './tagNames';

const showOnlyForDeviceUpdate = { resource: ['device'], operation: ['update'] };

/** How the API wants each field to be cleared. An empty asset tag is an error there. */
const cleared: IDataObject = { asset_tag: null, tags: [], user: null };

/**
 * Builds the body of the update. What an expression left empty is refused and never taken for "clear":
 * that needs Clear Fields.
 */
export const buildUpdate = preSend(async function (options) {
	const fields = this.getNodeParameter('updateFields', {}) as IDataObject;
	const body: IDataObject = {};
	for (const key of (fields.clearFields ?? []) as string[]) body[key] = cleared[key];
	if ('assetTag' in fields) {
		const assetTag = String(fields.assetTag ?? '').trim();
		if (assetTag === '') {
			throw inputError(
				this,
				'Asset Tag is empty',
				'Nothing was sent. Enter a value, or choose Asset Tag under Clear Fields to remove it.',
			);
		}
		body.asset_tag = assetTag;
	}
	if ('blueprintId' in fields) {
		body.blueprint_id = await idOf(this, 'blueprintId', fields.blueprintId);
	}
	if ('userId' in fields) body.user = await idOf(this, 'userId', fields.userId);
	if ('tags' in fields) body.tags = tagNames(this, fields.tags);
	if (Object.keys(body).length === 0) {
		throw inputError(
			this,
			'There is nothing to update',
			'Nothing was sent. Add at least one field under Update Fields.',
		);
	}
	return { ...options, body };
});

export const deviceUpdateDescription: INodeProperties[] = [
	simplify(showOnlyForDeviceUpdate, simplifiedDevice),
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: { show: showOnlyForDeviceUpdate },
		options: [
			{
				displayName: 'Asset Tag',
				name: 'assetTag',
				type: 'string',
				default: '',
				placeholder: 'e.g. 1040',
				description: 'The new asset tag',
			},
			blueprintLocator(undefined, {
				required: false,
				description: 'The blueprint to move the device to',
			}),
			{
				displayName: 'Clear Fields',
				name: 'clearFields',
				type: 'multiOptions',
				options: [
					{ name: 'Asset Tag', value: 'asset_tag' },
					{ name: 'Tags', value: 'tags' },
					{ name: 'User', value: 'user', description: 'Unassign the device from its user' },
				],
				default: [],
				description: 'Fields to empty',
			},
			{
				displayName: 'Tags',
				name: 'tags',
				type: 'string',
				default: '',
				placeholder: 'e.g. Finance, Loaner',
				description:
					'Names of existing tags, separated by commas. They replace all tags that the device has.',
			},
			userLocator(undefined, {
				required: false,
				description: 'The user to assign the device to',
			}),
		],
	},
];
