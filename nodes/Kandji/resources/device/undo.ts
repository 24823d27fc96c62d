import type {
	IDataObject,
	IExecutePaginationFunctions,
	IExecuteSingleFunctions,
	INodeProperties,
} from 'n8n-workflow';

import type { FieldChange, Undo, UndoValue } from '../../shared/fields/undo';
import { undoField, undoFields } from '../../shared/fields/undo';
import { checkExpected, itemLimitFields } from '../../shared/preSend/confirm';
import { readDevice } from '../../shared/preSend/returnUndo';
import { apiError, inputError } from '../../transport/http/errors';
import { listAll, listEndpoints } from '../../transport/lists/listAll';
import { cardWithoutRequest } from '../../transport/routing/approvalCard';
import { describeRequest, isDryRun } from '../../transport/routing/dryRun';
import { isUuid } from '../../transport/routing/ids';
import {
	inItemOrder,
	numberOfItems,
	oncePerRun,
	stepsDoneFor,
} from '../../transport/routing/itemQueue';
import { serialKey, serialKeyOf, serialOf } from '../../transport/routing/matching';
import { commandStatusOf, isNameCommand } from './getCommands';
import { nameRequest, sendName, sendUpdate, updateRequest } from './sendUpdate';

const showOnlyForUndo = { resource: ['device'], operation: ['undo'] };

/** Throws the error of the Undo field; `problem` continues the sentence that begins with its name. */
type Fail = (problem: string) => never;

const shown = (value: unknown): string => (JSON.stringify(value) ?? String(value)).slice(0, 80);

/** An object with exactly these fields. */
function withFields(fail: Fail, value: unknown, names: string[], at: string): IDataObject {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		return fail(`has no object at ${at}, but ${shown(value)}`);
	}
	const unknown = Object.keys(value).find((name) => !names.includes(name));
	if (unknown !== undefined) fail(`has an unknown field at ${at}: ${shown(unknown)}`);
	const missing = names.find((name) => !Object.hasOwn(value, name));
	if (missing !== undefined) fail(`has no ${missing} at ${at}`);
	return value as IDataObject;
}

function checkedChange(fail: Fail, value: unknown, at: string): FieldChange {
	const { field, from, to } = withFields(fail, value, ['field', 'from', 'to'], at);
	const rule = undoField(String(field));
	if (rule === undefined) {
		const known = Object.keys(undoFields).join(', ');
		return fail(`needs one of ${known} in ${at}.field, but it is ${shown(field)}`);
	}
	for (const [name, inner] of [
		['from', from],
		['to', to],
	] as const) {
		if (!rule.isValid(inner)) {
			fail(`needs ${rule.shape} in ${at}.${name}, but it is ${shown(inner)}`);
		}
	}
	return { field: String(field), from: from as UndoValue, to: to as UndoValue };
}

function checkedUndo(fail: Fail, value: unknown, at: string): Undo {
	const names = ['device_id', 'serial_number', 'changes'];
	const { device_id: id, serial_number: serial, changes } = withFields(fail, value, names, at);
	if (typeof id !== 'string' || !isUuid(id)) {
		return fail(`needs a device ID in ${at}.device_id, but it is ${shown(id)}`);
	}
	if (typeof serial !== 'string' || serial.trim() === '') {
		return fail(`needs a serial number in ${at}.serial_number, but it is ${shown(serial)}`);
	}
	if (!Array.isArray(changes)) {
		return fail(`needs a list in ${at}.changes, but it is ${shown(changes)}`);
	}
	const checked = changes.map((change, index) =>
		checkedChange(fail, change, `${at}.changes[${index}]`),
	);
	const repeated = checked.find(
		({ field }, index) => checked.findIndex((change) => change.field === field) < index,
	);
	if (repeated !== undefined) fail(`has the field ${repeated.field} twice in ${at}.changes`);
	return { device_id: id, serial_number: serial, changes: checked };
}

/** What is in the Undo field, with its JSON parsed; undefined if it is none. */
function contentOf(context: IExecuteSingleFunctions): unknown {
	const value: unknown = context.getNodeParameter('undo', '');
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value.trim() === '' ? '[]' : value);
	} catch {
		return undefined;
	}
}

/**
 * The records in the Undo field: one, or a list of them.
 *
 * @throws NodeOperationError naming what is wrong, if they are not as an operation returned them
 */
function recordsOf(context: IExecuteSingleFunctions): Undo[] {
	const fail: Fail = (problem) => {
		throw inputError(
			context,
			`Undo ${problem}`,
			"Nothing was sent. It takes the field 'undo' of an item that an operation returned with Return Undo on, unchanged. Check the expression in the field.",
		);
	};
	const content = contentOf(context) ?? [];
	if (!Array.isArray(content)) return [checkedUndo(fail, content, 'undo')];
	if (content.length === 0) fail('is empty or not valid JSON');
	return content.map((each, index) => checkedUndo(fail, each, `undo[${index}]`));
}

/**
 * Refuses a run that reaches more devices than Maximum Items, before its first request.
 *
 * @param items the contexts of the items, by their index
 */
async function checkNumberOfDevices(
	context: IExecutePaginationFunctions,
	items: Map<number, IExecuteSingleFunctions>,
): Promise<void> {
	const unread = numberOfItems(context) - items.size;
	const count = [...items.values()].reduce((sum, item) => {
		const content = contentOf(item);
		return sum + (Array.isArray(content) ? content.length : 1);
	}, unread);
	const maximum = Number(context.getNodeParameter('maximumItems', 5));
	if (count <= maximum) return await checkExpected(context, count, 'devices to undo');
	throw inputError(
		context,
		`There are ${count} devices to undo, but Maximum Items is ${maximum}`,
		'Nothing was sent. Check what the previous node returned, or raise Maximum Items.',
	);
}

