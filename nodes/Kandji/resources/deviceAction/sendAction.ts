import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { operationTitle } from '../../transport/context';
import { idioms, listAll } from '../../transport/listAll';
import type { Target } from '../../transport/once';
import { sendItem, targetOf } from '../../transport/once';
import { isDryRun } from '../../transport/plan';
import { send } from '../../transport/request';
import { inTurn } from '../../transport/turns';
import { cancelSignal, wait } from '../../transport/wait';
import { commandStatuses, simplifiedCommand } from '../device/getCommands';

/** Pauses in ms between two looks at a device's commands: the first, and the longest. */
const firstPauseMs = 1_000;
const longestPauseMs = 15_000;

const completed = 3;
const failed = 4;

const deviceUrl = (url: string): string => url.replace(/\/(?:action|details)\/\w+$/, '');

const commandsOf = async (
	context: IExecutePaginationFunctions,
	{ url, ids }: Target,
): Promise<IDataObject[]> => {
	const path = '/api/v1/devices/{device_id}/commands';
	return await listAll(context, `${deviceUrl(url)}/commands`, {}, idioms.commands, { path, ids });
};

function reasonOf({ error_chain: errorChain }: IDataObject): string {
	const [error] = (Array.isArray(errorChain) ? errorChain : []) as IDataObject[];
	return String(
		error?.LocalizedDescription ?? error?.USEnglishDescription ?? 'The device gave no reason',
	);
}

/**
 * Follows the commands that an action queued until the device has carried them out. They are those that were not
 * there before; the API does not say which command belongs to which action.
 *
 * @throws NodeOperationError when one fails, or after `timeoutMs`; nothing is sent again
 */
async function follow(
	context: IExecutePaginationFunctions,
	target: Target,
	known: Set<unknown>,
	timeoutMs: number,
): Promise<IDataObject[]> {
	const end = Date.now() + timeoutMs;
	let own: IDataObject[] = [];
	for (let pause = firstPauseMs; ; pause = Math.min(longestPauseMs, pause * 1.6)) {
		const commands = await commandsOf(context, target);
		const ids = new Set(own.map(({ uuid }) => uuid));
		own = commands.filter(({ uuid }) => (own.length > 0 ? ids.has(uuid) : !known.has(uuid)));
		const broken = own.find(({ status }) => status === failed);
		if (broken !== undefined) {
			throw new NodeOperationError(context.getNode(), `The device failed: ${reasonOf(broken)}`, {
				description: `Kandji took the action, and the command ${String(broken.command_type)} failed on the device. It was not sent again.`,
				itemIndex: context.getItemIndex(),
			});
		}
		if (own.length > 0 && own.every(({ status }) => status === completed)) return own;
		if (Date.now() + pause > end) {
			const status = commandStatuses[Number(own[0]?.status)] ?? 'not listed yet';
			throw new NodeOperationError(
				context.getNode(),
				`The device did not finish within ${Math.round(timeoutMs / 60_000)} minutes; the command is ${status}`,
				{
					description:
						'It stays queued in Kandji and was not sent again. Look at Device › Get Commands later.',
					itemIndex: context.getItemIndex(),
				},
			);
		}
		await wait(pause, cancelSignal(context));
	}
}

/**
 * Writes on the device what was done to it, and by which workflow. The action is done by then, so that a note
 * that cannot be written does not fail the item.
 */
async function leaveNote(
	context: IExecutePaginationFunctions,
	{ url, ids }: Target,
): Promise<IDataObject> {
	const { name } = context.getWorkflow();
	const title = operationTitle(context);
	const content = `${title} by n8n: workflow "${name ?? ''}", execution ${context.getExecutionId()}`;
	try {
		await send(
			context,
			{ method: 'POST', url: `${deviceUrl(url)}/notes`, body: { content } },
			{ path: '/api/v1/devices/{device_id}/notes', ids },
		);
		return { note: content };
	} catch (error) {
		return { note_error: (error as Error).message };
	}
}

/** Sends an action and leaves a note when asked. */
async function sendWithNote(
	context: IExecutePaginationFunctions,
	requestData: DeclarativeRestApiSettings.ResultOptions,
): Promise<INodeExecutionData[]> {
	const items = await sendItem(context, requestData);
	if (context.getNodeParameter('leaveNote', false) !== true || isDryRun(context)) return items;
	const note = await leaveNote(context, await targetOf(context, requestData));
	return items.map(({ json }) => ({ json: { ...json, ...note } }));
}

/** Sends an action; with Wait for Completion on, follows it while the next items go on. */
export const sendAction = inTurn(async function (requestData) {
	const waits = this.getNodeParameter('waitForCompletion', false) === true;
	if (!waits || isDryRun(this)) return await sendWithNote(this, requestData);
	const target = await targetOf(this, requestData);
	const known = new Set((await commandsOf(this, target)).map(({ uuid }) => uuid));
	const items = await sendWithNote(this, requestData);
	const timeoutMs = Number(this.getNodeParameter('timeoutMinutes', 10)) * 60_000;
	return async (): Promise<INodeExecutionData[]> => {
		const commands = await follow(this, target, known, timeoutMs);
		return items.map(({ json }) => ({
			json: { ...json, command_status: 'completed', commands: commands.map(simplifiedCommand) },
		}));
	};
});

/** The field that leaves a note, for every action. */
export const leaveNoteDescription: INodeProperties[] = [
	{
		displayName: 'Leave a Device Note',
		name: 'leaveNote',
		type: 'boolean',
		default: false,
		displayOptions: { show: { resource: ['deviceAction'] } },
		description:
			'Whether to write a note on the device that says which workflow and execution did this',
	},
];

/** The fields of the option, for the operations that send an MDM command. */
export const waitForCompletionDescription = (operation: string[]): INodeProperties[] => {
	const show = { resource: ['deviceAction'], operation };
	return [
		{
			displayName: 'Wait for Completion',
			name: 'waitForCompletion',
			type: 'boolean',
			default: false,
			displayOptions: { show },
			description:
				'Whether to wait until the device has carried the command out, and to fail the item when it could not. Several devices are waited for together.',
		},
		{
			displayName: 'Timeout (Minutes)',
			name: 'timeoutMinutes',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 10,
			displayOptions: { show: { ...show, waitForCompletion: [true] } },
			description: 'How long to wait for a device; the command stays queued afterwards',
		},
	];
};
