import type { Resource } from '../core';
import { json } from '../http/body';
import { detail, listError, plainError } from '../http/errors';
import type { TenantState } from '../state';
import { recordActivity } from '../state/activity';
import { recordAudit } from '../state/audit';
import { itemsOf } from '../state/blueprints';
import { pendingCommand, queueCommand, settleCommands } from '../state/commands';
import { zulu } from '../state/dates';
import { changeLostMode, endLostMode, requestLostMode } from '../state/lostMode';
import { isCellular } from '../state/models';
import type { Device } from '../state/types';
import { ACTIONS, type Action } from './actionTable';
import { deviceOf } from './devices';

type Body = Record<string, unknown>;

/** The device actions: each becomes a command that completes later. */
export const deviceActions: Resource = (add, { state }) => {
	for (const [name, action] of Object.entries(ACTIONS)) {
		add(`POST /api/v1/devices/{device_id}/action/${name}`, (call) => {
			const device = deviceOf(state, call);
			const body = json(call, action.body);
			requireFit(device, action);
			requireReady(state, device, name, body);
			const result = start(state, device, name, action, body);
			settleCommands(state);
			recordAudit(state, {
				action: name,
				target_type: 'device',
				target_id: device.device_id,
				target_component: 'command',
			});
			return result;
		});
	}
};

function requireFit(device: Device, action: Action): void {
	const fits =
		action.platforms.includes(device.platform) &&
		(!action.cellular || isCellular(device.platform, device.model));
	if (!fits) throw detail(400, 'Command is not allowed for current device');
}

function requireReady(state: TenantState, device: Device, name: string, body: Body): void {
	const lostMode = state.lostMode.get(device.device_id)?.lost_mode_status;
	if (name === 'disablelostmode' && pendingCommand(state, device, name)) {
		throw detail(400, 'Disable lost mode is already pending for this device.');
	}
	if (pendingCommand(state, device, name)) throw detail(400, 'Command already running');
	if (name === 'lock' && state.locks.has(device.device_id)) {
		throw plainError('This device is already locked.');
	}
	if (name === 'enablelostmode' && lostMode === 'ENABLED') {
		throw listError('Device is already in lost mode.');
	}
	const needsLostMode = ['disablelostmode', 'playlostmodesound', 'updatelocation'].includes(name);
	if (needsLostMode && lostMode !== 'ENABLED') throw listError('Device is not in lost mode.');
	const profile = (body.ReturnToService as { ProfileId?: string } | undefined)?.ProfileId;
	if (profile) {
		const blueprint = state.blueprints.get(device.blueprint_id);
		if (!blueprint || !itemsOf(blueprint).includes(profile)) {
			throw plainError('The specified profile is not in scope for the device');
		}
	}
}

function start(
	state: TenantState,
	device: Device,
	name: string,
	action: Action,
	body: Body,
): { PIN: string | null } | undefined {
	const pin = state.random.text(6, '0123456789');
	if (name === 'enablelostmode') requestLostMode(state, device, body);
	if (name === 'blankpush') device.last_check_in = zulu(state.clock.now());
	for (const [index, type] of action.commands.entries()) {
		queueCommand(state, device, {
			action: name,
			type,
			effect: index === 0 ? effectOf(state, device, name, body, pin) : undefined,
			onFail:
				name === 'enablelostmode'
					? () => changeLostMode(state, device, { lost_mode_status: 'ERROR' })
					: undefined,
		});
	}
	settleCommands(state);
	if (name !== 'lock' || device.platform !== 'Mac') return undefined;
	return { PIN: state.locks.get(device.device_id) ?? null };
}

function effectOf(
	state: TenantState,
	device: Device,
	name: string,
	body: Body,
	pin: string,
): () => void {
	const now = () => zulu(state.clock.now());
	const effects: Record<string, () => void> = {
		lock: () => state.locks.set(device.device_id, pin),
		setname: () => {
			const from = device.device_name;
			device.device_name = String(body.DeviceName);
			recordActivity(state, device, 'name_changed', { from, to: device.device_name });
		},
		erase: () => {
			device.mdm_enabled = false;
			device.agent_installed = false;
			recordActivity(state, device, 'device_erased', {});
		},
		enablelostmode: () =>
			changeLostMode(state, device, { lost_mode_status: 'ENABLED', enable_status_at: now() }),
		disablelostmode: () => endLostMode(state, device),
		playlostmodesound: () =>
			changeLostMode(state, device, { sound_status: 'SUCCESS', sound_status_at: now() }),
		updatelocation: () =>
			changeLostMode(state, device, {
				last_location_status: 'SUCCESS',
				last_location_status_at: now(),
				last_location: { latitude: '33.93410519355257', longitude: '-84.47411387632086' },
				last_location_at: now(),
			}),
		remotedesktop: () =>
			state.remoteDesktop.set(device.device_id, body.EnableRemoteDesktop === true),
	};
	return () => {
		effects[name]?.();
		if (name === 'dailycheckin' || name === 'updateinventory') device.last_check_in = now();
	};
}
