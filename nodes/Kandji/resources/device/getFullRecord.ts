import type { IDataObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { targetOf } from '../../transport/routing/singleRequest';
import { send } from '../../transport/http/request';
import { inItemOrder } from '../../transport/routing/itemQueue';

/** The parts of the record, their paths below the device, and the field of the response that holds them. */
const parts: Array<{ name: string; path: string; field?: string }> = [
	{ name: 'details', path: '/details' },
	{ name: 'apps', path: '/apps', field: 'apps' },
	{ name: 'library_items', path: '/library-items', field: 'library_items' },
	{ name: 'parameters', path: '/parameters', field: 'parameters' },
	{ name: 'status', path: '/status' },
	{ name: 'notes', path: '/notes' },
];

const devicePath = '/api/v1/devices/{device_id}';

/** Statuses if the token lacks a permission; the API has two for it. */
const withoutPermission = ['401', '403'];

/** Statuses if the token lacks the permission for a part, or the platform does not have it. */
const withoutPart = [...withoutPermission, '400', '404'];

/**
 * Reads a device and everything below it into one item. A part that the token has no permission for, or that the
 * platform does not have, is null and listed in `missing_parts` with the reason.
 *
 * @throws NodeApiError if the device does not exist, or no part of it can be read
 */
export const fullRecord = inItemOrder(async function (requestData) {
	const { url, ids } = await targetOf(this, requestData);
	const missing: IDataObject = {};
	const refusals: NodeApiError[] = [];
	const read = async (name: string, suffix: string, missingStatuses: string[]) => {
		const outcome = await send(
			this,
			{ method: 'GET', url: `${url}${suffix}` },
			{ path: `${devicePath}${suffix}`, ids },
		).catch((error: Error) => error);
		if (!(outcome instanceof Error)) return outcome.body as IDataObject;
		if (!(outcome instanceof NodeApiError) || !missingStatuses.includes(outcome.httpCode ?? '')) {
			throw outcome;
		}
		missing[name] = `${outcome.message}. ${outcome.description ?? ''}`.trim();
		refusals.push(outcome);
		return null;
	};
	const device = await read('device', '', withoutPermission);
	const values = await Promise.all(
		parts.map(async ({ name, path, field }) => {
			const body = await read(name, path, withoutPart);
			return [name, field === undefined ? body : (body?.[field] ?? null)];
		}),
	);
	const [refusal] = refusals;
	if (refusal !== undefined && refusals.length > parts.length) throw refusal;
	return [{ json: { ...ids, ...device, ...Object.fromEntries(values), missing_parts: missing } }];
});
