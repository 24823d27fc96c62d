import type { IDataObject, IExecutePaginationFunctions, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { checkNumberOfItems, maximumItemsField } from '../../shared/preSend/confirm';
import { inputError } from '../../transport/http/errors';
import { listEndpoints, listAll } from '../../transport/lists/listAll';
import { targetOf } from '../../transport/routing/singleRequest';
import { isDryRun } from '../../transport/routing/dryRun';
import { send } from '../../transport/http/request';
import { preSend, inItemOrder } from '../../transport/routing/itemQueue';
import type { Action, Step } from './offboardSteps';
import { describeStep, planStep, stepsFor, tellStep } from './offboardSteps';

const showOnlyForOffboard = { resource: ['user'], operation: ['offboard'] };

/** Refuses to erase for more people at once than is meant. */
export const checkOffboard = preSend(async function (options) {
	if (this.getNodeParameter('deviceAction', 'lock') === 'erase') checkNumberOfItems(this);
	return options;
});

/** An erase needs the serial numbers of exactly the devices that the person has. */
function checkSerialNumbers(context: IExecutePaginationFunctions, devices: IDataObject[]): void {
	const given = String(context.getNodeParameter('confirmSerialNumbers', '') ?? '')
		.split(',')
		.map((serial) => serial.trim().toUpperCase())
		.filter((serial) => serial !== '');
	const actual = devices.map((device) => String(device.serial_number).toUpperCase());
	const unconfirmed = actual.filter((serial) => !given.includes(serial));
	if (unconfirmed.length > 0) {
		throw inputError(
			context,
			`Confirm Serial Numbers lacks ${unconfirmed.join(', ')}`,
			'Nothing was sent. Erasing cannot be undone: list the serial number of every device of the user. A dry run shows them.',
		);
	}
}

/** The devices that are really the person's, whatever the API took the filter for. */
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

/** Does a step unless it was done before, and returns what the output says of it. */
async function carryOut(
	context: IExecutePaginationFunctions,
	step: Step,
	ids: IDataObject,
): Promise<IDataObject> {
	const finish = async (status: string, body?: unknown) =>
		tellStep(step, status, await step.result?.(context, body));
	if (await step.isDone?.(context)) return await finish('done before');
	const outcome = await send(context, step.request, {
		path: step.path,
		ids: step.device_id === undefined ? ids : { device_id: step.device_id },
	}).catch((error: Error) => error);
	if (!(outcome instanceof Error)) return await finish('done', outcome.body);
	if (step.meansDone?.test(outcome.message)) return await finish('done before');
	if (step.meansImpossible?.test(outcome.message)) {
		return tellStep(step, 'not possible', { reason: outcome.message });
	}
	throw outcome;
}

/**
 * Takes a person's devices back: lock or erase, note, unassign, one device after the other, then delete the user if
 * asked. Devices that an earlier run unassigned are not the user's any more, and steps that it did on the others are
 * seen, so that a second run goes on where the first one stopped. Nothing waits for a device: the commands stay
 * queued in Kandji whoever the device belongs to.
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
		try {
			done.push(await carryOut(this, step, ids));
		} catch (error) {
			const { message, description } = error as NodeOperationError;
			const finished = steps.slice(0, index).map(describeStep).join(', ') || 'nothing';
			const left = steps.slice(index).map(describeStep).join(', ');
			const pins = done.some(({ PIN: pin }) => pin)
				? ' The PINs of the Macs that are locked are under Device Secret › Get Unlock PIN.'
				: '';
			const reason =
				`${description ?? ''} Done: ${finished}. Left: ${left}. Run it again to go on from here.${pins}`.trim();
			throw new NodeOperationError(
				this.getNode(),
				`Offboarding stopped at "${describeStep(step)}": ${message}`,
				{ description: reason, itemIndex: this.getItemIndex() },
			);
		}
	}
	return [{ json: { ...summary, steps: done } }];
});

export const userOffboardDescription: INodeProperties[] = [
	{
		displayName:
			'Turn on Dry Run first: it lists the devices and steps without changing anything. Erasing and deleting cannot be undone.',
		name: 'offboardNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: showOnlyForOffboard },
	},
	{
		displayName: 'Devices',
		name: 'deviceAction',
		type: 'options',
		options: [
			{ name: 'Erase', value: 'erase', description: 'Wipe each device for good' },
			{ name: 'Lock', value: 'lock', description: 'Lock each device; PINs are in the output' },
			{ name: 'Only Unassign', value: 'none', description: 'Leave the devices as they are' },
		],
		default: 'lock',
		displayOptions: { show: showOnlyForOffboard },
		description: 'What happens to every device of the user before it is unassigned',
	},
	{
		displayName: 'Confirm Serial Numbers',
		name: 'confirmSerialNumbers',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. FVHHFKF7Q6L4, TDGQWKQ5WT',
		displayOptions: { show: { ...showOnlyForOffboard, deviceAction: ['erase'] } },
		description:
			'Serial numbers of all devices of the user, separated by commas; nothing is sent when one is missing',
	},
	maximumItemsField({ ...showOnlyForOffboard, deviceAction: ['erase'] }),
	{
		displayName: 'Delete User',
		name: 'deleteUser',
		type: 'boolean',
		default: false,
		displayOptions: { show: showOnlyForOffboard },
		description: 'Whether to delete the user from Kandji once no device is assigned any more',
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
				description: 'Text on the lock screen',
			},
			{
				displayName: 'Note',
				name: 'note',
				type: 'string',
				default: '',
				placeholder: 'e.g. Offboarded, ticket 4711',
				description: 'Note to leave on each device',
			},
			{
				displayName: 'Skip Unsupported Devices',
				name: 'skipUnsupported',
				type: 'boolean',
				default: false,
				description:
					'Whether to go on with a device that Kandji cannot lock or erase, such as an Apple TV, instead of stopping there',
			},
		],
	},
];
