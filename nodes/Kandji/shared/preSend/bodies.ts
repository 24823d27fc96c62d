import type { IDataObject } from 'n8n-workflow';

import type { PreSend } from '../../transport/routing/itemQueue';
import { preSend } from '../../transport/routing/itemQueue';
import { inputFieldName, inputFile } from '../fields/files';

function appendFields(form: FormData | URLSearchParams, body: unknown): void {
	for (const [key, value] of Object.entries((body ?? {}) as IDataObject)) {
		if (value !== undefined && value !== null) form.append(key, String(value));
	}
}

/** Pre-send that turns the body into a form-urlencoded one. Keys are sent as they are, dots included. */
export const asForm = preSend(async function (options) {
	const form = new URLSearchParams();
	appendFields(form, options.body);
	options.body = form;
	return options;
});

/**
 * Makes a pre-send that turns the body into multipart, with the item's file as the field `file`.
 *
 * @param collection the collection with Input Data Field Name, where it is optional
 */
export const asMultipart = (collection?: string): PreSend =>
	preSend(async function (options) {
		const form = new FormData();
		appendFields(form, options.body);
		const name = inputFieldName(this, collection);
		if (name !== undefined) form.append('file', await inputFile(this, name));
		options.body = form;
		return options;
	});
