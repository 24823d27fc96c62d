import type { Resource } from '../core';
import { listError } from '../http/errors';
import { appsOf } from '../state/details/apps';
import { detailsOf } from '../state/details';
import { deviceItems, deviceParameters } from '../state/itemStatus';
import { endLostMode } from '../state/lostMode';
import { deviceOf } from './devices';

/** What a device's own pages show: details, apps, library items, parameters, status, lost mode. */
export const deviceRecords: Resource = (add, { state }) => {
	add('GET /api/v1/devices/{device_id}/details', (call) => detailsOf(state, deviceOf(state, call)));

	add('GET /api/v1/devices/{device_id}/apps', (call) => {
		const device = deviceOf(state, call);
		return { device_id: device.device_id, apps: appsOf(state, device) };
	});

	add('GET /api/v1/devices/{device_id}/library-items', (call) => {
		const device = deviceOf(state, call);
		return { device_id: device.device_id, library_items: deviceItems(state, device) };
	});

	add('GET /api/v1/devices/{device_id}/parameters', (call) => {
		const device = deviceOf(state, call);
		return { device_id: device.device_id, parameters: deviceParameters(state, device) };
	});

	add('GET /api/v1/devices/{device_id}/status', (call) => {
		const device = deviceOf(state, call);
		return {
			device_id: device.device_id,
			library_items: deviceItems(state, device).map(brief),
			parameters: deviceParameters(state, device),
		};
	});

	add('GET /api/v1/devices/{device_id}/details/lostmode', (call) => {
		const device = deviceOf(state, call);
		const lostMode = state.lostMode.get(device.device_id);
		if (!lostMode) throw listError('Device is not in lost mode.');
		return { device_id: device.device_id, lost_mode: lostMode };
	});

	// Meant for lost mode that is stuck: enabled devices leave it by the action.
	add('DELETE /api/v1/devices/{device_id}/details/lostmode', (call) => {
		const device = deviceOf(state, call);
		const status = state.lostMode.get(device.device_id)?.lost_mode_status;
		if (status === undefined) throw listError('Device is not in lost mode.');
		if (status === 'ENABLED') throw listError('Lost mode is not in an error state.');
		state.pending = state.pending.filter(
			(entry) => entry.device !== device || entry.action !== 'enablelostmode',
		);
		endLostMode(state, device);
		call.reply.code(204);
	});
};

// The status page shows less of each item than the list of items does.
function brief(item: Record<string, unknown>): Record<string, unknown> {
	const { id, item_id, name, status, reported_at, type, last_audit_log, log } = item;
	return { id, item_id, name, status, reported_at, type, last_audit_log, log };
}
