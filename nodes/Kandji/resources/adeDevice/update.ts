import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { blueprintLocator, userLocator } from '../../shared/fields/locators';
import { emptyFieldError, nothingToUpdateError } from '../../shared/preSend/requiredFields';
import { inputError } from '../../transport/http/errors';
import { assignableUser } from '../../shared/preSend/ids';
import { idOf } from '../../transport/routing/ids';
import { preSend } from '../../transport/routing/itemQueue';

const showOnlyForAdeDeviceUpdate = { resource: ['adeDevice'], operation: ['update'] };

/** Builds the body. A device enrolls either in a fixed blueprint or through Blueprint Routing. */
export const buildUpdate = preSend(async function (options) {
	const fields = this.getNodeParameter('updateFields', {}) as IDataObject;
	const body: IDataObject = {};
	const hasBlueprint = fields.blueprintId !== undefined;
	if (fields.useBlueprintRouting === true && hasBlueprint) {
		throw inputError(
			this,
			"Blueprint and Use Blueprint Routing can't be used together",
			'Nothing was sent. Remove one of the two fields.',
		);
	}
	if (fields.useBlueprintRouting === false && !hasBlueprint) {
		throw inputError(
			this,
			'Blueprint is required when Use Blueprint Routing is off',
			'Nothing was sent. Add the Blueprint field.',
		);
	}
	if (fields.assetTag !== undefined) {
		const assetTag = String(fields.assetTag ?? '').trim();
		if (assetTag === '') throw emptyFieldError(this, 'Asset Tag');
		body.asset_tag = assetTag;
	}
	if (fields.useBlueprintRouting === true) {
		body.use_blueprint_routing = true;
		body.blueprint_id = null;
	} else if (hasBlueprint) {
		body.use_blueprint_routing = false;
		body.blueprint_id = await idOf(this, 'blueprintId', fields.blueprintId);
	}
	if (fields.userId !== undefined) {
		body.user_id = await assignableUser(this, fields.userId);
	}
	if (Object.keys(body).length === 0) throw nothingToUpdateError(this);
	return { ...options, body };
});

export const adeDeviceUpdateDescription: INodeProperties[] = [
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: { show: showOnlyForAdeDeviceUpdate },
		options: [
			{
				displayName: 'Asset Tag',
				name: 'assetTag',
				type: 'string',
				default: '',
				placeholder: 'e.g. 1040',
				description: 'Asset tag to assign to the device',
			},
			blueprintLocator(undefined, {
				required: false,
				description: 'Blueprint that the device enrolls in',
			}),
			{
				displayName: 'Use Blueprint Routing',
				name: 'useBlueprintRouting',
				type: 'boolean',
				default: true,
				description: 'Whether Blueprint Routing selects the blueprint each time the device enrolls',
			},
			userLocator(undefined, {
				required: false,
				description: 'User to assign the device to',
			}),
		],
	},
];
