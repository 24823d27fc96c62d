import type { IDataObject, IExecutePaginationFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { orNull, sectionOf } from '../../shared/fields/pick';
import type { Undo } from '../../shared/fields/undo';
import { readDevice } from '../../shared/preSend/returnUndo';
import { timeOf } from '../../shared/time';
import { plainText } from '../../transport/http/plainText';
import { send } from '../../transport/http/request';
import { listEndpoints, listAll } from '../../transport/lists/listAll';
import { describeRequest } from '../../transport/routing/dryRun';
import { bySerialKey, currentRecord, serialOf } from '../../transport/routing/matching';
import { commandStatusOf } from '../device/getCommands';

export type Action = 'delete' | 'erase' | 'lock' | 'unassignOnly';

/** What is known of a step before its request is sent, or instead of it. */
export interface Finding {
	status: 'done before' | 'not possible' | 'skipped';
	reason?: string;
}

/** One request of the plan, and how to report it. */
export interface Step {
	step: string;
	device_id?: string;
	serial_number?: string | null;
	device_name?: IDataObject[string];
	request: IHttpRequestOptions;
	/** The API's path, to name the permission in an error. */
	path: string;
	/** What undoes the step, if Return Undo is on. */
	undo?: Undo;
	/** Looks before sending whether an earlier run did it; `device` is the record as it is now. */
	find?: (
		context: IExecutePaginationFunctions,
		device: IDataObject,
	) => Promise<Finding | undefined>;
	/** A refusal of the API that means an earlier run did it. */
	meansDone?: RegExp;
	/** A refusal of the API, or a finding, after which the next step is still run. */
	isOptional?: boolean;
	/** Fields to add to the step's output once it is done, now or before: `PIN`, or `hint` without one. */
	result?: (context: IExecutePaginationFunctions, body: unknown) => Promise<IDataObject>;
}

const devicePath = '/api/v1/devices/{device_id}';

/** A note's text: the web app stores notes as HTML. */
const noteText = (html: unknown): string => plainText(String(html ?? ''));

/** The person in a device's record, as its ID in small letters; empty for nobody. */
export function ownerOf(device: IDataObject): string {
	return String(sectionOf(device, 'user').id ?? '').toLowerCase();
}

/**
 * Compares a device as it is now with the plan, right before a step: the person or the record can have changed.
 *
 * @returns why the step is not taken, or undefined if it can be
 */
export function findChange(step: Step, device: IDataObject, userId: string): Finding | undefined {
	const owner = ownerOf(device);
	if (owner === userId.toLowerCase()) return undefined;
	if (owner === '' && step.step === 'unassign') return { status: 'done before' };
	const reason =
		owner === ''
			? 'The device is no longer assigned to the user'
			: 'The device is assigned to somebody else now';
	return { status: 'skipped', reason };
}

/**
 * Reads the device of a step again.
 *
 * @returns undefined when Kandji has no such device any more
 * @throws NodeApiError when it cannot be read, or is another device than the one that was planned with
 */
export async function lookAgain(
	context: IExecutePaginationFunctions,
	{ device_id: id = '', serial_number: serial }: Step,
): Promise<IDataObject | undefined> {
	const outcome = await readDevice(context, id, serial).catch((error: Error) => error);
	if (!(outcome instanceof Error)) return outcome;
	if (outcome instanceof NodeApiError && outcome.httpCode === '404') return undefined;
	throw outcome;
}

/**
 * Whether an erase is queued or done since the device enrolled, whoever sent it, from its commands and its record.
 * Only dates that say so make an erase an old one. The list of commands can lag behind: a device that is not managed
 * any more is not erased again either.
 */
export function findErase(commands: IDataObject[], device: IDataObject): Finding | undefined {
	const erases = commands.filter(
		({ request_type: request, command_type: type }) =>
			request === 'EraseDevice' || type === 'EraseDevice',
	);
	const enrolled = timeOf(device.last_enrollment) ?? -Infinity;
	const isOld = (command: IDataObject) =>
		commandStatusOf(command) === 'failed' ||
		(timeOf(command.date_requested) ?? Infinity) < enrolled;
	if (erases.some((command) => !isOld(command))) return { status: 'done before' };
	if (erases.length > 0 || device.mdm_enabled !== false) return undefined;
	return {
		status: 'not possible',
		reason: 'Kandji does not manage the device any more, and lists no erase of it',
	};
}

const listBelow = async (
	context: IExecutePaginationFunctions,
	id: string,
	suffix: '/commands' | '/notes',
): Promise<IDataObject[]> =>
	await listAll(
		context,
		`/api/v1/devices/${encodeURIComponent(id)}${suffix}`,
		{},
		suffix === '/commands'
			? listEndpoints.commands
			: { pageSize: 300, items: '', key: 'note_id', first: () => ({}) },
		{ path: `${devicePath}${suffix}`, ids: { device_id: id } },
	);

/** The PIN of a lock: from the response, or the one stored in Kandji. Only Macs have one. */
async function pinOf(
	context: IExecutePaginationFunctions,
	{ device_id: id, platform }: IDataObject,
	body: unknown,
): Promise<IDataObject> {
	const pin = (body as IDataObject | null)?.PIN;
	if (pin) return { PIN: pin };
	if (platform !== 'Mac') return {};
	const path = `${devicePath}/secrets/unlockpin`;
	const stored = await send(
		context,
		{
			method: 'GET',
			url: `/api/v1/devices/${encodeURIComponent(String(id))}/secrets/unlockpin`,
		},
		{ path, ids: { device_id: id } },
	).catch(() => undefined);
	const storedPin = (stored?.body as IDataObject | undefined)?.pin;
	if (storedPin) return { PIN: storedPin };
	// The Mac is locked anyway, and the remaining steps have to run.
	return { PIN: null, hint: 'Use Device Secret › Get Unlock PIN once the Mac is locked' };
}

/**
 * The records that a device left behind when it enrolled again: those whose serial number a present record has too.
 *
 * @throws what `fail` throws for records of one serial number of which not exactly one is present
 */
export function leftBehind(
	devices: IDataObject[],
	fail: (serial: string, records: IDataObject[]) => never,
): Set<IDataObject> {
	const left = new Set<IDataObject>();
	for (const [serial, records] of bySerialKey(devices)) {
		const current = currentRecord(records) ?? fail(serial, records);
		for (const record of records) if (record !== current) left.add(record);
	}
	return left;
}

/** The steps for one device, in order. */
export function stepsFor(device: IDataObject, action: Action, fields: IDataObject): Step[] {
	const id = String(device.device_id);
	const common = {
		device_id: id,
		serial_number: serialOf(device) ?? null,
		device_name: orNull(device.device_name),
	};
	const isOptional = fields.skipUnsupportedDevices === true;
	const url = `/api/v1/devices/${encodeURIComponent(id)}`;
	// A note and an assignment go with the record.
	if (action === 'delete') {
		return [
			{ ...common, step: 'delete device', request: { method: 'DELETE', url }, path: devicePath },
		];
	}
	const steps: Step[] = [];
	if (action === 'lock') {
		steps.push({
			...common,
			step: 'lock',
			request: {
				method: 'POST',
				url: `${url}/action/lock`,
				body: fields.lockMessage ? { Message: fields.lockMessage } : {},
			},
			path: `${devicePath}/action/lock`,
			meansDone: /already locked|command already running/i,
			isOptional,
			result: async (context, body) => await pinOf(context, device, body),
		});
	}
	if (action === 'erase') {
		steps.push({
			...common,
			step: 'erase',
			request: { method: 'POST', url: `${url}/action/erase`, body: {} },
			path: `${devicePath}/action/erase`,
			find: async (context, now) => findErase(await listBelow(context, id, '/commands'), now),
			meansDone: /command already running/i,
			isOptional,
		});
	}
	const note = noteText(fields.note);
	if (note !== '') {
		steps.push({
			...common,
			step: 'note',
			request: { method: 'POST', url: `${url}/notes`, body: { content: fields.note } },
			path: `${devicePath}/notes`,
			find: async (context) => {
				const notes = await listBelow(context, id, '/notes');
				const isThere = notes.some(({ content }) => noteText(content) === note);
				return isThere ? { status: 'done before' } : undefined;
			},
		});
	}
	steps.push({
		...common,
		step: 'unassign',
		request: { method: 'PATCH', url, body: { user: null } },
		path: devicePath,
	});
	return steps;
}

/** The name of a step in an error. */
export const describeStep = ({ step, serial_number: serial }: Step): string =>
	[step, serial].filter(Boolean).join(' ');

/** A step in the output. */
export const stepOutput = (
	{ step, device_id, serial_number, device_name }: Step,
	status: string,
	extra: IDataObject = {},
): IDataObject => ({
	step,
	status,
	...(device_id !== undefined && { device_id, serial_number, device_name }),
	...extra,
});

/** A step in the output of a dry run, with its request. */
export function planStep(step: Step): IDataObject {
	const { method, path, body } = describeRequest(step.request);
	return stepOutput(step, 'planned', { dry_run: true, method, path, body });
}
