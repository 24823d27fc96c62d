import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';

import { sendWithUndo } from '../../shared/preSend/returnUndo';
import { send } from '../../transport/http/request';
import { inItemOrder } from '../../transport/routing/itemQueue';
import { sendItem } from '../../transport/routing/singleRequest';

const devicePath = '/api/v1/devices/{device_id}';

/** The sender of an operation that updates the device of its item. */
export const updateDevice = inItemOrder(async function (requestData) {
	return await sendWithUndo(this, requestData, async () => await sendItem(this, requestData));
});

/** The request that updates a device. */
export const updateRequest = (id: string, body: IDataObject) =>
	({ method: 'PATCH', url: `/api/v1/devices/${encodeURIComponent(id)}`, body }) as const;

/** The request that updates a device of Apple Business Manager. */
export const adeUpdateRequest = (id: string, body: IDataObject) =>
	({
		method: 'PATCH',
		url: `/api/v1/integrations/apple/ade/devices/${encodeURIComponent(id)}`,
		body,
	}) as const;

/** Sends an update of a device of Apple Business Manager. */
export async function sendAdeUpdate(
	context: IExecutePaginationFunctions,
	id: string,
	body: IDataObject,
): Promise<void> {
	const path = '/api/v1/integrations/apple/ade/devices/{device_id}';
	await send(context, adeUpdateRequest(id, body), { path, ids: { device_id: id } });
}

/** The request that names a device, which becomes a command. */
export const nameRequest = (id: string, deviceName: string) =>
	({
		method: 'POST',
		url: `/api/v1/devices/${encodeURIComponent(id)}/action/setname`,
		body: { DeviceName: deviceName },
	}) as const;

/** Sends an update of a device. */
export async function sendUpdate(
	context: IExecutePaginationFunctions,
	id: string,
	body: IDataObject,
): Promise<void> {
	await send(context, updateRequest(id, body), { path: devicePath, ids: { device_id: id } });
}

/**
 * Sends the name of a device.
 *
 * @returns false if the device has not run an earlier such command yet: then none is queued
 */
export async function sendName(
	context: IExecutePaginationFunctions,
	id: string,
	deviceName: string,
): Promise<boolean> {
	const outcome = await send(context, nameRequest(id, deviceName), {
		path: `${devicePath}/action/setname`,
		ids: { device_id: id },
	}).catch((error: Error) => error);
	if (!(outcome instanceof Error)) return true;
	if (/command already running/i.test(outcome.message)) return false;
	throw outcome;
}
