import type { IDataObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { targetOf } from '../../transport/once';
import { send } from '../../transport/request';
import { inTurn } from '../../transport/turns';

/** The parts of the record, their paths below the device, and the field of the answer that holds them. */
const parts: Array<{ name: string; path: string; field?: string }> = [
	{ name: 'details', path: '/details' },
	{ name: 'apps', path: '/apps', field: 'apps' },
	{ name: 'library_items', path: '/library-items', field: 'library_items' },
	{ name: 'parameters', path: '/parameters', field: 'parameters' },
	{ name: 'status', path: '/status' },
	{ name: 'notes', path: '/notes' },
];

/**
 * Reads a device with everything below it into one item. A part that the token may not read, or that the
 * platform has not, is null and named under `missing_parts` with the reason.
 */
export const fullRecord = inTurn(async function (requestData) {
	const { url, ids } = await targetOf(this, requestData);
	const path = '/api/v1/devices/{device_id}';
	const read = async (suffix: string): Promise<unknown> => {
		const response = await send(
			this,
			{ method: 'GET', url: `${url}${suffix}` },
			{ path: `${path}${suffix}`, ids },
		);
		return response.body;
	};
	const device = (await read('')) as IDataObject;
	const missing: IDataObject = {};
	const values = await Promise.all(
		parts.map(async ({ name, path: suffix, field }) => {
			try {
				const body = await read(suffix);
				return [name, field === undefined ? body : (body as IDataObject)[field]];
			} catch (error) {
				if (error instanceof NodeApiError && ['400', '403', '404'].includes(error.httpCode ?? '')) {
					missing[name] = error.description ?? error.message;
					return [name, null];
				}
				throw new NodeApiError(this.getNode(), error as never);
			}
		}),
	);
	return [{ json: { ...device, ...Object.fromEntries(values), missing_parts: missing } }];
});
