import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { acceptsList } from '../../transport/routing/fieldChecks';
import { blueprintLocator, userLocator } from '../../shared/fields/locators';
import { simplify } from '../../shared/fields/output';
import { inputError } from '../../transport/http/errors';
import { assignableUser } from '../../shared/preSend/ids';
import { idOf } from '../../transport/routing/ids';
import { preSend } from '../../transport/routing/itemQueue';
import { simplifiedDevice, usualDeviceFields } from './simplified';
import { tagNames } from './tagNames';

const showOnlyForDeviceUpdate = { resource: ['device'], operation: ['update'] };

/** The body that clears each field. The API rejects an empty asset tag. */
const cleared: Record<string, IDataObject> = {
	assetTag: { asset_tag: null },
	tags: { tags: [] },
	user: { user: null },
};

/** Builds the body of the update. An empty value is refused: to clear a field takes Clear Fields. */
export const buildUpdate = preSend(async function (options) {
	const fields = this.getNodeParameter('updateFields', {}) as IDataObject;
	const body: IDataObject = {};
	for (const name of (fields.clearFields ?? []) as string[]) Object.assign(body, cleared[name]);
	if ('assetTag' in fields) {
		const assetTag = String(fields.assetTag ?? '').trim();
		if (assetTag === '') {
			throw inputError(
				this,
				'Asset Tag is empty',
				'Nothing was sent. Enter a value, or check the expression. To remove the asset tag, use Clear Fields.',
			);
		}
		body.asset_tag = assetTag;
	}
	if ('blueprintId' in fields) {
		body.blueprint_id = await idOf(this, 'blueprintId', fields.blueprintId);
	}
	if ('userId' in fields) body.user = await assignableUser(this, fields.userId);
	if ('tags' in fields) body.tags = tagNames(this, fields.tags);
	if (Object.keys(body).length === 0) {
		throw inputError(
			this,
			'There is nothing to update',
			'Nothing was sent. Add a field under Update Fields.',
		);
	}
	return { ...options, body };
});

export const deviceUpdateDescription: INodeProperties[] = [
	...simplify(showOnlyForDeviceUpdate, simplifiedDevice, usualDeviceFields),
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
					{ name: 'Asset Tag', value: 'assetTag' },
					{ name: 'Tags', value: 'tags' },
					{ name: 'User', value: 'user', description: 'Unassign the user' },
				],
				default: [],
				description: 'Fields to clear',
			},
			acceptsList({
				displayName: 'Tags',
				name: 'tags',
				type: 'string',
				default: '',
				placeholder: 'e.g. Finance, Loaner',
				description:
					'Comma-separated list of existing tags. They replace all current tags of the device.',
			}),
			userLocator(undefined, {
				required: false,
				description: 'The user to assign the device to',
			}),
		],
	},
];
