import type { IDataObject, IExecutePaginationFunctions, NodeApiError } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { listEndpoints, listAll } from '../../transport/lists/listAll';
import type { Target } from '../../transport/routing/ids';
import { numberOfItems } from '../../transport/routing/itemQueue';
import { cancelSignal, wait } from '../../transport/http/wait';
import { commandStatuses } from '../device/getCommands';

/** Pauses in ms between two looks at a device's commands: the first, and the longest. */
const firstPauseMs = 1_000;
const longestPauseMs = 30_000;

const completed = 3;
const failed = 4;

/** The address of the device in the address of one of its actions. */
export const deviceUrl = (url: string): string => url.replace(/\/(?:action|details)\/\w+$/, '');

/** All commands of the device that an action is for. */
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

/** MDM's name of the command that an action becomes, by the last part of its path, where it is one of its own. */
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

/** The commands among the new ones that the action queued: those of its type, or all where none is known. */
function ownCommands(commands: IDataObject[], known: Set<unknown>, { url }: Target): IDataObject[] {
	const fresh = commands.filter(({ uuid }) => !known.has(uuid));
	const type = requestTypes[url.slice(url.lastIndexOf('/') + 1)];
	const typed = fresh.filter(({ request_type: requestType }) => requestType === type);
	return typed.length > 0 ? typed : fresh;
}

function followError(
	context: IExecutePaginationFunctions,
	message: string,
	description: string,
): NodeOperationError {
	const others =
		numberOfItems(context) > 1 && !context.continueOnFail()
			? ' The actions of the other items were sent as well: set On Error to Continue to see how each ends.'
			: '';
	return new NodeOperationError(context.getNode(), message, {
		description: `${description}${others}`,
		itemIndex: context.getItemIndex(),
	});
}

async function lookAgain(
	context: IExecutePaginationFunctions,
	target: Target,
): Promise<IDataObject[]> {
	try {
		return await commandsOf(context, target);
	} catch (error) {
		const { message, description } = error as NodeApiError;
		throw new NodeOperationError(
			context.getNode(),
			followError(
				context,
				`The action was sent, but it could not be followed: ${message}`,
				`It was not sent again. ${description ?? ''}`.trim(),
			),
		);
	}
}

/**
 * Follows the commands that an action queued until the device has carried them out. They are those that were not
 * there before; the API does not say which command belongs to which action.
 *
 * @throws NodeOperationError when one fails, or after `minutes`; nothing is sent again
 */
export async function follow(
	context: IExecutePaginationFunctions,
	target: Target,
	known: Set<unknown>,
	minutes: number,
): Promise<IDataObject[]> {
	const end = Date.now() + minutes * 60_000;
	let own: IDataObject[] = [];
	for (let pause = firstPauseMs; ; pause = Math.min(longestPauseMs, pause * 1.6)) {
		const commands = await lookAgain(context, target);
		const ids = new Set(own.map(({ uuid }) => uuid));
		own =
			ids.size > 0
				? commands.filter(({ uuid }) => ids.has(uuid))
				: ownCommands(commands, known, target);
		const broken = own.find(({ status }) => status === failed);
		if (broken !== undefined) {
			throw followError(
				context,
				`The device failed: ${reasonOf(broken)}`,
				`Kandji took the action, and the command ${String(broken.command_type)} failed on the device. It was not sent again.`,
			);
		}
		if (own.length > 0 && own.every(({ status }) => status === completed)) return own;
		if (Date.now() + pause > end) {
			const late = own.find(({ status }) => status !== completed);
			const status = commandStatuses[Number(late?.status)] ?? 'not listed yet';
			throw followError(
				context,
				`The device did not finish within ${minutes} minutes; the command is ${status}`,
				'It stays queued in Kandji and was not sent again. Look at Device › Get Commands later.',
			);
		}
		await wait(pause, cancelSignal(context));
	}
}
