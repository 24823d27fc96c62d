import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { outputMode } from '../../shared/fields/output';
import { firstOf, sectionOf } from '../../shared/fields/pick';

const showOnlyForDeviceGetDetails = { resource: ['device'], operation: ['getDetails'] };

/** What a person wants to read of a device's details, and its ID. */
const usualFields = [
	'device_name',
	'serial_number',
	'platform',
	'model',
	'os_version',
	'user_email',
	'blueprint_name',
	'last_check_in',
	'filevault_enabled',
	'mac_address',
	'device_id',
];

/** Operating systems by platform, as only Windows' details name theirs. */
const osNames: Record<string, string> = {
	Android: 'Android',
	AppleTV: 'tvOS',
	Mac: 'macOS',
	Windows: 'Windows',
	iPad: 'iPadOS',
	iPhone: 'iOS',
};

/** The API writes booleans as `true`, as "True" and as "Yes". */
const asBoolean = (value: unknown): boolean | null => {
	const text = String(value ?? '').toLowerCase();
	if (text === 'true' || text === 'yes') return true;
	return text === 'false' || text === 'no' ? false : null;
};

/**
 * The most useful details of a device, flattened. Sections and field names differ by platform, and any section can
 * be missing, null or empty.
 *
 * @param ids the IDs of the request, since a record may lack its own
 */
export function simplifiedDetails(details: IDataObject, ids: IDataObject): IDataObject {
	const section = (name: string) => sectionOf(details, name);
	const general = section('general');
	const mdm = section('mdm');
	const agent = section('kandji_agent');
	const overview = section('hardware_overview');
	const hardware = section('hardware');
	const network = section('network');
	const fileVault = section('filevault');
	const activationLock = section('activation_lock');
	const user = sectionOf(general, 'assigned_user');
	return {
		device_name: general.device_name,
		serial_number: firstOf(
			overview.serial_number,
			overview.smbios_serial_number,
			hardware.serial_number,
			general.serial_number,
		),
		platform: general.platform,
		model: firstOf(
			general.model,
			general.device_model,
			general.model_name,
			overview.model_name,
			hardware.model_name,
		),
		os_version: general.os_version,
		user_email: user.email,
		blueprint_name: general.blueprint_name,
		last_check_in: firstOf(agent.last_check_in, agent.last_check_in_datetime, mdm.last_check_in),
		filevault_enabled: asBoolean(fileVault.filevault_enabled),
		mac_address: firstOf(network.mac_address, network.wifi_mac_address, hardware.wifi_mac_address),
		device_id: firstOf(general.device_id, ids.device_id),
		os_name: firstOf(general.os_name, osNames[String(general.platform)]),
		user_id: user.id,
		user_name: user.name,
		blueprint_id: general.blueprint_uuid,
		asset_tag: general.asset_tag,
		last_enrollment: general.last_enrollment,
		agent_version: firstOf(agent.agent_version, agent.version),
		supervised: asBoolean(mdm.supervised),
		filevault_key_escrowed: asBoolean(fileVault.filevault_prk_escrowed),
		user_activation_lock_enabled: asBoolean(activationLock.user_activation_lock_enabled),
		device_activation_lock_enabled: asBoolean(activationLock.device_activation_lock_enabled),
		lost_mode_status: section('lost_mode').lost_mode_status,
		host_name: firstOf(network.local_hostname, network.dns_computer_name),
		ip_address: firstOf(network.ip_address, network.wifi_ipv4_address),
		public_ip: network.public_ip,
		tags: Array.isArray(details.tags) ? details.tags : [],
	};
}

export const deviceGetDetailsDescription: INodeProperties[] = outputMode(
	showOnlyForDeviceGetDetails,
	simplifiedDetails,
	'general.device_id',
	usualFields,
);
