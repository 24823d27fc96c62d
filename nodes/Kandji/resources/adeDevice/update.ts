import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { blueprintLocator, userLocator } from '../../shared/fields/locators';
import { inputError } from '../../transport/http/errors';
import { idOf } from '../../transport/routing/ids';
import { preSend } from '../../transport/routing/itemQueue';

const showOnlyForAdeDeviceUpdate = { resource: ['adeDevice'], operation: ['update'] };

/** Builds the body of the update. A device enrolls in one blueprint or by Blueprint Routing, not both. */
export const buildUpdate = preSend(async function (options) {
	const fields = this.getNodeParameter('updateFields', {}) as IDataObject;
	const body: IDataObject = {};
	const hasBlueprint = fields.blueprintId !== undefined;
	if (fields.useBlueprintRouting === true && hasBlueprint) {
		throw inputError(
			this,
			'Blueprint and Use Blueprint Routing exclude each other',
			'Nothing was sent. Remove one of the two fields.',
		);
	}
	if (fields.useBlueprintRouting === false && !hasBlueprint) {
		throw inputError(
			this,
			'Without Blueprint Routing the device needs a Blueprint',
			'Nothing was sent. Add the field Blueprint.',
		);
	}
	if (fields.assetTag !== undefined) {
		const assetTag = String(fields.assetTag ?? '').trim();
		if (assetTag === '') {
			throw inputError(
				this,
				'Asset Tag is empty',
				'Nothing was sent. Enter a value, or check the expression in the field.',
			);
		}
		body.asset_tag = assetTag;
	}
	if (fields.useBlueprintRouting === true) {
		body.use_blueprint_routing = true;
		body.blueprint_id = null;
	} else if (hasBlueprint) {
		body.use_blueprint_routing = false;
		body.blueprint_id = await idOf(this, 'blueprintId', fields.blueprintId);
	}
	if (fields.userId !== undefined) body.user_id = await idOf(this, 'userId', fields.userId);
	if (Object.keys(body).length === 0) {
		throw inputError(
			this,
			'There is nothing to update',
			'Nothing was sent. Add a field under Update Fields.',
		);
	}
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
				description: 'The asset tag that the device gets',
			},
			blueprintLocator(undefined, {
				required: false,
				description: 'The blueprint that the device enrolls in',
			}),
			{
				displayName: 'Use Blueprint Routing',
				name: 'useBlueprintRouting',
				type: 'boolean',
				default: true,
				description:
					'Whether Blueprint Routing decides where the device enrolls, from now on at every enrollment',
			},
			userLocator(undefined, {
				required: false,
				description: 'The user that the device is assigned to',
			}),
		],
	},
];
