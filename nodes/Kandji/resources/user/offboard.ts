import type {
	IDataObject,
	IExecutePaginationFunctions,
	INodeProperties,
	NodeOperationError,
} from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { acceptsList, onlyFromPerson } from '../../transport/routing/fieldChecks';
import { entriesOf } from '../../shared/fields/commaList';
import { notice } from '../../shared/fields/notice';
import { checkNumberOfItems, itemLimitFields, takeFromMaximum } from '../../shared/preSend/confirm';
import { planUndo } from '../../shared/preSend/returnUndo';
import { checkAllowed } from '../../transport/http/destructive';
import { apiError, inputError } from '../../transport/http/errors';
import { outcomeError } from '../../transport/http/outcomeError';
import { send } from '../../transport/http/request';
import { listEndpoints, listAll } from '../../transport/lists/listAll';
import { cardWithoutRequest } from '../../transport/routing/approvalCard';
import { isDryRun } from '../../transport/routing/dryRun';
import type { Target } from '../../transport/routing/ids';
import { inItemOrder, preSend, stepsDoneFor } from '../../transport/routing/itemQueue';
import {
	describeDevices,
	serialKey,
	serialKeyOf,
	serialOf,
} from '../../transport/routing/matching';
import { checkReached, checkRepeats, recordIn } from '../../transport/routing/repeats';
import { targetOf } from '../../transport/routing/singleRequest';
import type { Action, Finding, Step } from './offboardSteps';
import {
	describeStep,
	findChange,
	leftBehind,
	lookAgain,
	ownerOf,
	planStep,
	stepOutput,
	stepsFor,
} from './offboardSteps';

const userPath = '/api/v1/users/{user_id}';

const showOnlyForOffboard = { resource: ['user'], operation: ['offboard'] };

/** What cannot be undone for a device, as an error says it. */
const irreversibleActions: Partial<Record<Action, { verb: string; gerund: string }>> = {
	delete: { verb: 'delete', gerund: 'Deleting' },
	erase: { verb: 'erase', gerund: 'Erasing' },
};

const reachesForGood = (action: unknown): boolean => String(action) in irreversibleActions;

const isIrreversible = (read: (name: string) => unknown): boolean =>
	reachesForGood(read('deviceAction')) || /^\s*true\s*$/i.test(String(read('deleteUser')));

/** Refuses to erase or delete the devices of more users than Maximum Items, or of one user twice. */
export const checkOffboard = preSend(async function (options) {
	const isLimited = reachesForGood(this.getNodeParameter('deviceAction', 'lock'));
	if (isLimited) await checkNumberOfItems(this);
	checkRepeats(this, (read) => (isIrreversible(read) ? recordIn(options)(read) : undefined));
	if (isIrreversible((name) => this.getNodeParameter(name)) && !isDryRun(this)) {
		checkAllowed(this);
	}
	if (isLimited) takeFromMaximum(this);
	return options;
});

/** An erase and a delete require the serial numbers of all devices that they reach. */
function checkSerialNumbers(
	context: IExecutePaginationFunctions,
	devices: IDataObject[],
	{ verb, gerund }: { verb: string; gerund: string },
): void {
	const given = new Set(
		entriesOf(context.getNodeParameter('confirmSerialNumbers', '')).map(serialKey),
	);
	const unconfirmed = devices.filter((device) => !given.has(serialKeyOf(device)));
	if (unconfirmed.length === 0) return;
	const unnamed = unconfirmed
		.filter((device) => serialOf(device) === undefined)
		.map((device) => `the device ${String(device.device_id)}, which has no serial number`);
	throw inputError(
		context,
		[
			`Confirm Serial Numbers lacks ${unconfirmed.length} of the ${devices.length} devices to ${verb}`,
			...unnamed,
		].join('; '),
		`Nothing was sent. ${gerund} can't be undone: enter the serial numbers of all devices of the user. Dry Run lists them.`,
	);
}

/**
 * The user's devices, even if the API ignored the filter.
 *
 * @throws NodeApiError when the list has fewer devices than the user's record counts
 */
async function devicesOf(
	context: IExecutePaginationFunctions,
	{ device_count: count }: IDataObject,
	ids: IDataObject,
): Promise<IDataObject[]> {
	const userId = String(ids.user_id);
	const path = '/api/v1/devices';
	const all = await listAll(
		context,
		path,
		{ user_id: userId, ordering: 'device_id' },
		listEndpoints.devices,
	);
	const devices = all.filter((device) => ownerOf(device) === userId.toLowerCase());
	if (Number(count) > devices.length) {
		throw apiError(context, {
			path,
			ids,
			problem: `Kandji counts ${Number(count)} devices of the user, but lists ${devices.length}`,
		});
	}
	return devices;
}

