import { commandsOf } from './commands';
import { parseDate, zulu } from './dates';
import { hash } from './random';
import type { TenantState } from './index';
import type { Device, DeviceActivity } from './types';

function entry(
	state: TenantState,
	device: Device,
	time: string,
	type: string,
	details: Record<string, unknown>,
): DeviceActivity {
	const blueprint = state.blueprints.get(device.blueprint_id);
	return {
		id: hash(`${device.device_id}${time}${type}`) % 1_000_000,
		created_at: time,
		action_type: type,
		details,
		computer: { id: device.device_id, name: device.device_name, is_removed: device.is_removed },
		blueprint: blueprint ? { id: blueprint.id, name: blueprint.name, is_removed: false } : null,
		user: null,
		external_token: null,
		blueprint_routing: false,
	};
}

/** Notes that something happened to a device now. */
export function recordActivity(
	state: TenantState,
	device: Device,
	type: string,
	details: Record<string, unknown>,
): void {
	const recorded = state.activity.get(device.device_id) ?? [];
	recorded.push(entry(state, device, zulu(state.clock.now()), type, details));
	state.activity.set(device.device_id, recorded);
}

/** A device's activity, oldest first: its enrolment, its finished commands and what was recorded. */
export function activityOf(state: TenantState, device: Device): DeviceActivity[] {
	const enrolled = zulu(parseDate(device.last_enrollment));
	const enrollment = entry(state, device, enrolled, 'enrollment', {
		blueprint_name: device.blueprint_name,
		enrollment_type: device.platform === 'Windows' || device.platform === 'Android' ? 'MDM' : 'DEP',
	});
	const commands = commandsOf(state, device)
		.filter((command) => command.date_completed !== null)
		.map((command) =>
			entry(
				state,
				device,
				command.date_completed!,
				command.status === 4 ? 'mdm_command_failed' : 'mdm_command_completed',
				{ ...command, is_silent: false, username: null, profile_name: null, profile_uuid: null },
			),
		);
	const all = [...commands, ...(state.activity.get(device.device_id) ?? [])];
	all.sort((a, b) => (a.created_at < b.created_at ? -1 : 1));
	return [enrollment, ...all];
}
