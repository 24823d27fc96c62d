import type { TenantState } from './state';
import { createFleet } from './state/fleet';
import type { Device } from './state/types';

/** Makes and enrols `count` new devices, as the newest of the fleet; `fields` are laid over each. */
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

/** Changes the fleet at its newest end: `insert` devices appear, then `remove` older ones go. */
export function churn(state: TenantState, insert: number, remove: number): void {
	const gone = state.devices.list().slice(0, remove);
	for (const device of gone) state.devices.delete(device.device_id);
	enroll(state, insert);
}