/** The user's record. */
async function readUser(
	context: IExecutePaginationFunctions,
	{ url, ids }: Target,
): Promise<IDataObject> {
	const { body } = await send(context, { method: 'GET', url }, { path: userPath, ids });
	const user = body as IDataObject;
	if (String(user.id).toLowerCase() === String(ids.user_id).toLowerCase()) return user;
	throw apiError(context, { path: userPath, ids, problem: 'Kandji returned another user' });
}

/** The steps for all devices of the user, in order. */
function planOf(
	context: IExecutePaginationFunctions,
	devices: IDataObject[],
	action: Action,
): Step[] {
	const fields = context.getNodeParameter('additionalFields', {}) as IDataObject;
	const old =
		action === 'unassignOnly'
			? undefined
			: leftBehind(devices, (serial, records) => {
					throw inputError(
						context,
						`${records.length} devices of the user have the serial number ${serial}`,
						`Nothing was sent. Unassign the records that the device left behind: ${describeDevices(records)}.`,
					);
				});
	const irreversible = irreversibleActions[action];
	if (irreversible !== undefined && !isDryRun(context)) {
		checkSerialNumbers(
			context,
			devices.filter((device) => !old?.has(device)),
			irreversible,
		);
	}
	return devices.flatMap((device) => {
		const steps = old?.has(device)
			? stepsFor(device, 'unassignOnly', {})
			: stepsFor(device, action, fields);
		return steps.map((step) =>
			step.step === 'unassign'
				? { ...step, undo: planUndo(context, device, { user: null }) }
				: step,
		);
	});
}

/** Runs a step unless it was done before, or its device changed, and returns its entry in the output. */
async function runStep(
	context: IExecutePaginationFunctions,
	step: Step,
	ids: IDataObject,
): Promise<IDataObject> {
	const earlier = stepsDoneFor(context);
	const key = `${step.step} ${step.device_id ?? ''}`;
	const before = earlier.get(key);
	if (before !== undefined) return before;
	const finish = async (status: string, body?: unknown) => {
		const undo = status === 'done' && step.undo !== undefined && { undo: step.undo };
		const output = stepOutput(step, status, {
			...(await step.result?.(context, body)),
			...(undo as IDataObject | false),
		});
		earlier.set(key, output);
		return output;
	};
	const found = await findOut(context, step, String(ids.user_id));
	if (found?.status === 'done before') return await finish(found.status);
	if (found !== undefined) {
		const { status, reason } = found;
		if (status === 'skipped' || step.isOptional) return stepOutput(step, status, { reason });
		throw outcomeError(context, {
			message: String(reason),
			hint: 'Check Device › Get Commands. To go on without this step, turn on Skip Unsupported Devices.',
		});
	}
	const outcome = await send(context, step.request, {
		path: step.path,
		ids: step.device_id === undefined ? ids : { device_id: step.device_id },
	}).catch((error: Error) => error);
	if (!(outcome instanceof Error)) {
		const owner = ownerOf((outcome.body ?? {}) as IDataObject);
		if (step.step === 'unassign' && owner === String(ids.user_id).toLowerCase()) {
			throw outcomeError(context, {
				message: 'Kandji accepted the change, but the device is still assigned',
				hint: 'Check the device in Kandji.',
			});
		}
		return await finish('done', outcome.body);
	}
	// Only a refusal says what became of a request. What a failing server says does not.
	const isRefusal = outcome instanceof NodeApiError && /^4\d\d$/.test(outcome.httpCode ?? '');
	if (isRefusal && step.meansDone?.test(outcome.message)) return await finish('done before');
	const isUnsupported = isRefusal && /not allowed for current device/i.test(outcome.message);
	if (!isUnsupported) throw outcome;
	if (step.isOptional) return stepOutput(step, 'not possible', { reason: outcome.message });
	throw outcomeError(context, {
		message: outcome.message,
		hint: 'The platform does not support it. To go on without this step, turn on Skip Unsupported Devices.',
	});
}

/** Looks at the device of a step right before it, and at what an earlier run did. */
async function findOut(
	context: IExecutePaginationFunctions,
	step: Step,
	userId: string,
): Promise<Finding | undefined> {
	if (step.device_id === undefined) return undefined;
	const device = await lookAgain(context, step);
	if (device === undefined) {
		return { status: 'skipped', reason: 'Kandji has no such device any more' };
	}
	return findChange(step, device, userId) ?? (await step.find?.(context, device));
}

/** How many steps ended in each way, by the names that the summary has for them. */
function countsOf(steps: IDataObject[]): IDataObject {
	const statuses = ['done', 'done before', 'not possible', 'skipped'];
	return Object.fromEntries(
		statuses.map((status) => [
			status.replaceAll(' ', '_'),
			steps.filter((step) => step.status === status).length,
		]),
	);
}

/**
 * Offboards a user: lock or erase, note and unassign, or delete, one device after the other, then optionally delete the
 * user. Returns a summary, then an item for each step.
 * A second run continues where the first one stopped: unassigned devices no longer belong to the user, and steps
 * that were done on the others are detected. Nothing waits for a device: commands stay queued in Kandji after the
 * device is unassigned.
 */
