import type { IDataObject } from 'n8n-workflow';

import { preSend } from '../../transport/routing/itemQueue';

/** Pre-send that turns the body into a form-urlencoded one; its keys are sent as they are, dots included. */
export const asForm = preSend(async function (options) {
	const form = new URLSearchParams();
	for (const [key, value] of Object.entries((options.body ?? {}) as IDataObject)) {
		if (value !== undefined && value !== null) form.append(key, String(value));
	}
	options.body = form;
	return options;
});
