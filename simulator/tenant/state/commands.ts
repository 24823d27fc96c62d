import { DAY, zulu } from './dates';
import { randomFor } from './random';
import type { TenantState } from './index';
import type { Command, CommandStatus, Device } from './types';

/** The outcomes of a command, in order: `['notNow', 'complete']` answers NotNow first. */
export type Outcome = 'complete' | 'fail' | 'notNow';

/** How commands end. The first rule that matches a new command decides; without one it completes at once. */
export interface CommandRule {
	/** Action as in the URL, e.g. `lock`; all when missing. */
	action?: string;
	device_id?: string;
	serial_number?: string;
	/** Milliseconds per outcome. Half of it shows as running. */
	afterMs?: number;
	/** Reads of the device's commands per outcome, instead of or beside `afterMs`. */
	afterPolls?: number;
	outcomes?: Outcome[];
	/** The device's reason when it fails. */
	error?: string;
}

/** A command on its way to a device. */
export interface PendingCommand {
	command: Command;
	device: Device;
	action: string;
	rule: CommandRule;
	since: number;
	polls: number;
	step: number;
	/** The effect once the device has executed or refused it. */
	effect?: () => void;
	onFail?: () => void;
}

/** A command to queue. */
export interface CommandRequest {
	/** Last part of the action's URL. */
	action: string;
	type: string;
	metadata?: Record<string, unknown>;
	effect?: () => void;
	onFail?: () => void;
}

const STATUS: Record<Outcome, CommandStatus> = { complete: 3, fail: 4, notNow: 5 };
const HISTORY = [
	['ActivationLockBypassCode', 'ActivationLockBypassCode'],
	['SetInitialConfiguration', 'Settings'],
	['DeviceConfigured', 'DeviceConfigured'],
	['AvailableOSUpdates', 'AvailableOSUpdates'],
	['DeviceInformation', 'DeviceInformation'],
	['SecurityInfo', 'SecurityInfo'],
	['InstalledApplicationList', 'InstalledApplicationList'],
] as const;

function newCommand(uuid: string, type: string, request: string, time: number): Command {
	return {
		uuid,
		error_chain: [],
		command_type: type,
		request_type: request,
		metadata: {},
		request_requires_network_tether: false,
		status: 1,
		attempts: 0,
		date_requested: zulu(time),
		date_completed: null,
		last_pushed: null,
		user: null,
		priority: 0,
	};
}

/** All commands of a device, oldest first; what happened before the tenant's start is generated on first use. */
export function commandsOf(state: TenantState, device: Device): Command[] {
	let commands = state.commands.get(device.device_id);
	if (!commands) {
		commands = createHistory(state, device);
		state.commands.set(device.device_id, commands);
	}
	return commands;
}

function createHistory(state: TenantState, device: Device): Command[] {
	const random = randomFor(state.seed, `commands ${device.device_id}`);
	let time = state.clock.start - random.int(2, 90) * DAY;
	return Array.from({ length: random.int(4, 30) }, (_, index) => {
		const [type, request] = HISTORY[index % HISTORY.length]!;
		time += random.int(200, 90_000);
		const command = newCommand(random.uuid(), type, request, time);
		return {
			...command,
			status: 3,
			attempts: 1,
			last_pushed: zulu(time + 300),
			date_completed: zulu(time + 1200),
		};
	});
}

/** Queues a command; {@link settleCommands} advances it. */
export function queueCommand(
	state: TenantState,
	device: Device,
	request: CommandRequest,
): PendingCommand {
	const now = state.clock.now();
	const requestType = request.type === 'SetName' ? 'Settings' : request.type;
	const command = newCommand(state.random.uuid(), request.type, requestType, now);
	command.metadata = request.metadata ?? {};
	const rule = state.commandRules.find(
		(candidate) =>
			(candidate.action ?? request.action) === request.action &&
			(candidate.device_id ?? device.device_id) === device.device_id &&
			(candidate.serial_number ?? device.serial_number) === device.serial_number,
	);
	commandsOf(state, device).push(command);
	const entry: PendingCommand = {
		command,
		device,
		action: request.action,
		rule: rule ?? state.defaultCommandRule,
		since: now,
		polls: 0,
		step: 0,
		effect: request.effect,
		onFail: request.onFail,
	};
	state.pending.push(entry);
	return entry;
}

/** The command of this action that the device has not finished, if there is one. */
export function pendingCommand(
	state: TenantState,
	device: Device,
	action: string,
): PendingCommand | undefined {
	return state.pending.find((entry) => entry.device === device && entry.action === action);
}

/** Counts a poll of the device's commands, for rules with `afterPolls`. */
export function notePoll(state: TenantState, device: Device): void {
	for (const entry of state.pending) if (entry.device === device) entry.polls++;
}

/** Updates the status of every command. Called before each request is answered. */
export function settleCommands(state: TenantState): void {
	if (state.pending.length === 0) return;
	const now = state.clock.now();
	for (const entry of state.pending) advance(entry, now);
	state.pending = state.pending.filter((entry) => entry.command.date_completed === null);
}

function advance(entry: PendingCommand, now: number): void {
	const { command, rule } = entry;
	const outcomes = rule.outcomes ?? ['complete'];
	while (entry.step < outcomes.length) {
		const waited = now - entry.since;
		const afterMs = rule.afterMs ?? 0;
		if (waited < afterMs || entry.polls < (rule.afterPolls ?? 0)) {
			if (command.status === 1 && waited >= afterMs / 2 && entry.polls > 0) command.status = 2;
			return;
		}
		finish(entry, outcomes[entry.step]!, entry.since + afterMs);
		entry.step++;
		entry.since += afterMs;
		entry.polls = 0;
	}
}

function finish(entry: PendingCommand, outcome: Outcome, time: number): void {
	const { command, rule } = entry;
	command.status = STATUS[outcome];
	command.attempts++;
	command.last_pushed = zulu(time);
	if (outcome === 'notNow') return;
	command.date_completed = zulu(time);
	if (outcome === 'complete') {
		entry.effect?.();
		return;
	}
	entry.onFail?.();
	const reason = rule.error ?? 'The device refused the command.';
	command.error_chain = [
		{
			ErrorCode: 12021,
			ErrorDomain: 'MCMDMErrorDomain',
			LocalizedDescription: reason,
			USEnglishDescription: reason,
		},
	];
}
