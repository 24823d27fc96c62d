import type { IDataObject, IExecutePaginationFunctions, NodeApiError } from 'n8n-workflow';

import { outcomeError } from '../../transport/http/outcomeError';
import { pollUntil } from '../../transport/http/pollUntil';
import { cancelSignal } from '../../transport/http/wait';
import { listEndpoints, listAll } from '../../transport/lists/listAll';
import { numberOfItems } from '../../transport/routing/itemQueue';
import type { Target } from '../../transport/routing/ids';
import { commandStatusOf } from '../device/getCommands';

/** Pauses in ms between polls of a device's commands: the first one, and the longest. */
const firstPauseMs = 1_000;
const longestPauseMs = 30_000;

/** The URL of the device, from the URL of one of its actions. */
export const deviceUrl = (url: string): string => url.replace(/\/(?:action|details)\/\w+$/, '');

/** All commands of the target's device. */
export const commandsOf = async (
	context: IExecutePaginationFunctions,
	{ url, ids }: Target,
): Promise<IDataObject[]> => {
	const path = '/api/v1/devices/{device_id}/commands';
	return await listAll(context, `${deviceUrl(url)}/commands`, {}, listEndpoints.commands, {
		path,
		ids,
	});
};

function reasonOf({ error_chain: errorChain }: IDataObject): string {
	const [error] = (Array.isArray(errorChain) ? errorChain : []) as IDataObject[];
	return String(
		error?.LocalizedDescription ?? error?.USEnglishDescription ?? 'The device gave no reason',
	);
}

/** MDM request types by the last part of the action's path, for actions that are an MDM command of their own. */
const requestTypes: Record<string, string> = {
	clearpasscode: 'ClearPasscode',
	deleteuser: 'DeleteUser',
	disablelostmode: 'DisableLostMode',
	enablelostmode: 'EnableLostMode',
	erase: 'EraseDevice',
	lock: 'DeviceLock',
	playlostmodesound: 'PlayLostModeSound',
	restart: 'RestartDevice',
	shutdown: 'ShutDownDevice',
	unlockaccount: 'UnlockUserAccount',
	updatelocation: 'DeviceLocation',
};

/** The new commands that the action queued: those of its request type, or all of them if it has none. */
function ownCommands(commands: IDataObject[], known: Set<unknown>, { url }: Target): IDataObject[] {
	const fresh = commands.filter(({ uuid }) => !known.has(uuid));
	const type = requestTypes[url.slice(url.lastIndexOf('/') + 1)];
	const typed = fresh.filter(({ request_type: requestType }) => requestType === type);
	return typed.length > 0 ? typed : fresh;
}

function failure(
	context: IExecutePaginationFunctions,
	message: string,
	hint: string,
): NodeApiError {
	const others =
		numberOfItems(context) > 1 && !context.continueOnFail()
			? ' The actions of the other items were sent too. To get the result of each, set On Error to Continue.'
			: '';
	return outcomeError(context, { message, hint: `${hint}${others}` });
}

async function pollCommands(
	context: IExecutePaginationFunctions,
	target: Target,
): Promise<IDataObject[]> {
	const outcome = await commandsOf(context, target).catch((error: Error) => error);
	if (!(outcome instanceof Error)) return outcome;
	const { message, description } = outcome as NodeApiError;
	throw failure(
		context,
		`The action was sent, but its status could not be read: ${message}`,
		`It was not sent again. ${description ?? ''}`.trim(),
	);
}

/**
 * Waits until the device has run the commands that an action queued. They are the ones that were not there before:
 * the API does not say which command belongs to which action.
 *
 * @param known uuids of the commands that were there before the action
 * @throws NodeApiError if a command fails, or after `minutes`. Nothing is sent again.
 */
export async function waitForCompletion(
	context: IExecutePaginationFunctions,
	target: Target,
	known: Set<unknown>,
	minutes: number,
): Promise<IDataObject[]> {
	let own: IDataObject[] = [];
	const pendingCommand = () => own.find((command) => commandStatusOf(command) !== 'completed');
	const poll = async (): Promise<IDataObject[] | undefined> => {
		const commands = await pollCommands(context, target);
		const ids = new Set(own.map(({ uuid }) => uuid));
		own =
			ids.size > 0
				? commands.filter(({ uuid }) => ids.has(uuid))
				: ownCommands(commands, known, target);
		const failed = own.find((command) => commandStatusOf(command) === 'failed');
		if (failed !== undefined) {
			throw failure(
				context,
				`The device reported a failure: ${reasonOf(failed)}`,
				`Kandji accepted the action, but the command ${String(failed.command_type)} failed on the device. It was not sent again.`,
			);
		}
		return own.length > 0 && pendingCommand() === undefined ? own : undefined;
	};
	const completed = await pollUntil(poll, {
		firstPauseMs,
		longestPauseMs,
		timeoutMs: minutes * 60_000,
		signal: cancelSignal(context),
	});
	if (completed !== undefined) return completed;
	const pending = pendingCommand();
	const status = (pending && commandStatusOf(pending)) ?? 'not listed yet';
	throw failure(
		context,
		`The device did not finish within ${minutes} minutes: the command is ${status}`,
		'It stays queued in Kandji and was not sent again. Check Device › Get Commands later.',
	);
}
