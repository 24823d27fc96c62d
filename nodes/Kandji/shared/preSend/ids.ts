import type { IDataObject } from 'n8n-workflow';

import type { ApiContext } from '../../transport/http/context';
import { inputError } from '../../transport/http/errors';
import type { IdParameterName } from '../../transport/routing/ids';
import { identify, idOf, idsOfEntries } from '../../transport/routing/ids';
import type { PreSend } from '../../transport/routing/itemQueue';
import { preSend } from '../../transport/routing/itemQueue';
import { lookups } from '../../transport/routing/lookups';
import { entriesOf } from '../fields/commaList';
import { emptyFilterError } from './requiredFields';

/**
 * Makes a pre-send that adds the ids of a collection's locators to the query or the body. The locators
 * have no routing of their own, because n8n would send an empty or malformed value unchecked.
 *
 * @param collection name of the collection, such as `filters`
 * @param keys the key in the query or body that takes the id of each locator
 */
export const idsFrom = (
	collection: string,
	target: 'body' | 'qs',
	keys: Partial<Record<IdParameterName, string>>,
): PreSend =>
	preSend(async function (options) {
		const fields = this.getNodeParameter(collection, {}) as IDataObject;
		const values = { ...(options[target] as IDataObject | undefined) };
		for (const [parameter, key] of Object.entries(keys)) {
			if (parameter in fields) {
				values[key] = await idOf(this, parameter as IdParameterName, fields[parameter]);
			}
		}
		options[target] = values;
		return options;
	});

/**
 * Makes a pre-send that adds the IDs of the blueprints in a list to the query.
 *
 * @param collection name of the collection with the field `blueprints`
 */
export const blueprintsFrom = (collection: string, key: string): PreSend =>
	preSend(async function (options) {
		const { blueprints } = this.getNodeParameter(collection, {}) as IDataObject;
		if (blueprints === undefined) return options;
		const ids = await idsOfBlueprints(this, blueprints);
		return { ...options, qs: { ...options.qs, [key]: ids.join(',') } };
	});

/**
 * The IDs of the blueprints that a list names, by name or ID.
 *
 * @throws NodeOperationError when the list is empty, or when not exactly one blueprint matches an entry
 */
export async function idsOfBlueprints(context: ApiContext, value: unknown): Promise<string[]> {
	const entries = entriesOf(value);
	if (entries.length === 0) throw emptyFilterError(context, 'Blueprints');
	return await idsOfEntries(context, 'Blueprints', lookups.blueprint.name, entries);
}

/**
 * The ID of the user that a User field identifies, to assign a device to.
 *
 * @param value the field's value
 * @throws NodeOperationError naming the field when nobody is identified, or somebody who is known to be archived
 */
export async function assignableUser(context: ApiContext, value: unknown): Promise<string> {
	const { id, record } = await identify(context, 'userId', value);
	if (record?.archived !== true) return id;
	throw inputError(
		context,
		`User is archived: "${String(record.email).slice(0, 80)}"`,
		'Nothing was sent. Archived users cannot be assigned. Choose another user.',
	);
}
