import type { IDataObject } from 'n8n-workflow';

import { inputError } from '../../transport/http/errors';
import type { PreSend } from '../../transport/routing/itemQueue';
import { preSend } from '../../transport/routing/itemQueue';

/**
 * Makes a pre-send that refuses a request whose body lacks a value: an expression gave nothing.
 *
 * @param fields display names by the keys of the body
 */
export const requireFilled = (fields: Record<string, string>): PreSend =>
	preSend(async function (options) {
		const body = (options.body ?? {}) as IDataObject;
		for (const [key, displayName] of Object.entries(fields)) {
			const value = body[key];
			if (value === undefined || value === null || String(value).trim() === '') {
				throw inputError(
					this,
					`${displayName} is empty`,
					'Nothing was sent. Enter a value, or check the expression in the field.',
				);
			}
		}
		return options;
	});
