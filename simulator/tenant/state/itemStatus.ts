import { itemsOf } from './blueprints';
import { DAY, zuluSeconds } from './dates';
import type { TenantState } from './index';
import { findItem, type LibraryItem } from './library';
import { hash, randomFor } from './random';
import type { Blueprint, Device } from './types';

type Row = Record<string, unknown>;

const PROFILE_STATUS = [
	[85, 'success'],
	[10, 'pending'],
	[5, 'failed'],
] as const;
const APP_STATUS = [
	[70, 'PASS'],
	[6, 'ERROR'],
	[8, 'PENDING'],
	[4, 'AVAILABLE'],
	[3, 'CACHED'],
	[2, 'DOWNLOADING'],
	[2, 'INSTALLING'],
	[3, 'EXCLUDED'],
	[1, 'CHANGE_PENDING'],
	[1, 'INCOMPATIBLE'],
] as const;

const isProfile = (type: string) => ['profile', 'wifi', 'filevault'].includes(type);

/** The status of a library item on a device; `state.itemStatus` overrides it by "deviceId itemId". */
export function itemStatus(state: TenantState, device: Device, item: LibraryItem): string {
	const key = `${device.device_id} ${item.id}`;
	const override = state.itemStatus.get(key);
	if (override) return override;
	const random = randomFor(state.seed, `status ${key}`);
	if (isProfile(item.type)) return random.weighted(PROFILE_STATUS);
	return device.platform === 'Mac' ? random.weighted(APP_STATUS) : 'INCOMPATIBLE';
}

/** A status record as a library item's list of devices shows it. */
export function statusRecord(state: TenantState, device: Device, item: LibraryItem): Row {
	const status = itemStatus(state, device, item);
	const waiting = ['PENDING', 'pending'].includes(status);
	const random = randomFor(state.seed, `report ${device.device_id} ${item.id}`);
	const reported = zuluSeconds(state.clock.start - random.int(60_000, 20 * DAY));
	return {
		id: hash(`${device.device_id} ${item.id}`) % 10_000_000,
		blueprint: { id: device.blueprint_id, name: device.blueprint_name },
		computer: { id: device.device_id, name: device.device_name },
		status,
		reported_at: waiting ? null : reported,
		log: waiting ? null : `Installing ${item.name}\nExit code: ${status === 'ERROR' ? 1 : 0}`,
		last_audit_run: waiting || isProfile(item.type) ? null : reported,
		last_audit_log:
			status === 'ERROR' ? 'Executing audit script...\nScript exited with non-zero status.' : null,
		control_log: null,
		control_reported_at: null,
		...(item.type === 'threat-security-policy' ? edr(item, status) : {}),
	};
}

function edr(item: LibraryItem, status: string): Row {
	const on = status === 'PASS';
	return {
		edr_status: on
			? {
					status: 'enabled',
					malware_posture: 'Protect',
					pup_posture: 'Protect',
					last_baseline_scan: 'Feb 27, 2024 at 7:34:21 AM',
					next_baseline_scan: 'Mar 26, 2024 at 5:48:10 AM',
					baseline_scan_runtime: 'Checked 339,254 files in 3 minutes, 41 seconds.',
				}
			: null,
		type: item.type,
	};
}

/** The library items of a device, as its own list shows them. */
export function deviceItems(state: TenantState, device: Device): Row[] {
	const blueprint = state.blueprints.get(device.blueprint_id);
	if (!blueprint) return [];
	return itemsOf(blueprint).flatMap((id) => {
		const item = findItem(state.library, id);
		if (!item) return [];
		return {
			...statusRecord(state, device, item),
			item_id: item.id,
			name: item.name,
			type: item.type,
			rules_present: false,
		};
	});
}

/** The devices that a library item reaches through its blueprints. */
export function devicesWith(state: TenantState, id: string): Device[] {
	const blueprints = new Set(
		[...state.blueprints.values()]
			.filter((blueprint: Blueprint) => itemsOf(blueprint).includes(id))
			.map((blueprint) => blueprint.id),
	);
	return state.devices.list('device_id').filter(({ blueprint_id }) => blueprints.has(blueprint_id));
}

const PARAMETERS = [
	['1e4be748-e072-4c1f-b1ff-a98f076b8e8e', 'Disable the "root" user', 'User Accounts'],
	['0264078c-4555-4b7a-bd90-888eae867830', 'Disable guest account', 'User Accounts'],
	['3d81acd3-8d3d-4941-a88e-6b8b9147cc6a', 'Set screen saver corners', 'Screen Saver'],
	['2107e444-9421-4ec8-a7d0-67ac23ed555c', 'Review world-writable folders', 'File System'],
] as const;

/** The parameters of a Mac; other platforms have none. */
export function deviceParameters(state: TenantState, device: Device): Row[] {
	if (device.platform !== 'Mac') return [];
	return PARAMETERS.map(([item_id, name, subcategory]) => ({
		status: randomFor(state.seed, `${device.device_id} ${item_id}`).weighted([
			[70, 'PASS'],
			[8, 'ERROR'],
			[8, 'PENDING'],
			[8, 'REMEDIATED'],
			[4, 'WARNING'],
			[2, 'INCOMPATIBLE'],
		]),
		item_id,
		name,
		category: 'User Accounts & Authentication',
		subcategory,
	}));
}
