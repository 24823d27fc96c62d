import type { TenantState } from './state';
import { createFleet } from './state/fleet';
import type { Device } from './state/types';

/** Enrols `count` new devices as the newest of the fleet; `fields` override the generated values. */
export function enroll(state: TenantState, count: number, fields: Partial<Device> = {}): Device[] {
	const devices = createFleet(state.random, count, {
		users: [...state.users.values()],
		blueprints: [...state.blueprints.values()],
		tags: [...state.tags.values()],
		now: state.clock.now(),
	});
	for (const device of devices) {
		Object.assign(device, fields);
		state.devices.set(device.device_id, device);
	}
	return devices;
}

/** Adds `insert` devices as the newest of the fleet, then removes `remove` older ones. */
export function churn(state: TenantState, insert: number, remove: number): void {
	const gone = state.devices.list().slice(0, remove);
	for (const device of gone) state.devices.delete(device.device_id);
	enroll(state, insert);
}
