import { z } from 'zod';

import type { Resource } from '../core';
import { json } from '../http/body';
import { text, uuidParam, type Call } from '../http/call';
import { fieldError, notFound } from '../http/errors';
import { byPage, type Rows } from '../http/paging';
import type { TenantState } from '../state';
import type { AdeDevice } from '../state/ade';
import { parseDate, zulu } from '../state/dates';
import type { Device } from '../state/types';
import { adeTokenOf } from './adeTokens';
import { requireBlueprint } from './libraryShared';

const patch = z
	.object({
		blueprint_id: z.string().nullable(),
		user_id: z.string().nullable(),
		asset_tag: z.string().nullable(),
		use_blueprint_routing: z.boolean(),
	})
	.partial()
	.strict();

/** Devices in Apple Business Manager, enrolled or waiting. */
export const adeDevices: Resource = (add, { state }) => {
	add('GET /api/v1/integrations/apple/ade/devices', (call) =>
		byPage(call, rows(state, filter(state, call))),
	);

	add('GET /api/v1/integrations/apple/ade/{ade_token_id}/devices', (call) => {
		const { id } = adeTokenOf(state, call);
		const found = [...state.adeDevices.values()].filter(({ token_id }) => token_id === id);
		return byPage(call, rows(state, found));
	});

	add('GET /api/v1/integrations/apple/ade/devices/{device_id}', (call) => {
		const device = adeDeviceOf(state, call);
		const record = rows(state, [device]).slice(0, 1)[0];
		return { ...record, blueprint: device.blueprint_id, user: device.user_id };
	});

	add('PATCH /api/v1/integrations/apple/ade/devices/{device_id}', (call) => {
		const device = adeDeviceOf(state, call);
		Object.assign(device, changed(state, device, json(call, patch)));
		return rows(state, [device]).slice(0, 1)[0];
	});
};

function adeDeviceOf(state: TenantState, call: Call): AdeDevice {
	const device = state.adeDevices.get(uuidParam(call, 'device_id'));
	if (!device) throw notFound();
	return device;
}

function changed(
	state: TenantState,
	device: AdeDevice,
	sent: z.output<typeof patch>,
): Partial<AdeDevice> {
	const routing = sent.use_blueprint_routing ?? (sent.blueprint_id ? false : undefined);
	const blueprint = routing ? null : (sent.blueprint_id ?? device.blueprint_id);
	if (sent.use_blueprint_routing && sent.blueprint_id) {
		throw fieldError('blueprint_id', 'Must be null with use_blueprint_routing.');
	}
	if (sent.blueprint_id === null && !sent.use_blueprint_routing) {
		throw fieldError('blueprint_id', 'This field may not be null.');
	}
	if (sent.blueprint_id) requireBlueprint(state, sent.blueprint_id);
	if (sent.user_id && !state.users.has(sent.user_id)) {
		throw fieldError('user_id', `Invalid pk "${sent.user_id}" - object does not exist.`);
	}
	return {
		blueprint_id: blueprint,
		use_blueprint_routing: routing ?? device.use_blueprint_routing,
		user_id: sent.user_id === undefined ? device.user_id : sent.user_id,
		asset_tag: sent.asset_tag === undefined ? device.asset_tag : sent.asset_tag,
	};
}

function filter(state: TenantState, { query }: Call): AdeDevice[] {
	const contains = (name: string, read: (device: AdeDevice) => string) => {
		const wanted = text(query, name)?.toLowerCase();
		return (device: AdeDevice) =>
			wanted === undefined || read(device).toLowerCase().includes(wanted);
	};
	const equals = (name: string, read: (device: AdeDevice) => string | null) => {
		const wanted = text(query, name);
		return (device: AdeDevice) => wanted === undefined || read(device) === wanted;
	};
	const tests = [
		contains('blueprint_id', (device) => device.blueprint_id ?? ''),
		contains('model', (device) => device.model),
		contains('serial_number', (device) => device.serial_number),
		equals('user_id', (device) => device.user_id),
		equals('dep_account', (device) => device.token_id),
		equals('device_family', (device) => device.device_family),
		equals('os', (device) => device.os),
		equals('profile_status', (device) => device.profile_status),
	];
	return [...state.adeDevices.values()].filter((device) => tests.every((test) => test(device)));
}

// What is shown of the enrolled device comes from the fleet as it is now.
function rows(state: TenantState, found: readonly AdeDevice[]): Rows<Record<string, unknown>> {
	return {
		length: found.length,
		slice(start, end) {
			const page = found.slice(start, end);
			const enrolled = new Map<string, Device | undefined>(
				page.map(({ serial_number }) => [serial_number, undefined]),
			);
			for (const device of state.devices.values()) {
				if (enrolled.has(device.serial_number)) enrolled.set(device.serial_number, device);
			}
			return page.map((device) => view(state, device, enrolled.get(device.serial_number)));
		},
	};
}

function view(
	state: TenantState,
	device: AdeDevice,
	enrolled: Device | undefined,
): Record<string, unknown> {
	const { token_id, ...record } = device;
	return {
		...record,
		mdm_device: enrolled
			? {
					id: enrolled.device_id,
					enrolled_at: zulu(parseDate(enrolled.last_enrollment)),
					name: enrolled.device_name,
					enrollment_status: 3,
					deferred_install: false,
					is_missing: enrolled.is_missing,
					is_removed: enrolled.is_removed,
				}
			: null,
		dep_account: { id: token_id, server_name: state.adeTokens.get(token_id)?.server_name ?? '' },
	};
}
