import type { IDataObject } from 'n8n-workflow';

import { inputError } from '../../transport/http/errors';
import type { PreSend } from '../../transport/routing/itemQueue';
import { preSend } from '../../transport/routing/itemQueue';

/** A value in the body that makes another field necessary. */
export interface Need {
	key: string;
	value: boolean | string;
	/** What sets it in the editor, such as "Install Type Zip". */
	setting: string;
	/** The body's key that must have a value then, and its name in the editor. */
	needs: string;
	needsDisplayName: string;
}

const isBlank = (value: unknown): boolean =>
	value === undefined || value === null || value === false || String(value).trim() === '';

/**
 * Makes a pre-send that refuses a body in which one field misses another.
 *
 * @param isWhole true where the body makes a new record, so that a field left out has no value. In an
 *   update such a field keeps the value it has, and only one that is emptied is refused.
 */
export const requireNeeds = (needs: Need[], isWhole: boolean): PreSend =>
	preSend(async function (options) {
		const body = (options.body ?? {}) as IDataObject;
		for (const need of needs) {
			const isKept = !isWhole && !(need.needs in body);
			if (body[need.key] !== need.value || isKept || !isBlank(body[need.needs])) continue;
			throw inputError(
				this,
				`${need.setting} needs ${need.needsDisplayName}`,
				`Nothing was sent. Set ${need.needsDisplayName}, or choose another value there.`,
			);
		}
		return options;
	});

/**
 * Makes a pre-send that refuses an update which changes nothing, or empties a field that must have a value.
 *
 * @param filled display names by the keys of the body that must not be empty
 * @param elsewhere names in Update Fields whose values are put into the body only later
 */
export const requireChange = (filled: Record<string, string>, elsewhere: string[] = []): PreSend =>
	preSend(async function (options) {
		const body = (options.body ?? {}) as IDataObject;
		const updateFields = this.getNodeParameter('updateFields', {}) as IDataObject;
		if (Object.keys(body).length === 0 && !elsewhere.some((name) => name in updateFields)) {
			throw inputError(
				this,
				'There is nothing to update',
				'Nothing was sent. Add a field under Update Fields.',
			);
		}
		for (const [key, displayName] of Object.entries(filled)) {
			if (key in body && isBlank(body[key]) && body[key] !== false) {
				throw inputError(
					this,
					`${displayName} is empty`,
					'Nothing was sent. Enter a value, or check the expression in the field.',
				);
			}
		}
		return options;
	});

/** Self Service lists its items by category. */
export const selfServiceNeed: Need = {
	key: 'show_in_self_service',
	value: true,
	setting: 'Show in Self Service',
	needs: 'self_service_category_id',
	needsDisplayName: 'Self Service Category',
};
