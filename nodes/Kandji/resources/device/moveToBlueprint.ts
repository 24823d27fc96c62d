import type { INodeProperties } from 'n8n-workflow';

import { simplify } from '../../shared/fields/output';
import { inputError } from '../../transport/http/errors';
import { preSend } from '../../transport/routing/itemQueue';
import { lookups, recordsCalled } from '../../transport/routing/lookups';
import { simplifiedDevice } from './simplified';

const showOnlyForDeviceMove = { resource: ['device'], operation: ['moveToBlueprint'] };

/** Finds the blueprint by its exact name. The API's filter means "contains". */
export const blueprintByName = preSend(async function (options) {
	const name = String(this.getNodeParameter('blueprintName')).trim();
	const found = await recordsCalled(this, lookups.blueprint.name, name);
	if (found.length > 1) {
		throw inputError(
			this,
			`${found.length} blueprints are named "${name.slice(0, 80)}"`,
			`Nothing was sent. Use Device › Update with Blueprint to choose one of these IDs: ${found.map(({ id }) => String(id)).join(', ')}.`,
		);
	}
	const [blueprint] = found;
	if (blueprint === undefined) {
		throw inputError(
			this,
			`No blueprint is named "${name.slice(0, 80)}"`,
			'Nothing was sent. Blueprint Name has to match exactly. It is not case-sensitive.',
		);
	}
	return { ...options, body: { blueprint_id: blueprint.id } };
});

export const deviceMoveToBlueprintDescription: INodeProperties[] = [
	{
		displayName: 'Blueprint Name',
		name: 'blueprintName',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Engineering Macs',
		displayOptions: { show: showOnlyForDeviceMove },
		description: 'Exact match, not case-sensitive',
	},
	simplify(showOnlyForDeviceMove, simplifiedDevice),
];
