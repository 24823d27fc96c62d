import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	INodeExecutionData,
} from 'n8n-workflow';

import { undoFields } from '../../shared/fields/undo';
import { keepUndo, planUndo, readDevice, sendWithUndo } from '../../shared/preSend/returnUndo';
import { isAbsence } from '../../transport/http/absence';
import { inputError } from '../../transport/http/errors';
import type { ApiResponse } from '../../transport/http/request';
import { describeRequest, isDryRun } from '../../transport/routing/dryRun';
import { identify, locatorOf } from '../../transport/routing/ids';
import { inItemOrder, listsOfRun, wordsFor } from '../../transport/routing/itemQueue';
import { receive, sendItem, targetOf } from '../../transport/routing/singleRequest';
import { adeUpdateRequest, sendAdeUpdate } from './sendUpdate';

type ResultOptions = DeclarativeRestApiSettings.ResultOptions;

/** Whether a device has other values than a body writes. */
const differs = (device: IDataObject, body: IDataObject): boolean =>
	Object.values(undoFields).some(({ key, valueIn, keyOf }) => {
		if (!(key in body)) return false;
		const has = valueIn(device);
		return has === undefined || keyOf(has) !== keyOf(body[key] as string | null);
	});

/** The devices that earlier items of the run have updated: what the run knows of them is out of date. */
function updatedIn(context: IExecutePaginationFunctions): Set<string> {
	const lists = listsOfRun(context) as Map<string, Set<string>>;
	const updated = lists.get('updated devices') ?? new Set<string>();
	lists.set('updated devices', updated);
	return updated;
}

/** The output of an item whose device has the values already. */
async function unchanged(
	context: IExecutePaginationFunctions,
	requestData: ResultOptions,
	device: IDataObject,
): Promise<INodeExecutionData[]> {
	keepUndo(context, planUndo(context, device, {}));
	const response: ApiResponse = { body: device, headers: {}, statusCode: 200 };
	return await receive(context, requestData, response, [{ json: device }]);
}

/** The body that gives a device of Apple Business Manager what the body of an update says. */
function adeBodyOf(context: IExecutePaginationFunctions, body: IDataObject): IDataObject {
	if ('tags' in body) {
		throw inputError(
			context,
			'Tags cannot be set before a device enrolls',
			'Nothing was sent. Remove Tags, or choose Skip under Options › If Not Enrolled.',
		);
	}
	return {
		...('asset_tag' in body && { asset_tag: body.asset_tag }),
		...('blueprint_id' in body && {
			use_blueprint_routing: false,
			blueprint_id: body.blueprint_id,
		}),
		...('user' in body && { user_id: body.user }),
	};
}

/** Updates the device of Apple Business Manager that has the serial number in the Device field. */
async function updateAdeDevice(
	context: IExecutePaginationFunctions,
	body: IDataObject,
): Promise<INodeExecutionData[]> {
	const { mode, value } = locatorOf(context.getNodeParameter('deviceId'));
	if (mode !== 'serial') {
		throw inputError(
			context,
			'Device must be chosen By Serial Number to update an ADE device',
			'Nothing was sent. A device that has not enrolled is only known by its serial number.',
		);
	}
	const adeBody = adeBodyOf(context, body);
	const { id, record = {} } = await identify(context, 'adeDeviceId', {
		mode: 'serial',
		value,
	});
	const found = { enrolled: false, ade_device_id: id, serial_number: record.serial_number };
	// A record with a blueprint enrolls in it; not every record says whether Blueprint Routing chooses one.
	const isSame = Object.entries(adeBody).every(
		([key, to]) =>
			(key === 'use_blueprint_routing' && !(key in record)) ||
			String(record[key] ?? '') === String(to ?? ''),
	);
	if (isSame) return [{ json: { ...found, ...adeBody } }];
	if (isDryRun(context)) {
		const { dry_run, ...described } = describeRequest(adeUpdateRequest(id, adeBody));
		const summary = `Update the device ${String(record.serial_number)}, which has not enrolled`;
		return [{ json: { dry_run, summary, ...found, request: described } }];
	}
	await sendAdeUpdate(context, id, adeBody);
	return [{ json: { ...found, ...adeBody } }];
}

/** What becomes of an item whose device Kandji does not have. */
async function withoutDevice(
	context: IExecutePaginationFunctions,
	requestData: ResultOptions,
	problem: Error,
): Promise<INodeExecutionData[]> {
	const { ifNotEnrolled } = context.getNodeParameter('options', {}) as IDataObject;
	if (!isAbsence(problem)) throw problem;
	if (ifNotEnrolled === 'skip') {
		return [{ json: { enrolled: false, ...(await wordsFor(context)) } }];
	}
	if (ifNotEnrolled !== 'updateAdeDevice') throw problem;
	return await updateAdeDevice(context, (requestData.options.body ?? {}) as IDataObject);
}

/**
 * The sender of Device › Update. Nothing is sent when the device is known to have the values already: because it was just
 * found by what people call it, or because all fields of the item are empty.
 */
export const updateFromRow = inItemOrder(async function (requestData) {
	const body = (requestData.options.body ?? {}) as IDataObject;
	const target = await targetOf(this, requestData).catch((error: Error) => error);
	if (target instanceof Error) return await withoutDevice(this, requestData, target);
	const id = String(target.ids.device_id);
	const updated = updatedIn(this);
	const isEmpty = Object.keys(body).length === 0;
	const known =
		target.record !== undefined && !updated.has(id)
			? target.record
			: isEmpty
				? await readDevice(this, id)
				: undefined;
	const isSame = known !== undefined && !differs(known, body);
	if (isSame && (isEmpty || !isDryRun(this))) return await unchanged(this, requestData, known);
	const items = await sendWithUndo(
		this,
		requestData,
		async () => await sendItem(this, requestData),
	);
	updated.add(id);
	return items;
});
