import type { INodeProperties } from 'n8n-workflow';

import { blueprintLocator } from '../../shared/fields/locators';
import { simplify } from '../../shared/fields/output';
import { idOf } from '../../transport/routing/ids';
import { preSend } from '../../transport/routing/itemQueue';
import { simplifiedDevice, usualDeviceFields } from './simplified';

const showOnlyForDeviceMove = { resource: ['device'], operation: ['moveToBlueprint'] };

/** Puts the blueprint into the body. */
export const blueprintToMoveTo = preSend(async function (options) {
	const id = await idOf(this, 'blueprintId', this.getNodeParameter('blueprintId'));
	return { ...options, body: { blueprint_id: id } };
});

export const deviceMoveToBlueprintDescription: INodeProperties[] = [
	blueprintLocator(showOnlyForDeviceMove),
	...simplify(showOnlyForDeviceMove, simplifiedDevice, usualDeviceFields),
];