/** Whether a command that names the device waits for it: the name will be another one once it has run. */
async function isNamePending(context: IExecutePaginationFunctions, id: string): Promise<boolean> {
	const commands = await listAll(
		context,
		`/api/v1/devices/${encodeURIComponent(id)}/commands`,
		{},
		listEndpoints.commands,
		{ path: '/api/v1/devices/{device_id}/commands', ids: { device_id: id } },
	);
	return commands.some(
		(command) =>
			isNameCommand(command) && !['completed', 'failed'].includes(commandStatusOf(command) ?? ''),
	);
}

/** What became of each field, by the name that the output has for it. */
type Outcome = 'pending' | 'refused' | 'restored' | 'unchanged';

interface Plan {
	outcomes: Map<string, Outcome>;
	conflicts: IDataObject[];
	/** What is put back, by the keys of the requests' bodies. */
	body: IDataObject;
}

/** Compares a device with what a change wrote. Only a field that nobody has changed since is put back. */
async function plan(
	context: IExecutePaginationFunctions,
	device: IDataObject,
	{ device_id: id, changes }: Undo,
): Promise<Plan> {
	const result: Plan = { outcomes: new Map(), conflicts: [], body: {} };
	const { outcomes, conflicts, body } = result;
	for (const { field, from, to } of changes) {
		const { key, keyOf, valueIn, isClearable } = undoFields[field]!;
		const present = valueIn(device);
		if (present === undefined) {
			throw apiError(context, {
				path: '/api/v1/devices/{device_id}',
				ids: { device_id: id },
				problem: `Kandji returned no ${field} of the device`,
			});
		}
		if (keyOf(present) === keyOf(from)) {
			const isPending = field === 'device_name' && (await isNamePending(context, id));
			outcomes.set(field, isPending ? 'pending' : 'unchanged');
		} else if (keyOf(present) !== keyOf(to)) {
			outcomes.set(field, 'refused');
			conflicts.push({ field, expected: to, actual: present });
		} else if (from === null && !isClearable) {
			outcomes.set(field, 'refused');
		} else {
			outcomes.set(field, 'restored');
			body[key] = from;
		}
	}
	return result;
}

/** Undoes the change of one device, and returns its item. */
async function undoDevice(
	context: IExecutePaginationFunctions,
	record: Undo,
): Promise<IDataObject> {
	const { device_id: id, serial_number: serial, changes } = record;
	const device = changes.length === 0 ? {} : await readDevice(context, id);
	if (changes.length > 0 && serialKeyOf(device) !== serialKey(serial)) {
		throw inputError(
			context,
			`The device now has the serial number ${serialOf(device) ?? '""'}, but Undo is for ${serial.slice(0, 80)}`,
			'Nothing was sent. Another device has taken the place of the one that was changed.',
		);
	}
	const { outcomes, conflicts, body } = await plan(context, device, record);
	const { DeviceName: name, ...update } = body;
	const isUpdated = Object.keys(update).length > 0;
	const isNamed = typeof name === 'string';
	const isDry = isDryRun(context);
	if (!isDry) {
		if (isUpdated) await sendUpdate(context, id, update);
		if (isNamed && !(await sendName(context, id, name))) outcomes.set('device_name', 'pending');
	}
	const fieldsThatAre = (wanted: Outcome): string[] =>
		[...outcomes].filter(([, outcome]) => outcome === wanted).map(([field]) => field);
	const output = {
		device_id: id,
		serial_number: serial,
		device_name: device.device_name ?? null,
		[isDry ? 'planned' : 'restored']: fieldsThatAre('restored'),
		unchanged: fieldsThatAre('unchanged'),
		refused: fieldsThatAre('refused'),
		pending: fieldsThatAre('pending'),
		conflicts,
	};
	if (!isDry) return output;
	const requests = [
		...(isUpdated ? [updateRequest(id, update)] : []),
		...(isNamed ? [nameRequest(id, name)] : []),
	];
	const steps = requests.map((request) => {
		const { method, path, body: sent } = describeRequest(request);
		return { method, path, body: sent };
	});
	return {
		...cardWithoutRequest(context, '/api/v1/devices/{{undo}}', {
			device_id: id,
			serial_number: serial,
			...device,
		}),
		...output,
		steps,
	};
}

/** Puts back what operations changed, one device after the other, where nobody has changed it since. */
export const undoChanges = inItemOrder(async function () {
	await oncePerRun(this, async (items) => await checkNumberOfDevices(this, items));
	const done = stepsDoneFor(this);
	const output: IDataObject[] = [];
	for (const [index, record] of recordsOf(this).entries()) {
		const step = `undo ${index}`;
		const result = done.get(step) ?? (await undoDevice(this, record));
		done.set(step, result);
		output.push(result);
	}
	return output.map((json) => ({ json }));
});

export const deviceUndoDescription: INodeProperties[] = [
	{
		displayName: 'Undo',
		name: 'undo',
		type: 'json',
		default: '={{ $json.undo }}',
		required: true,
		displayOptions: { show: showOnlyForUndo },
		description:
			"What an operation returned as 'undo' with 'Return Undo' on: one record, or a list",
	},
	...itemLimitFields(showOnlyForUndo),
];
