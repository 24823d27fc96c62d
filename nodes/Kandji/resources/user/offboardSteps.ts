import type { IDataObject, IExecutePaginationFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { listEndpoints, listAll } from '../../transport/lists/listAll';
import { describeRequest } from '../../transport/routing/dryRun';
import { send } from '../../transport/http/request';

export type Action = 'erase' | 'lock' | 'none';

/** One request of the plan, and what the output says of it. */
export interface Step {
	step: string;
	device_id?: string;
	serial_number?: string;
	request: IHttpRequestOptions;
	/** The API's path, for the permission that an error names. */
	path: string;
	/** Looks whether an earlier run did it, before it is sent. */
	isDone?: (context: IExecutePaginationFunctions) => Promise<boolean>;
	/** A refusal of the API that means that an earlier run did it. */
	meansDone?: RegExp;
	/** A refusal of the API after which the next step may go on. */
	meansImpossible?: RegExp;
	/** What to add to the output once it is done, now or before. */
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

/** Reads something below a device. */
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

/** Dates of the API, which come with a space, and with or without a zone; no zone means UTC. */
const timeOf = (date: unknown): number => {
	const text = String(date ?? '').replace(' ', 'T');
	return Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
};

/** Whether the device was told to erase itself since it enrolled, by whomever. Without dates it counts as not. */
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
	const failed = 4;
	return commands.some(
		({ request_type: type, status, date_requested: requested }) =>
			type === 'EraseDevice' && status !== failed && timeOf(requested) >= timeOf(enrolled),
	);
}

/** The PIN of a lock: of this one, or the one that Kandji keeps. Only Macs have one. */
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
		// The Mac is locked all the same, and the rest of the plan must go on.
		return { PIN: null, hint: 'Device Secret › Get Unlock PIN has it once the Mac is locked' };
	}
}

/** What is done to one device, in this order. */
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
			meansImpossible: fields.skipUnsupported ? /not allowed for current device/i : undefined,
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
			meansImpossible: fields.skipUnsupported ? /not allowed for current device/i : undefined,
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

/** How an error names a step. */
export const describeStep = ({ step, serial_number: serial }: Step): string =>
	serial === undefined ? step : `${step} ${serial}`;

/** What the output says of a step. */
export const tellStep = (
	{ step, device_id, serial_number }: Step,
	status: string,
	extra: IDataObject = {},
): IDataObject => ({
	step,
	...(device_id !== undefined && { device_id, serial_number }),
	status,
	...extra,
});

/** A step as a dry run shows it, with the request that it would be. */
export function planStep(step: Step): IDataObject {
	const { method, path, body } = describeRequest(step.request);
	return tellStep(step, 'planned', { method, path, body });
}
