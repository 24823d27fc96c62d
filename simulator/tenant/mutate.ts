import { enroll } from './churn';
import type { Core } from './core';
import type { TenantState } from './state';
import { recordAudit, type AuditInput } from './state/audit';
import type { CommandRule } from './state/commands';
import { spaced, zulu } from './state/dates';
import type { ExportRules } from './state/exports';
import { recordRouting } from './state/routing';
import {
	createDetection,
	createThreat,
	recordFeed,
	type BehavioralDetection,
	type Threat,
} from './state/threats';
import type { Traits } from './state/traits';
import type { Device } from './state/types';
import type { UploadRules } from './state/uploads';
import { recordVulnerabilityDetection, type VulnerabilityDetection } from './state/vulnerabilities';

/** A device by its id or its serial number. */
export interface DeviceRef {
	device_id?: string;
	serial_number?: string;
}

/** What can be done to the tenant from outside the API: by administrators, devices, and tests. */
export type Mutation =
	| { op: 'addDevice'; fields?: Partial<Device>; count?: number }
	| ({ op: 'updateDevice'; fields: Partial<Device> } & DeviceRef)
	| ({ op: 'setTraits'; traits: Partial<Traits> } & DeviceRef)
	/** Prism has no rows of the device. */
	| ({ op: 'loseInventory' } & DeviceRef)
	| ({ op: 'removeDevice' } & DeviceRef)
	/** The device enrols again: wiped or not, it gets a new `last_enrollment` and is managed. */
	| ({ op: 'reEnroll' } & DeviceRef)
	| ({ op: 'checkIn' } & DeviceRef)
	/** Someone typed the PIN. */
	| ({ op: 'unlock' } & DeviceRef)
	| { op: 'addAuditEvent'; event: AuditInput }
	/** Found now, on this device or on any Mac. */
	| ({ op: 'addThreat'; fields?: Partial<Threat> } & DeviceRef)
	| ({ op: 'addBehavioralDetection'; fields?: Partial<BehavioralDetection> } & DeviceRef)
	| ({ op: 'addVulnerabilityDetection'; fields?: Partial<VulnerabilityDetection> } & DeviceRef)
	| { op: 'addRoutingActivity'; activity: Parameters<typeof recordRouting>[1] }
	/** The first rule that matches a new command decides how it ends. `rules: []` removes all. */
	| { op: 'commandRules'; rules: CommandRule[] }
	/** Applies to uploads reserved from now on. */
	| { op: 'uploadRules'; rules: Partial<UploadRules> }
	/** Applies to exports requested from now on. */
	| { op: 'exportRules'; rules: Partial<ExportRules> }
	| { op: 'revokeToken' }
	| { op: 'restoreToken' }
	/** `operation` is "METHOD /path/{template}". */
	| { op: 'permission'; operation: string; allowed: boolean };

/**
 * Applies a mutation and returns what it made or changed.
 * @throws Error when it names a device that does not exist, or is no known operation
 */
export function mutate(core: Core, mutation: Mutation): unknown {
	const { state } = core;
	const time = state.clock.now();
	switch (mutation.op) {
		case 'addDevice':
			return enroll(state, mutation.count ?? 1, {
				last_check_in: zulu(time),
				first_enrollment: spaced(time),
				last_enrollment: spaced(time),
				is_missing: false,
				is_removed: false,
				mdm_enabled: true,
				...mutation.fields,
			});
		case 'updateDevice':
			return Object.assign(find(state, mutation), mutation.fields);
		case 'setTraits': {
			const { device_id } = find(state, mutation);
			state.traits.set(device_id, { ...state.traits.get(device_id), ...mutation.traits });
			return state.traits.get(device_id);
		}
		case 'loseInventory': {
			const device = find(state, mutation);
			state.uncollected.add(device.device_id);
			return device;
		}
		case 'removeDevice': {
			const device = find(state, mutation);
			state.devices.delete(device.device_id);
			return device;
		}
		case 'reEnroll':
			return Object.assign(find(state, mutation), {
				last_enrollment: spaced(time),
				last_check_in: zulu(time),
				mdm_enabled: true,
				is_missing: false,
				is_removed: false,
			});
		case 'checkIn':
			return Object.assign(find(state, mutation), { last_check_in: zulu(time), is_missing: false });
		case 'unlock': {
			const device = find(state, mutation);
			state.locks.delete(device.device_id);
			return device;
		}
		case 'addAuditEvent':
			return recordAudit(state, mutation.event);
		case 'addThreat':
			return recordFeed(state, state.threats, createThreat, target(state, mutation));
		case 'addBehavioralDetection':
			return recordFeed(
				state,
				state.behavioralDetections,
				createDetection,
				target(state, mutation),
			);
		case 'addVulnerabilityDetection':
			return recordVulnerabilityDetection(state, target(state, mutation));
		case 'addRoutingActivity':
			return recordRouting(state, mutation.activity);
		case 'uploadRules':
			return Object.assign(state.uploadRules, mutation.rules);
		case 'exportRules':
			return Object.assign(state.exportRules, mutation.rules);
		case 'commandRules':
			state.commandRules = mutation.rules;
			return mutation.rules;
		case 'revokeToken':
			core.tokenRevoked = true;
			return {};
		case 'restoreToken':
			core.tokenRevoked = false;
			return {};
		case 'permission':
			core.permissions.set(mutation.operation, mutation.allowed);
			return {};
		default:
			throw new Error(`Unknown mutation: ${JSON.stringify(mutation)}`);
	}
}

function target<T>(
	state: TenantState,
	{ fields, ...ref }: { fields?: Partial<T> } & DeviceRef,
): { device?: Device; fields?: Partial<T> } {
	const isNamed = ref.device_id !== undefined || ref.serial_number !== undefined;
	return { device: isNamed ? find(state, ref) : undefined, fields };
}

function find(state: TenantState, { device_id, serial_number }: DeviceRef): Device {
	const device = device_id
		? state.devices.get(device_id)
		: [...state.devices.values()].find((candidate) => candidate.serial_number === serial_number);
	if (!device) throw new Error(`No device ${device_id ?? serial_number}`);
	return device;
}