export const offboard = inItemOrder(async function (requestData) {
	const target = await targetOf(this, requestData);
	const { url, ids } = target;
	const action = this.getNodeParameter('deviceAction', 'lock') as Action;
	const user = await readUser(this, target);
	const devices = await devicesOf(this, user, ids);
	const steps = planOf(this, devices, action);
	if (this.getNodeParameter('deleteUser', false) === true) {
		steps.push({ step: 'delete user', request: { method: 'DELETE', url }, path: userPath });
	}
	const { name, email } = user;
	const person = { user_id: ids.user_id, user_name: name, user_email: email };
	const itemsOf = (outcomes: IDataObject[], status: string, facts: IDataObject) => [
		{ json: { step: 'offboard', status, ...person, devices: devices.length, ...facts } },
		...outcomes.map((outcome) => ({ json: { ...outcome, ...person } })),
	];
	if (isDryRun(this)) {
		const card = cardWithoutRequest(this, requestData.options.url ?? '', user);
		return itemsOf(steps.map(planStep), 'planned', { ...card, planned: steps.length });
	}

	if (isIrreversible((parameter) => this.getNodeParameter(parameter))) {
		checkReached(this, { method: 'DELETE' }, url);
	}
	const done: IDataObject[] = [];
	for (const [index, step] of steps.entries()) {
		const outcome = await runStep(this, step, ids).catch((error: Error) => error);
		if (outcome instanceof Error) {
			const { message, description } = outcome as NodeOperationError;
			const finished = steps.slice(0, index).map(describeStep).join(', ') || 'nothing';
			const left = steps.slice(index).map(describeStep).join(', ');
			const pins = done.some((entry) => 'PIN' in entry)
				? ' To get the PINs of the locked Macs, use Device Secret › Get Unlock PIN.'
				: '';
			const reason =
				`${description ?? ''} Done: ${finished}. Remaining: ${left}. Run the item again to continue from there.${pins}`.trim();
			throw outcomeError(this, {
				message: `Offboarding stopped at "${describeStep(step)}": ${message}`,
				hint: reason,
			});
		}
		done.push(outcome);
	}
	return itemsOf(done, 'done', countsOf(done));
});

export const userOffboardDescription: INodeProperties[] = [
	notice(
		'offboardNotice',
		"Turn on 'Dry Run' first to list the devices and steps without changing anything. Erasing and deleting can't be undone.",
		showOnlyForOffboard,
	),
	{
		displayName: 'Device Action',
		name: 'deviceAction',
		type: 'options',
		options: [
			{
				name: 'Delete',
				value: 'delete',
				description:
					'Delete the record of each device and remove its management, without locking or erasing it',
			},
			{ name: 'Erase', value: 'erase', description: 'Wipe each device permanently' },
			{
				name: 'Lock',
				value: 'lock',
				description: 'Lock each device. The output contains the unlock PINs of Macs.',
			},
			{
				name: 'Unassign Only',
				value: 'unassignOnly',
				description: 'Leave the devices as they are',
			},
		],
		default: 'lock',
		displayOptions: { show: showOnlyForOffboard },
		description:
			'What to do with each device of the user before it is unassigned. A deleted one is not unassigned.',
	},
	onlyFromPerson(
		acceptsList({
			displayName: 'Confirm Serial Numbers',
			name: 'confirmSerialNumbers',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. FVHHFKF7Q6L4, TDGQWKQ5WT',
			displayOptions: { show: { ...showOnlyForOffboard, deviceAction: ['delete', 'erase'] } },
			description:
				'Comma-separated list of the serial numbers of all devices of the user. Nothing is sent if one is missing.',
		}),
	),
	...itemLimitFields({ ...showOnlyForOffboard, deviceAction: ['delete', 'erase'] }),
	{
		displayName: 'Delete User',
		name: 'deleteUser',
		type: 'boolean',
		default: false,
		displayOptions: { show: showOnlyForOffboard },
		description: 'Whether to delete the user from Kandji after all devices are unassigned',
	},
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: { show: showOnlyForOffboard },
		options: [
			{
				displayName: 'Lock Message',
				name: 'lockMessage',
				type: 'string',
				default: '',
				placeholder: 'e.g. Please return this Mac to IT',
				description: 'Message to show on the lock screen',
			},
			{
				displayName: 'Note',
				name: 'note',
				type: 'string',
				default: '',
				placeholder: 'e.g. Offboarded, ticket 4711',
				description: 'Note to add to each device',
			},
			{
				displayName: 'Skip Unsupported Devices',
				name: 'skipUnsupportedDevices',
				type: 'boolean',
				default: false,
				description:
					'Whether to skip locking or erasing a device that does not support it, such as an Apple TV. If off, the node stops there.',
			},
		],
	},
];
