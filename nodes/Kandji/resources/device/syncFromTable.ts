import type {
	IDataObject,
	IExecutePaginationFunctions,
	IExecuteSingleFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { entriesOf } from '../../shared/fields/commaList';
import { notice } from '../../shared/fields/notice';
import { deviceBefore, keepUndo, planUndo } from '../../shared/preSend/returnUndo';
import { inputError } from '../../transport/http/errors';
import { send } from '../../transport/http/request';
import { listAll, listEndpoints } from '../../transport/lists/listAll';
import type { Pagination } from '../../transport/lists/pagination';
import { nameKey, serialOf } from '../../transport/routing/matching';
import { acceptsEmpty, acceptsList } from '../../transport/routing/fieldChecks';
import { inItemOrder, numberOfItems, oncePerRun } from '../../transport/routing/itemQueue';
import { sendAdeUpdate, sendName, sendUpdate } from './sendUpdate';
import type {
	NeededList,
	PlannedRow,
	PlanStatus,
	SyncSettings,
	TableRow,
	TenantRecords,
} from './syncPlan';
import { neededLists, planSync } from './syncPlan';

const showOnlyForSync = { resource: ['device'], operation: ['syncFromTable'] };

/** The plan of a run, and what became of it so far. */
interface Sync {
	isDryRun: boolean;
	/** By the index of their items. */
	rows: Map<number, PlannedRow>;
	/** Tags that were created for earlier rows. */
	createdTags: Set<string>;
	/** The number of rows by their status in the output. */
	counts: Record<PlanStatus | 'changed', number>;
	/** The index of the last item. */
	lastIndex: number;
}

/** A cell; undefined if it is empty and has to stay as it is. */
function cellOf(value: unknown, emptyCells: unknown): string | null | undefined {
	const text = String(value ?? '').trim();
	return text !== '' ? text : emptyCells === 'clear' ? null : undefined;
}

/** The row of an item. An empty cell of tags, blueprint or device name changes nothing in any case. */
function rowOf(context: IExecuteSingleFunctions): TableRow {
	const fields = context.getNodeParameter('fieldsToSync', {}) as IDataObject;
	const { emptyCells } = context.getNodeParameter('options', {}) as IDataObject;
	const text = (name: string) => cellOf(fields[name], 'leave') ?? undefined;
	const names = (name: string) => (name in fields ? entriesOf(fields[name]) : undefined);
	return {
		serialNumber: String(context.getNodeParameter('serialNumber', '') ?? '').trim(),
		assetTag: 'assetTag' in fields ? cellOf(fields.assetTag, emptyCells) : undefined,
		blueprint: text('blueprint'),
		deviceName: text('deviceName'),
		tagsToHave: names('tagsToHave'),
		tagsNotToHave: names('tagsNotToHave'),
		userEmail: 'userEmail' in fields ? cellOf(fields.userEmail, emptyCells) : undefined,
	};
}

/** ADE devices only tell whether a device is known, unless they are to be updated: they are not worth an error then. */
async function readAdeDevices(
	context: IExecutePaginationFunctions,
	{ updateAdeDevices }: SyncSettings,
): Promise<IDataObject[] | undefined> {
	const url = '/api/v1/integrations/apple/ade/devices';
	const outcome = await listAll(context, url, {}, listEndpoints.adeDevices).catch(
		(error: Error) => error,
	);
	if (!(outcome instanceof Error)) return outcome;
	const isRefused = outcome instanceof NodeApiError && /^40[13]$/.test(outcome.httpCode ?? '');
	if (isRefused && !updateAdeDevices) return undefined;
	throw outcome;
}

async function readRecords(
	context: IExecutePaginationFunctions,
	rows: TableRow[],
	settings: SyncSettings,
): Promise<TenantRecords> {
	const devices = await listAll(
		context,
		'/api/v1/devices',
		{ ordering: 'device_id' },
		listEndpoints.devices,
	);
	const needed = neededLists(rows, devices, settings);
	const ifNeeded = async (
		name: NeededList,
		url: string,
		qs: IDataObject,
		pagination: Pagination,
	): Promise<IDataObject[]> =>
		needed.has(name) ? await listAll(context, url, qs, pagination) : [];
	return {
		devices,
		adeDevices: needed.has('adeDevices') ? await readAdeDevices(context, settings) : [],
		users: await ifNeeded('users', '/api/v1/users', { archived: false }, listEndpoints.users),
		blueprints: await ifNeeded('blueprints', '/api/v1/blueprints', {}, listEndpoints.blueprints),
		tags: await ifNeeded('tags', '/api/v1/tags', { search: '' }, listEndpoints.tags),
	};
}

/**
 * Reads the tenant and plans all rows of the run.
 *
 * @param items the contexts of all items, by their index
 * @throws NodeOperationError if nothing may be sent for the table as a whole
 */
async function plan(
	context: IExecutePaginationFunctions,
	items: Map<number, IExecuteSingleFunctions>,
): Promise<Sync> {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	const fields = context.getNodeParameter('fieldsToSync', {}) as IDataObject;
	if (Object.keys(fields).length === 0) {
		throw inputError(
			context,
			'Fields to Sync is empty',
			'Nothing was sent. Add at least one field.',
		);
	}
	const settings = {
		createMissingTags: options.missingTags === 'create',
		updateAdeDevices: options.notEnrolledYet === 'update',
	};
	// A single item with Dry Run on keeps the whole table from being written.
	const isDryRun = [...items.values()].some(
		(item) => item.getNodeParameter('dryRun', true) !== false,
	);
	const rows = [...items.values()].map(rowOf);
	if (items.size < numberOfItems(context) && !context.continueOnFail()) {
		throw inputError(
			context,
			'Only a part of the rows could be read',
			'Nothing was sent. Remove the option Batching.',
		);
	}
	const planned = planSync(rows, await readRecords(context, rows, settings), settings);

	const unknown = planned.filter(({ status, adeDevice }) => status === 'unknown' && !adeDevice);
	if (options.unknownSerialNumbers === 'fail' && unknown.length > 0) {
		const serials = unknown.slice(0, 10).map(({ serialNumber }) => serialNumber);
		const more =
			unknown.length > serials.length ? `, and ${unknown.length - serials.length} more` : '';
		throw inputError(
			context,
			`${unknown.length} serial numbers of the table are not in Kandji`,
			`Nothing was sent. They are ${serials.join(', ')}${more}.`,
		);
	}
	const changes = planned.filter(({ status }) => status === 'planned').length;
	const maximum = Number(context.getNodeParameter('maximumChanges', 25));
	if (!isDryRun && !(changes <= maximum)) {
		throw inputError(
			context,
			`The table changes ${changes} devices, but Maximum Changes is ${maximum}`,
			'Nothing was sent. Turn on Dry Run to see the changes, or raise Maximum Changes.',
		);
	}
	const indexes = [...items.keys()];
	return {
		isDryRun,
		rows: new Map(planned.map((row, position) => [indexes[position]!, row])),
		createdTags: new Set(),
		counts: { unchanged: 0, planned: 0, changed: 0, unknown: 0, ambiguous: 0, failed: 0 },
		lastIndex: Math.max(...indexes),
	};
}

/**
 * Sends what is planned for a device.
 *
 * @returns fields to add to the output
 */
async function sendToDevice(
	context: IExecutePaginationFunctions,
	device: IDataObject,
	{ body, deviceName }: PlannedRow,
): Promise<IDataObject> {
	const id = String(device.device_id);
	const before = await deviceBefore(context, id, serialOf(device));
	const undo = planUndo(context, before, body);
	if (deviceName === undefined) {
		await sendUpdate(context, id, body);
		keepUndo(context, undo);
		return {};
	}
	const undoName = planUndo(context, before, { DeviceName: deviceName });
	if (Object.keys(body).length > 0) await sendUpdate(context, id, body);
	keepUndo(context, undo);
	// An earlier run sent it, and the device has not run it yet.
	if (!(await sendName(context, id, deviceName))) return { pending: ['device_name'] };
	keepUndo(context, undoName);
	return {};
}

/**
 * Sends what is planned for a row.
 *
 * @returns fields to add to the output
 */
async function sendChanges(
	context: IExecutePaginationFunctions,
	row: PlannedRow,
	createdTags: Set<string>,
): Promise<IDataObject> {
	const { device, adeDevice, body, missingTags } = row;
	for (const name of missingTags.filter((tag) => !createdTags.has(nameKey(tag)))) {
		await send(context, { method: 'POST', url: '/api/v1/tags', body: { name } });
		createdTags.add(nameKey(name));
	}
	if (device !== undefined) return await sendToDevice(context, device, row);
	await sendAdeUpdate(context, String(adeDevice?.id), body);
	return {};
}

const rowResult = (row: PlannedRow, status: string, more: IDataObject): IDataObject => ({
	serial_number: (row.device ?? row.adeDevice)?.serial_number ?? row.serialNumber,
	device_id: row.device?.device_id ?? null,
	device_name: row.device?.device_name ?? null,
	...(row.adeDevice && { ade_device_id: row.adeDevice.id }),
	status,
	from: Object.fromEntries(row.changes.map(({ field, from }) => [field, from])),
	to: Object.fromEntries(row.changes.map(({ field, to }) => [field, to])),
	problems: row.problems,
	...(row.missingTags.length > 0 && { creates_tags: row.missingTags }),
	...more,
});

/**
 * Makes devices match the rows of a table. The first item reads the tenant once and plans all rows; then each item
 * sends its own difference, in order, as every write does.
 */
export const syncFromTable = inItemOrder(async function () {
	const sync = await oncePerRun(this, async (items) => await plan(this, items));
	const index = this.getItemIndex();
	const row = sync.rows.get(index);
	if (row === undefined) {
		throw inputError(
			this,
			'The row came after the table had been read',
			'Nothing was sent for it. Remove the option Batching.',
		);
	}
	const isWrite = row.status === 'planned' && !sync.isDryRun;
	const more = isWrite ? await sendChanges(this, row, sync.createdTags) : {};
	// A name that waits for the device already is no change of this run.
	const isOnlyPending = 'pending' in more && Object.keys(row.body).length === 0;
	const status = isOnlyPending ? 'unchanged' : isWrite ? 'changed' : row.status;
	if (!isWrite && !sync.isDryRun) keepUndo(this, planUndo(this, row.device, {}));
	sync.counts[status]++;
	const output: INodeExecutionData[] = [{ json: rowResult(row, status, more) }];
	const { addSummary } = this.getNodeParameter('options', {}) as IDataObject;
	if (addSummary === true && index === sync.lastIndex) {
		output.push({ json: { summary: true, dry_run: sync.isDryRun, ...sync.counts } });
	}
	return output;
});

export const deviceSyncFromTableDescription: INodeProperties[] = [
	notice(
		'syncNotice',
		"Each input item is a row of the table. Only differences are sent. Check them with 'Dry Run' on first: it is on by default.",
		showOnlyForSync,
	),
	{
		displayName: 'Serial Number',
		name: 'serialNumber',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. {{ $json.serial_number }}',
		displayOptions: { show: showOnlyForSync },
		description: 'Serial number of the device in the row. Exact match, not case-sensitive.',
	},
	{
		displayName: 'Fields to Sync',
		name: 'fieldsToSync',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: { show: showOnlyForSync },
		options: [
			acceptsEmpty({
				displayName: 'Asset Tag',
				name: 'assetTag',
				type: 'string',
				default: '',
				placeholder: 'e.g. {{ $json.asset_tag }}',
			}),
			acceptsEmpty({
				displayName: 'Blueprint',
				name: 'blueprint',
				type: 'string',
				default: '',
				placeholder: 'e.g. {{ $json.blueprint }}',
				description: 'Name or ID of the blueprint. Exact match, not case-sensitive.',
			}),
			acceptsEmpty({
				displayName: 'Device Name',
				name: 'deviceName',
				type: 'string',
				default: '',
				placeholder: 'e.g. {{ $json.device_name }}',
				description: 'Name to give to an Apple device. It is sent as a command.',
			}),
			acceptsEmpty(
				acceptsList({
					displayName: 'Tags Not to Have',
					name: 'tagsNotToHave',
					type: 'string',
					default: '',
					placeholder: 'e.g. dept-*, Loaner',
					description:
						'Comma-separated list of tags to remove. An asterisk at the end stands for any ending. Tags to Have are kept.',
				}),
			),
			acceptsEmpty(
				acceptsList({
					displayName: 'Tags to Have',
					name: 'tagsToHave',
					type: 'string',
					default: '',
					placeholder: 'e.g. dept-{{ $json.department }}',
					description: 'Comma-separated list of tags to add. Other tags are kept.',
				}),
			),
			acceptsEmpty({
				displayName: 'User Email',
				name: 'userEmail',
				type: 'string',
				default: '',
				placeholder: 'e.g. {{ $json.email }}',
				description: 'Email of the user to assign. Exact match, not case-sensitive.',
			}),
		],
	},
	{
		displayName: 'Dry Run',
		name: 'dryRun',
		type: 'boolean',
		default: true,
		displayOptions: { show: showOnlyForSync },
		description: 'Whether to return the changes instead of sending them',
	},
	{
		displayName: 'Maximum Changes',
		name: 'maximumChanges',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 25,
		displayOptions: { show: showOnlyForSync },
		description:
			'Maximum number of devices to change. If the table changes more, the node stops before sending anything.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: showOnlyForSync },
		options: [
			{
				displayName: 'Add Summary',
				name: 'addSummary',
				type: 'boolean',
				default: true,
				description: 'Whether to add an item with the number of rows by status',
			},
			{
				displayName: 'Empty Cells',
				name: 'emptyCells',
				type: 'options',
				options: [
					{
						name: 'Clear',
						value: 'clear',
						description:
							'Unassign the user or remove the asset tag. Other fields stay as they are.',
					},
					{ name: 'Leave', value: 'leave', description: 'Leave the field as it is' },
				],
				default: 'leave',
				description: 'What to do if a cell of a row is empty',
			},
			{
				displayName: 'Missing Tags',
				name: 'missingTags',
				type: 'options',
				options: [
					{ name: 'Create', value: 'create', description: 'Create the tag' },
					{ name: 'Report', value: 'report', description: 'Return the row with status failed' },
				],
				default: 'report',
				description: "What to do if a tag to have doesn't exist",
			},
			{
				displayName: 'Not Enrolled Yet',
				name: 'notEnrolledYet',
				type: 'options',
				options: [
					{ name: 'Report', value: 'report', description: 'Return the row with status unknown' },
					{
						name: 'Update ADE Device',
						value: 'update',
						description:
							'Set the blueprint, user and asset tag that the device gets when it enrolls',
					},
				],
				default: 'report',
				description: 'What to do if a device is in Apple Business Manager but has not enrolled yet',
			},
			{
				displayName: 'Unknown Serial Numbers',
				name: 'unknownSerialNumbers',
				type: 'options',
				options: [
					{ name: 'Fail', value: 'fail', description: 'Stop before sending anything' },
					{ name: 'Report', value: 'report', description: 'Return the row with status unknown' },
				],
				default: 'report',
				description: 'What to do if no device has the serial number of a row',
			},
		],
	},
];
