import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { outputMode } from '../../shared/fields/output';

const showOnlyForDeviceGetDetails = { resource: ['device'], operation: ['getDetails'] };

type Sections = Record<string, IDataObject | undefined>;

const first = (...values: unknown[]): IDataObject[string] =>
	(values.find((value) => value !== undefined && value !== null && value !== '') ??
		null) as IDataObject[string];

/** The API writes booleans as `true`, as "True" and as "Yes". */
const asBoolean = (value: unknown): boolean | null => {
	const text = String(value ?? '').toLowerCase();
	if (text === 'true' || text === 'yes') return true;
	return text === 'false' || text === 'no' ? false : null;
};

/**
 * The most useful details of a device, flattened. Sections and field names differ by platform, and any section can
 * be missing or empty. Missing values are null.
 */
export function simplifiedDetails(details: IDataObject): IDataObject {
	const {
		general = {},
		mdm = {},
		filevault = {},
		kandji_agent: agent = {},
		hardware_overview: overview = {},
		hardware = {},
		network = {},
		activation_lock: activationLock = {},
		lost_mode: lostMode = {},
	} = details as Sections;
	const assigned = general.assigned_user;
	const user = (typeof assigned === 'object' && assigned !== null ? assigned : {}) as IDataObject;
	return {
		device_id: first(general.device_id),
		device_name: first(general.device_name),
		serial_number: first(
			overview.serial_number,
			overview.smbios_serial_number,
			hardware.serial_number,
			general.serial_number,
		),
		platform: first(general.platform),
		model: first(general.model, general.device_model),
		os_version: first(general.os_version),
		os_name: first(general.os_name, general.system_version),
		user_name: first(user.name),
		user_email: first(user.email),
		blueprint_name: first(general.blueprint_name),
		asset_tag: first(general.asset_tag),
		last_check_in: first(agent.last_check_in, agent.last_check_in_datetime, mdm.last_check_in),
		last_enrollment: first(general.last_enrollment),
		agent_version: first(agent.agent_version, agent.version),
		supervised: asBoolean(mdm.supervised),
		filevault_enabled: asBoolean(filevault.filevault_enabled),
		filevault_key_escrowed: asBoolean(filevault.filevault_prk_escrowed),
		activation_lock_enabled: asBoolean(activationLock.device_activation_lock_enabled),
		lost_mode_status: first(lostMode.lost_mode_status),
		host_name: first(network.local_hostname, network.dns_computer_name),
		mac_address: first(network.mac_address, network.wifi_mac_address, hardware.wifi_mac_address),
		ip_address: first(network.ip_address, network.wifi_ipv4_address),
		public_ip: first(network.public_ip),
		tags: (details.tags ?? []) as IDataObject[string],
	};
}

export const deviceGetDetailsDescription: INodeProperties[] = outputMode(
	showOnlyForDeviceGetDetails,
	simplifiedDetails,
	'general.device_id',
);
