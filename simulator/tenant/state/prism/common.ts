import { HOUR, offset, parseDate, toOffset } from '../dates';
import { MODELS, RELEASES } from '../models';
import { randomFor } from '../random';
import { traits, type TenantState } from '../index';
import type { Device } from '../types';

/** A Prism row: flat, keys as in the API's answers. */
export type Row = Record<string, unknown>;

/** Makes row number `index` of a device; it depends on nothing but the seed and the device. */
export type RowMaker = (state: TenantState, device: Device, index: number) => Row;

/** A Prism category: how many rows a device has, and their columns in addition to the common ones. */
export interface Category {
	rowsOf(device: Device): number;
	row: RowMaker;
	exportable: boolean;
}

/** The columns that every category has. */
export function commonColumns(device: Device): Row {
	const user = device.user || null;
	const seen = toOffset(device.last_check_in || device.last_enrollment);
	return {
		device_id: device.device_id,
		device__name: device.device_name,
		device__family: device.platform,
		device__user_id: user?.id ?? '',
		device__user_name: user?.name ?? null,
		device__user_email: user?.email ?? null,
		blueprint_id: device.blueprint_id,
		blueprint_name: device.blueprint_name,
		tags: device.tags.length > 0 ? device.tags.join(',') : null,
		asset_tag: device.asset_tag,
		serial_number: device.serial_number,
		model_id: MODELS[device.platform].find(({ name }) => name === device.model)?.identifier ?? null,
		count: null,
		created_at: toOffset(device.first_enrollment),
		updated_at: seen,
		last_changed_at: null,
		last_collected_at: seen,
	};
}

/** The columns of the device information category. */
export const deviceInformation: RowMaker = (state, device) => {
	const mac = device.platform === 'Mac';
	const { capacity } = traits(state, device);
	const checkIn = device.last_check_in === '' ? null : toOffset(device.last_check_in);
	const [, release] =
		RELEASES[device.platform].find(([, { version }]) => version === device.os_version) ?? [];
	return {
		device_capacity: capacity,
		host_name: mac ? device.device_name : null,
		local_hostname: mac ? device.device_name.replace(/[^A-Za-z0-9]+/g, '-') : null,
		apple_silicon: mac ? !device.model.includes('2019') : null,
		model: device.model.split(' (')[0],
		model_name: device.model,
		model_identifier: null,
		shared_ipad: device.platform === 'iPad' ? false : null,
		cellular_technology: mac ? null : 'None',
		data_roaming: mac ? null : false,
		hotspot: null,
		first_enrollment_date: toOffset(device.first_enrollment),
		last_enrollment_date: toOffset(device.last_enrollment),
		agent_version: device.agent_version || null,
		mdm_enabled: device.mdm_enabled,
		agent_installed: device.agent_installed,
		os_version: device.os_version,
		os_name: null,
		os_build: device.supplemental_build_version,
		marketing_name: release?.marketing ?? null,
		supplemental_build_version: device.supplemental_build_version,
		supplemental_os_version_extra: device.supplemental_os_version_extra || null,
		display_os_version: `${device.os_version}${release?.extra ? ` ${release.extra}` : ''}`,
		last_checkin: checkIn,
		last_checkin_agent: mac ? checkIn : null,
		last_checkin_mdm: checkIn === null ? null : offset(parseDate(checkIn) - HOUR),
		battery_health: null,
		lost_mode_status: device.lost_mode_status || null,
	};
};

/** A random source for one row. */
export const rowRandom = (state: TenantState, category: string, device: Device, index: number) =>
	randomFor(state.seed, `${category} ${device.device_id} ${index}`);
