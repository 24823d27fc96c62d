import type { IDataObject, NodeApiError } from 'n8n-workflow';

import type { ApiContext } from '../../transport/http/context';
import { inputError } from '../../transport/http/errors';
import type { PreSend } from '../../transport/routing/itemQueue';
import { preSend } from '../../transport/routing/itemQueue';

/** A field that must have a value when another field has a certain value. */
export interface DependentField {
	when: {
		/** The other field's key in the body, and its value. */
		key: string;
		value: boolean | string;
		/** Both as the editor shows them, such as "Install Type is ZIP File". */
		label: string;
	};
	key: string;
	displayName: string;
}

/** The category that Self Service lists an item under. */
export const selfServiceCategory: DependentField = {
	when: { key: 'show_in_self_service', value: true, label: 'Show in Self Service is on' },
	key: 'self_service_category_id',
	displayName: 'Self Service Category',
};

/** The error of a field without a value, which an expression can leave behind. */
export const emptyFieldError = (context: ApiContext, displayName: string): NodeApiError =>
	inputError(
		context,
		`${displayName} is empty`,
		'Nothing was sent. Enter a value, or check the expression in the field.',
	);

/** The error of a filter without a value. The API would ignore it and return everything. */
export const emptyFilterError = (context: ApiContext, displayName: string): NodeApiError =>
	inputError(
		context,
		`The filter ${displayName} is empty`,
		'Nothing was sent, because an empty filter would match everything. Remove the filter, or check its expression.',
	);

/** The error of an update without any field. */
export const nothingToUpdateError = (context: ApiContext): NodeApiError =>
	inputError(
		context,
		'There is nothing to update',
		'Nothing was sent. Add a field under Update Fields.',
	);

const isBlank = (value: unknown): boolean =>
	value === undefined || value === null || String(value).trim() === '';

/**
 * Makes a pre-send that refuses a body without a field that another one of its fields requires.
 *
 * @param isNew true where the body creates a record. An update may leave the field out, since the record
 *   can have a value, but may not clear it.
 */
export const requireDependentFields = (
	fields: DependentField[],
	{ isNew }: { isNew: boolean },
): PreSend =>
	preSend(async function (options) {
		const body = (options.body ?? {}) as IDataObject;
		for (const { when, key, displayName } of fields) {
			if (body[when.key] !== when.value || (!isNew && !(key in body))) continue;
			if (!isBlank(body[key]) && body[key] !== false) continue;
			throw inputError(
				this,
				`${displayName} is required when ${when.label}`,
				`Nothing was sent. Set ${displayName}, or change the other field.`,
			);
		}
		return options;
	});

/**
 * Makes a pre-send that refuses an update without any field, or one that clears a required field.
 *
 * @param required display names by the keys of the body that must not be empty
 * @param elsewhere names in Update Fields whose values are added to the body only later
 */
export const requireChange = (
	required: Record<string, string>,
	elsewhere: string[] = [],
): PreSend =>
	preSend(async function (options) {
		const body = (options.body ?? {}) as IDataObject;
		const updateFields = this.getNodeParameter('updateFields', {}) as IDataObject;
		if (Object.keys(body).length === 0 && !elsewhere.some((name) => name in updateFields)) {
			throw nothingToUpdateError(this);
		}
		for (const [key, displayName] of Object.entries(required)) {
			if (key in body && isBlank(body[key])) throw emptyFieldError(this, displayName);
		}
		return options;
	});
