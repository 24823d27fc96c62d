import type { IDataObject } from 'n8n-workflow';

import { idOf } from '../../transport/routing/ids';
import type { PreSend } from '../../transport/routing/itemQueue';
import { preSend } from '../../transport/routing/itemQueue';

/** A locator in a collection, and where its id goes. */
interface LocatedId {
	/** The locator's name in the collection. */
	parameter: string;
	/** What the API calls such an id in its paths, such as `device_id`. */
	name: string;
	/** The key in the query or body, where it differs from `name`. */
	key?: string;
}

/**
 * Makes a pre-send that puts the ids of locators in a collection into the query or the body. The locators
 * have no routing of their own: n8n would send an empty or malformed value as it is.
 *
 * @param collection the collection's name, such as `filters`
 */
export const idsFrom = (
	collection: string,
	target: 'body' | 'qs',
	locatedIds: LocatedId[],
): PreSend =>
	preSend(async function (options) {
		const fields = this.getNodeParameter(collection, {}) as IDataObject;
		const values = { ...(options[target] as IDataObject | undefined) };
		for (const { parameter, name, key = name } of locatedIds) {
			if (parameter in fields) {
				values[key] = await idOf(this, name, fields[parameter]);
			}
		}
		options[target] = values;
		return options;
	});
