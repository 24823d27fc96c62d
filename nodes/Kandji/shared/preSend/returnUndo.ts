import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	IExecuteSingleFunctions,
	INodeExecutionData,
} from 'n8n-workflow';

import { apiError, inputError } from '../../transport/http/errors';
import { send } from '../../transport/http/request';
import { isDryRun } from '../../transport/routing/dryRun';
import type { PreSend } from '../../transport/routing/itemQueue';
import { keptFor, preSend } from '../../transport/routing/itemQueue';
import { serialKey, serialKeyOf, serialOf } from '../../transport/routing/matching';
import { targetOf } from '../../transport/routing/singleRequest';
import type { FieldChange, Undo, UndoValue } from '../fields/undo';
import { undoFields } from '../fields/undo';

const devicePath = '/api/v1/devices/{device_id}';

/** Whether Return Undo is on. */
export const returnsUndo = (context: IExecuteSingleFunctions): boolean =>
	context.getNodeParameter('returnUndo', false) === true;

/** Pre-send that refuses Return Undo with Redact Personal Data: what is masked could not be put back. */
export const refuseRedactedUndo: PreSend = preSend(async function (options) {
	const { redactPersonalData } = this.getNodeParameter('options', {}) as IDataObject;
	if (returnsUndo(this) && redactPersonalData === true) {
		throw inputError(
			this,
			'Return Undo and Redact Personal Data are both on',
			'Nothing was sent. The values before the change can be names, which cannot be put back once they are masked. Turn one of the two off.',
		);
	}
	return options;
});

/**
 * Reads a device.
 *
 * @param serial its serial number, if it must still be that
 * @throws NodeApiError when Kandji returns another one
 */
export async function readDevice(
	context: IExecutePaginationFunctions,
	id: string,
	serial?: string | null,
): Promise<IDataObject> {
	const ids = { device_id: id };
	const url = `/api/v1/devices/${encodeURIComponent(id)}`;
	const { body } = await send(context, { method: 'GET', url }, { path: devicePath, ids });
	const device = body as IDataObject;
	const isSame =
		String(device.device_id).toLowerCase() === id.toLowerCase() &&
		(serial === undefined || serialKeyOf(device) === serialKey(serial ?? ''));
	if (isSame) return device;
	throw apiError(context, {
		path: devicePath,
		ids,
		problem: `The device now has the serial number ${serialOf(device) ?? '""'} and the ID ${String(device.device_id)}`,
	});
}

/** The device right before a change, if Return Undo is on. */
export const deviceBefore = async (
	context: IExecutePaginationFunctions,
	id: string,
	serial?: string,
): Promise<IDataObject | undefined> =>
	returnsUndo(context) ? await readDevice(context, id, serial) : undefined;

/**
 * What undoes a change, if Return Undo is on: it is known before the change is sent.
 *
 * @param device the record right before the change
 * @param body what is written
 * @throws NodeApiError when the record does not tell what it takes
 */
export function planUndo(
	context: IExecuteSingleFunctions,
	device: IDataObject | undefined,
	body: IDataObject,
): Undo | undefined {
	if (device === undefined || !returnsUndo(context)) return undefined;
	const unknown = (what: string): never => {
		throw apiError(context, {
			path: devicePath,
			ids: { device_id: device.device_id },
			problem: `Kandji returned no valid ${what} of the device, so the change could not be undone`,
		});
	};
	const changes: FieldChange[] = [];
	for (const [field, { key, valueIn, isValid, keyOf }] of Object.entries(undoFields)) {
		if (!(key in body)) continue;
		const from = valueIn(device);
		const to = body[key] as UndoValue;
		if (from === undefined || !isValid(from)) return unknown(field);
		if (keyOf(from) !== keyOf(to)) changes.push({ field, from, to });
	}
	return {
		device_id: String(device.device_id),
		serial_number: serialOf(device) ?? unknown('serial number'),
		changes,
	};
}

/** Adds what undoes a change to the output of the item, once it was sent. A later change of a field replaces an earlier. */
export function keepUndo(context: IExecuteSingleFunctions, undo: Undo | undefined): void {
	if (undo === undefined) return;
	const kept = keptFor(context);
	const earlier = (kept.undo as unknown as Undo | undefined)?.changes ?? [];
	const fields = new Set(undo.changes.map(({ field }) => field));
	const changes = [...earlier.filter(({ field }) => !fields.has(field)), ...undo.changes];
	kept.undo = { ...undo, changes } as unknown as IDataObject;
}

/**
 * Sends an item's only request, which changes a device, and keeps what undoes it.
 *
 * @param sendIt sends the request
 */
export async function sendWithUndo(
	context: IExecutePaginationFunctions,
	requestData: DeclarativeRestApiSettings.ResultOptions,
	sendIt: () => Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[]> {
	if (!returnsUndo(context) || isDryRun(context)) return await sendIt();
	const { ids } = await targetOf(context, requestData);
	const device = await readDevice(context, String(ids.device_id));
	const undo = planUndo(context, device, (requestData.options.body ?? {}) as IDataObject);
	const items = await sendIt();
	keepUndo(context, undo);
	return items;
}
