import type { IDataObject, IExecutePaginationFunctions, NodeApiError } from 'n8n-workflow';

import { timeOf } from '../../shared/time';
import { outcomeError } from '../../transport/http/outcomeError';
import { pollUntil } from '../../transport/http/pollUntil';
import { cancelSignal, wait } from '../../transport/http/wait';
import { listEndpoints, listAll } from '../../transport/lists/listAll';
import { numberOfItems } from '../../transport/routing/itemQueue';
import type { Target } from '../../transport/routing/ids';
import { commandStatusOf, nameCommandType } from '../device/getCommands';

/** Pauses in ms between polls of a device's commands: the first one, and the longest. */
const firstPauseMs = 1_000;
const longestPauseMs = 30_000;

/** Pauses in ms between the looks in which an outcome must stay the same, since Kandji may list a command late. */
const settlingPausesMs = [1_000, 1_500, 2_500];

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

/**
 * The MDM commands that each action becomes, by the last part of its path: the type of each, as `command_type` or
 * `request_type` says it. For what is a setting in Apple's protocol, the command's type names the setting.
 */
const commandsByAction: Record<string, RegExp[]> = {
	clearpasscode: [/^ClearPasscode$/],
	dailycheckin: [/^DeviceInformation$/, /^SecurityInfo$/, /^InstalledApplicationList$/],
	deleteuser: [/^DeleteUser$/],
	disablelostmode: [/^DisableLostMode$/],
	enablelostmode: [/^EnableLostMode$/],
	erase: [/^EraseDevice$/],
	lock: [/^DeviceLock$/],
	playlostmodesound: [/^PlayLostModeSound$/],
	refreshcellularplans: [/^RefreshCellularPlans?$/],
	reinstallagent: [/^InstallEnterpriseApplication$/],
	remotedesktop: [/^(?:Enable|Disable|Set)?RemoteDesktop$/],
	renewmdmprofile: [/^InstallProfile$/],
	resetworkprofilepasscode: [/^Reset(?:WorkProfile)?Pass(?:code|word)$/],
	restart: [/^RestartDevice$/],
	setname: [nameCommandType],
	shutdown: [/^ShutDownDevice$/],
	toggledataroaming: [/^(?:Set|Toggle)?DataRoaming$/],
	togglepersonalhotspot: [/^(?:Set|Toggle)?PersonalHotspot$/],
	unlockaccount: [/^UnlockUserAccount$/],
	updateinventory: [/^DeviceInformation$/, /^SecurityInfo$/, /^InstalledApplicationList$/],
	updatelocation: [/^DeviceLocation$/],
};

const actionOf = ({ url }: Target): string => url.slice(url.lastIndexOf('/') + 1);

/** How far apart in ms the clocks may be that Kandji dates its commands and its answers with. */
const clockToleranceMs = 5_000;

/** When an action was sent and answered, in ms since 1970 on Kandji's clock. */
export interface Sending {
	from: number;
	to: number;
}

/**
 * When an action was sent, by the date of its answer.
 *
 * @param elapsedMs how long it took from before the action until its answer
 * @returns undefined when the answer has no date
 */
export function sendingOf({ date }: IDataObject, elapsedMs: number): Sending | undefined {
	const answered = Date.parse(String(date));
	if (Number.isNaN(answered)) return undefined;
	return {
		from: answered - elapsedMs - clockToleranceMs,
		// The header has no fractions of a second.
		to: answered + 1_000 + clockToleranceMs,
	};
}

/**
 * The commands that can be an action's own, by type: of its types, not there before, neither older than what was nor
 * requested before the action was sent.
 *
 * @param action the last part of the action's path
 * @param known the commands that were there before the action
 */
export function ownCommands(
	action: string,
	commands: IDataObject[],
	known: IDataObject[],
	sending?: Sending,
): IDataObject[][] {
	const ids = new Set(known.map(({ uuid }) => uuid));
	const newest = known.reduce(
		(latest, { date_requested: date }) => Math.max(latest, timeOf(date) ?? -Infinity),
		-Infinity,
	);
	const oldest = Math.max(newest - clockToleranceMs, sending?.from ?? -Infinity);
	const fresh = commands.filter(
		({ uuid, date_requested: date }) => !ids.has(uuid) && (timeOf(date) ?? Infinity) >= oldest,
	);
	return (commandsByAction[action] ?? [])
		.map((type) =>
			fresh.filter(
				({ command_type: command, request_type: request }) =>
					type.test(String(command)) || type.test(String(request)),
			),
		)
		.filter((ofType) => ofType.length > 0);
}

/** What became of an action: `ambiguous` when commands that can all be its own ended differently. */
export type ActionOutcome = 'ambiguous' | 'completed' | 'failed' | 'pending';

