import { zulu } from './dates';
import type { TenantState } from './index';
import type { Device } from './types';

/** The lost mode of an iPhone or iPad, as its details show it. */
export interface LostMode {
	lost_mode_status: 'PENDING' | 'ENABLED' | 'ERROR';
	enabled_by: string;
	enable_status_at: string;
	lock_screen_message: string;
	lock_screen_phone_number: string;
	lock_screen_footnote: string;
	disable_status: string;
	disabled_by: string;
	disable_status_at: string;
	last_location_status: string;
	last_location_status_at: string;
	last_location: { latitude: string; longitude: string } | Record<string, never>;
	last_location_at: string;
	sound_status: string;
	sound_status_at: string;
}

const ADMIN = 'API token';

/** Starts lost mode; it is enabled when the device has answered. */
export function requestLostMode(
	state: TenantState,
	device: Device,
	screen: { Message?: string; PhoneNumber?: string; Footnote?: string },
): void {
	setStatus(state, device, {
		lost_mode_status: 'PENDING',
		enabled_by: ADMIN,
		enable_status_at: zulu(state.clock.now()),
		lock_screen_message: screen.Message ?? '',
		lock_screen_phone_number: screen.PhoneNumber ?? '',
		lock_screen_footnote: screen.Footnote ?? '',
		disable_status: '',
		disabled_by: '',
		disable_status_at: '',
		last_location_status: '',
		last_location_status_at: '',
		last_location: {},
		last_location_at: '',
		sound_status: '',
		sound_status_at: '',
	});
}

/** Changes parts of a device's lost mode; does nothing when it has none. */
export function changeLostMode(
	state: TenantState,
	device: Device,
	change: Partial<LostMode>,
): void {
	const current = state.lostMode.get(device.device_id);
	if (current) setStatus(state, device, { ...current, ...change });
}

/** Takes a device out of lost mode. */
export function endLostMode(state: TenantState, device: Device): void {
	state.lostMode.delete(device.device_id);
	device.lost_mode_status = '';
}

function setStatus(state: TenantState, device: Device, lostMode: LostMode): void {
	state.lostMode.set(device.device_id, lostMode);
	device.lost_mode_status = lostMode.lost_mode_status;
}
