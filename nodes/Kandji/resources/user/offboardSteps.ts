import type { IDataObject, IExecutePaginationFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { timeOf } from '../../shared/time';
import { listEndpoints, listAll } from '../../transport/lists/listAll';
import { describeRequest } from '../../transport/routing/dryRun';
import { send } from '../../transport/http/request';
import { commandStatusOf } from '../device/getCommands';

export type Action = 'erase' | 'lock' | 'unassignOnly';

/** One request of the plan, and how to report it. */
export interface Step {
	step: string;
	device_id?: string;
	serial_number?: string;
	request: IHttpRequestOptions;
	/** The API's path, to name the permission in an error. */
	path: string;
	/** Checks before sending whether an earlier run did it. */
	isDone?: (context: IExecutePaginationFunctions) => Promise<boolean>;
	/** An error of the API that means an earlier run did it. */
	meansDone?: RegExp;
	/** An error of the API after which the next step is still run. */
	meansImpossible?: RegExp;
	/** Fields to add to the step's output once it is done, now or before: `PIN`, or `hint` without one. */
	result?: (context: IExecutePaginationFunctions, body: unknown) => Promise<IDataObject>;
}

const devicePath = '/api/v1/devices/{device_id}';

/** The web app stores notes as HTML. */
const plainText = (html: unknown): string =>
	String(html ?? '')
		.replace(/<[^>]*>/g, ' ')
		.replace(/&nbsp;/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();

/** Reads a resource below a device. */
const readBelow = async (
	context: IExecutePaginationFunctions,
	id: string,
	suffix: string,
): Promise<unknown> => {
	const { body } = await send(
		context,
		{ method: 'GET', url: `/api/v1/devices/${encodeURIComponent(id)}${suffix}` },
		{ path: `${devicePath}${suffix}`, ids: { device_id: id } },
	);
	return body;
};

/** Whether an erase is queued or done since the device enrolled, whoever sent it. Without dates, it is not. */
async function isErased(
	context: IExecutePaginationFunctions,
	{ device_id: id, last_enrollment: enrolled }: IDataObject,
): Promise<boolean> {
	const suffix = '/commands';
	const commands = await listAll(
		context,
		`/api/v1/devices/${encodeURIComponent(String(id))}${suffix}`,
		{},
		listEndpoints.commands,
		{ path: `${devicePath}${suffix}`, ids: { device_id: id } },
	);
	return commands.some(
		(command) =>
			command.request_type === 'EraseDevice' &&
			commandStatusOf(command) !== 'failed' &&
			(timeOf(command.date_requested) ?? NaN) >= (timeOf(enrolled) ?? NaN),
	);
}

/** The PIN of a lock: from the response, or the one stored in Kandji. Only Macs have one. */
async function pinOf(
	context: IExecutePaginationFunctions,
	{ device_id: id, platform }: IDataObject,
	body: unknown,
): Promise<IDataObject> {
	const pin = (body as IDataObject | null)?.PIN;
	if (pin) return { PIN: pin };
	if (platform !== 'Mac') return {};
	try {
		const kept = (await readBelow(context, String(id), '/secrets/unlockpin')) as IDataObject;
		return { PIN: kept.pin ?? null };
	} catch {
		// The Mac is locked anyway, and the remaining steps have to run.
		return { PIN: null, hint: 'Use Device Secret › Get Unlock PIN once the Mac is locked' };
	}
}

/** The steps for one device, in order. */
export function stepsFor(device: IDataObject, action: Action, fields: IDataObject): Step[] {
	const id = String(device.device_id);
	const common = { device_id: id, serial_number: String(device.serial_number) };
	const url = `/api/v1/devices/${encodeURIComponent(id)}`;
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
			meansImpossible: fields.skipUnsupportedDevices
				? /not allowed for current device/i
				: undefined,
			result: async (context, body) => await pinOf(context, device, body),
		});
	}
	if (action === 'erase') {
		steps.push({
			...common,
			step: 'erase',
			request: { method: 'POST', url: `${url}/action/erase`, body: {} },
			path: `${devicePath}/action/erase`,
			isDone: async (context) => await isErased(context, device),
			meansDone: /command already running/i,
			meansImpossible: fields.skipUnsupportedDevices
				? /not allowed for current device/i
				: undefined,
		});
	}
	const note = plainText(fields.note);
	if (note !== '') {
		steps.push({
			...common,
			step: 'note',
			request: { method: 'POST', url: `${url}/notes`, body: { content: fields.note } },
			path: `${devicePath}/notes`,
			isDone: async (context) => {
				const notes = await readBelow(context, id, '/notes');
				return (Array.isArray(notes) ? (notes as IDataObject[]) : []).some(
					({ content }) => plainText(content) === note,
				);
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
	serial === undefined ? step : `${step} ${serial}`;

/** A step in the output. */
export const stepOutput = (
	{ step, device_id, serial_number }: Step,
	status: string,
	extra: IDataObject = {},
): IDataObject => ({
	step,
	...(device_id !== undefined && { device_id, serial_number }),
	status,
	...extra,
});

/** A step in the output of a dry run, with its request. */
export function planStep(step: Step): IDataObject {
	const { method, path, body } = describeRequest(step.request);
	return stepOutput(step, 'planned', { method, path, body });
}