/** The outcome of an action, from the commands that can be its own. */
export function outcomeOf(own: IDataObject[][]): ActionOutcome {
	const outcomes = own.map((ofType): ActionOutcome => {
		const statuses = new Set(ofType.map(commandStatusOf));
		if (statuses.size === 1) {
			if (statuses.has('completed')) return 'completed';
			if (statuses.has('failed')) return 'failed';
		}
		const isFinished = [...statuses].every(
			(status) => status === 'completed' || status === 'failed',
		);
		return isFinished ? 'ambiguous' : 'pending';
	});
	if (outcomes.includes('failed')) return 'failed';
	if (outcomes.length === 0 || outcomes.includes('pending')) return 'pending';
	return outcomes.includes('ambiguous') ? 'ambiguous' : 'completed';
}

/**
 * Whether a command of each type was requested when the action was sent. One that has no date, or a later one, can as
 * well be somebody else's, while the action's own is not listed yet.
 */
export const isOneOfEachOwn = (own: IDataObject[][], { to }: Sending): boolean =>
	own.every((ofType) =>
		ofType.some(({ date_requested: date }) => (timeOf(date) ?? Infinity) <= to),
	);

function failure(
	context: IExecutePaginationFunctions,
	target: Target,
	message: string,
	hint: string,
): NodeApiError {
	const pin =
		actionOf(target) === 'lock'
			? ' If the Mac is locked, use Device Secret › Get Unlock PIN to get its PIN.'
			: '';
	const others =
		numberOfItems(context) > 1 && !context.continueOnFail()
			? ' The actions of the other items were sent too. To get the result of each, set On Error to Continue.'
			: '';
	return outcomeError(context, { message, hint: `${hint}${pin}${others}` });
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
		target,
		`The action was sent, but its status could not be read: ${message}`,
		`It was not sent again. ${description ?? ''}`.trim(),
	);
}

/**
 * Waits until the device has run the commands that an action queued. The API does not say which command belongs to
 * which action: it is one of the action's type that was not there before and was requested when the action was sent. An
 * outcome counts once it has stayed the same for some seconds, since Kandji may list another command of the type first.
 *
 * @param known the commands that were there before the action
 * @param sending when the action was sent; undefined when Kandji's answer has no date
 * @throws NodeApiError if a command fails, if it cannot be told which one is the action's own, or after `minutes`.
 *   Nothing is sent again.
 */
export async function waitForCompletion(
	context: IExecutePaginationFunctions,
	target: Target,
	known: IDataObject[],
	sending: Sending | undefined,
	minutes: number,
): Promise<IDataObject[]> {
	let own: IDataObject[] = [];
	const fail = (message: string, hint: string): never => {
		throw failure(context, target, message, hint);
	};
	const failUnidentified = (reason: string): never =>
		fail(
			`It cannot be told whether the device has run the command: ${reason}`,
			'Kandji accepted the action, and it was not sent again. Check Device › Get Commands.',
		);
	const signal = cancelSignal(context);
	const look = async () => {
		const commands = await pollCommands(context, target);
		const byType = ownCommands(actionOf(target), commands, known, sending);
		own = byType.flat();
		const outcome = outcomeOf(byType);
		const seen = JSON.stringify([outcome, own.map(({ uuid }) => uuid).sort()]);
		return {
			outcome,
			seen,
			isIdentified: sending === undefined || isOneOfEachOwn(byType, sending),
		};
	};
	const poll = async (): Promise<IDataObject[] | undefined> => {
		const { outcome, seen, isIdentified } = await look();
		if (outcome === 'pending') return undefined;
		for (const pauseMs of settlingPausesMs) {
			await wait(pauseMs, signal);
			if ((await look()).seen !== seen) return undefined;
		}
		if (!isIdentified) {
			failUnidentified(
				'one of its type is listed that was requested later, or has no date, and none from when the action was sent',
			);
		}
		if (outcome === 'completed') return own;
		const failed = own.find((command) => commandStatusOf(command) === 'failed') ?? {};
		if (outcome === 'failed') {
			fail(
				`The device reported a failure: ${reasonOf(failed)}`,
				`Kandji accepted the action, but the command ${String(failed.command_type)} failed on the device. It was not sent again.`,
			);
		}
		return failUnidentified(
			`${own.length} of the same type were sent to it, and ended differently`,
		);
	};
	const completed = await pollUntil(poll, {
		firstPauseMs,
		longestPauseMs,
		timeoutMs: minutes * 60_000,
		signal,
	});
	if (completed !== undefined) return completed;
	const pending = own.find((command) => commandStatusOf(command) !== 'completed');
	const status = (pending && commandStatusOf(pending)) ?? 'not listed yet';
	return fail(
		`The device did not finish within ${minutes} minutes: the command is ${status}`,
		'It stays queued in Kandji and was not sent again. Check Device › Get Commands later.',
	);
}
