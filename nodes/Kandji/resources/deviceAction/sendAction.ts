import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import { simplified } from '../../shared/fields/output';
import { sendWithUndo } from '../../shared/preSend/returnUndo';
import { operationTitle } from '../../transport/http/context';
import type { Target } from '../../transport/routing/ids';
import { sendItem, targetOf } from '../../transport/routing/singleRequest';
import { isDryRun } from '../../transport/routing/dryRun';
import type { ApiResponse } from '../../transport/http/request';
import { send } from '../../transport/http/request';
import type { RetryRule } from '../../transport/http/retry';
import type { PaginationFunction } from '../../transport/routing/itemQueue';
import { inItemOrder } from '../../transport/routing/itemQueue';
import { simplifiedCommand } from '../device/getCommands';
import type { Sending } from './waitForCompletion';
import { commandsOf, deviceUrl, sendingOf, waitForCompletion } from './waitForCompletion';

/** Adds a note to the device. The action has been sent by then, so an error here does not fail the item. */
async function addNote(
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

/** Sends an action, and adds a note if Add Device Note is on. */
async function sendWithNote(
	context: IExecutePaginationFunctions,
	requestData: DeclarativeRestApiSettings.ResultOptions,
	retry: RetryRule | undefined,
	onResponse?: (response: ApiResponse) => void,
): Promise<INodeExecutionData[]> {
	const items = await sendWithUndo(
		context,
		requestData,
		async () => await sendItem(context, requestData, { retry }, onResponse),
	);
	if (context.getNodeParameter('addDeviceNote', false) !== true || isDryRun(context)) return items;
	const note = await addNote(context, await targetOf(context, requestData));
	return items.map(({ json }) => ({ json: { ...json, ...note } }));
}

/**
 * Makes the `pagination` function of an action: sends it and, with Wait for Completion on, waits for the device while
 * the next items are sent.
 */
export const actionSender = (retry?: RetryRule): PaginationFunction =>
	inItemOrder(async function (requestData) {
		const waits = this.getNodeParameter('waitForCompletion', false) === true;
		if (!waits || isDryRun(this)) return await sendWithNote(this, requestData, retry);
		const minutes = this.getNodeParameter('timeoutMinutes', 10) as number;
		const target = await targetOf(this, requestData);
		const known = await commandsOf(this, target);
		const startedAt = performance.now();
		let sending: Sending | undefined;
		const items = await sendWithNote(this, requestData, retry, ({ headers }) => {
			sending = sendingOf(headers, performance.now() - startedAt);
		});
		return async (): Promise<INodeExecutionData[]> => {
			const commands = await waitForCompletion(this, target, known, sending, minutes);
			const done = commands.map((command) => simplified(simplifiedCommand, command));
			return items.map(({ json }) => ({
				json: { ...json, command_status: 'completed', commands: done },
			}));
		};
	});

/** An action with the default retries. */
export const sendAction = actionSender();

/** Add Device Note, for every action. */
export const addNoteDescription: INodeProperties[] = [
	{
		displayName: 'Add Device Note',
		name: 'addDeviceNote',
		type: 'boolean',
		default: false,
		displayOptions: { show: { resource: ['deviceAction'] } },
		description: 'Whether to add a note to the device with the workflow name and execution ID',
	},
];

/** Wait for Completion and its timeout, for operations that become an MDM command. */
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
				'Whether to wait until the device has run the command. The item fails if the device reports a failure, or if it cannot be told which command is its own.',
		},
		{
			displayName: 'Timeout (Minutes)',
			name: 'timeoutMinutes',
			type: 'number',
			typeOptions: { minValue: 0.01, numberPrecision: 2 },
			default: 10,
			displayOptions: { show: { ...show, waitForCompletion: [true] } },
			description: 'How long to wait. After that, the item fails and the command stays queued.',
		},
	];
};
