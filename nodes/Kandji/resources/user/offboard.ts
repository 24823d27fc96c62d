import type {
	IDataObject,
	IExecutePaginationFunctions,
	INodeProperties,
	NodeOperationError,
} from 'n8n-workflow';

import { acceptsList } from '../../transport/routing/fieldChecks';
import { entriesOf } from '../../shared/fields/commaList';
import { notice } from '../../shared/fields/notice';
import { checkNumberOfItems, maximumItemsField } from '../../shared/preSend/confirm';
import { inputError } from '../../transport/http/errors';
import { outcomeError } from '../../transport/http/outcomeError';
import { listEndpoints, listAll } from '../../transport/lists/listAll';
import { targetOf } from '../../transport/routing/singleRequest';
import { isDryRun } from '../../transport/routing/dryRun';
import { send } from '../../transport/http/request';
import { preSend, inItemOrder } from '../../transport/routing/itemQueue';
import type { Action, Step } from './offboardSteps';
import { describeStep, planStep, stepOutput, stepsFor } from './offboardSteps';

const showOnlyForOffboard = { resource: ['user'], operation: ['offboard'] };

/** Refuses to erase the devices of more users than Maximum Items. */
export const checkOffboard = preSend(async function (options) {
	if (this.getNodeParameter('deviceAction', 'lock') === 'erase') checkNumberOfItems(this);
	return options;
});

/** An erase requires the serial numbers of all devices of the user. */
function checkSerialNumbers(context: IExecutePaginationFunctions, devices: IDataObject[]): void {
	const given = entriesOf(context.getNodeParameter('confirmSerialNumbers', '')).map((serial) =>
		serial.toUpperCase(),
	);
	const actual = devices.map((device) => String(device.serial_number).toUpperCase());
	const unconfirmed = actual.filter((serial) => !given.includes(serial));
	if (unconfirmed.length > 0) {
		throw inputError(
			context,
			`Confirm Serial Numbers does not include ${unconfirmed.join(', ')}`,
			"Nothing was sent. Erasing can't be undone: enter the serial numbers of all devices of the user. Dry Run lists them.",
		);
	}
}

/** The user's devices, even if the API ignored the filter. */
async function devicesOf(
	context: IExecutePaginationFunctions,
	userId: string,
): Promise<IDataObject[]> {
	const devices = await listAll(
		context,
		'/api/v1/devices',
		{ user_id: userId, ordering: 'device_id' },
		listEndpoints.devices,
	);
	return devices.filter(({ user }) => {
		const id = typeof user === 'object' ? (user as IDataObject | null)?.id : undefined;
		return String(id).toLowerCase() === userId.toLowerCase();
	});
}

/** Runs a step unless it was done before, and returns its entry in the output. */
async function runStep(
	context: IExecutePaginationFunctions,
	step: Step,
	ids: IDataObject,
): Promise<IDataObject> {
	const finish = async (status: string, body?: unknown) =>
		stepOutput(step, status, await step.result?.(context, body));
	if (await step.isDone?.(context)) return await finish('done before');
	const outcome = await send(context, step.request, {
		path: step.path,
		ids: step.device_id === undefined ? ids : { device_id: step.device_id },
	}).catch((error: Error) => error);
	if (!(outcome instanceof Error)) return await finish('done', outcome.body);
	if (step.meansDone?.test(outcome.message)) return await finish('done before');
	if (step.meansImpossible?.test(outcome.message)) {
		return stepOutput(step, 'not possible', { reason: outcome.message });
	}
	throw outcome;
}

/**
 * Offboards a user: lock or erase, note and unassign, one device after the other, then optionally delete the user.
 * A second run continues where the first one stopped: unassigned devices no longer belong to the user, and steps
 * that were done on the others are detected. Nothing waits for a device: commands stay queued in Kandji after the
 * device is unassigned.
 */
export const offboard = inItemOrder(async function (requestData) {
	const { url, ids } = await targetOf(this, requestData);
	const path = '/api/v1/users/{user_id}';
	const action = this.getNodeParameter('deviceAction', 'lock') as Action;
	const fields = this.getNodeParameter('additionalFields', {}) as IDataObject;
	const { body: user } = await send(this, { method: 'GET', url }, { path, ids });
	const { name, email } = user as IDataObject;
	const devices = await devicesOf(this, String(ids.user_id));
	const steps = devices.flatMap((device) => stepsFor(device, action, fields));
	if (this.getNodeParameter('deleteUser', false) === true) {
		steps.push({ step: 'delete user', request: { method: 'DELETE', url }, path });
	}
	const summary = { user_id: ids.user_id, name, email, devices: devices.length };
	if (isDryRun(this)) return [{ json: { ...summary, dry_run: true, steps: steps.map(planStep) } }];
	if (action === 'erase') checkSerialNumbers(this, devices);

	const done: IDataObject[] = [];
	for (const [index, step] of steps.entries()) {
		const outcome = await runStep(this, step, ids).catch((error: Error) => error);
		if (outcome instanceof Error) {
			const { message, description } = outcome as NodeOperationError;
			const finished = steps.slice(0, index).map(describeStep).join(', ') || 'nothing';
			const left = steps.slice(index).map(describeStep).join(', ');
			const pins = done.some(({ PIN: pin }) => pin)
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
	return [{ json: { ...summary, steps: done } }];
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
		description: 'What to do with each device of the user before it is unassigned',
	},
	acceptsList({
		displayName: 'Confirm Serial Numbers',
		name: 'confirmSerialNumbers',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. FVHHFKF7Q6L4, TDGQWKQ5WT',
		displayOptions: { show: { ...showOnlyForOffboard, deviceAction: ['erase'] } },
		description:
			'Comma-separated list of the serial numbers of all devices of the user. Nothing is sent if one is missing.',
	}),
	maximumItemsField({ ...showOnlyForOffboard, deviceAction: ['erase'] }),
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
