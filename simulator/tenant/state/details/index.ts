import { traits, type TenantState } from '../index';
import type { Device } from '../types';
import { appleDetails } from './apple';

/** `GET /devices/{id}/details`: another shape for Apple's platforms, for Windows and for Android. */
export function detailsOf(state: TenantState, device: Device): Record<string, unknown> {
	if (device.platform === 'Windows') return windowsDetails(state, device);
	if (device.platform === 'Android') return androidDetails(state, device);
	return appleDetails(state, device);
}

function common(device: Device): Record<string, unknown> {
	return {
		device_id: device.device_id,
		device_name: device.device_name,
		platform: device.platform,
		first_enrollment: device.first_enrollment,
		last_enrollment: device.last_enrollment,
		assigned_user: device.user || null,
		blueprint_name: device.blueprint_name,
		blueprint_uuid: device.blueprint_id,
		asset_tag: device.asset_tag,
	};
}

function windowsDetails(state: TenantState, device: Device): Record<string, unknown> {
	const { udid, local_ip, capacity, used } = traits(state, device);
	const [, , build = '', revision = ''] = device.full_software_version.split('.');
	return {
		general: {
			...common(device),
			manufacturer: device.model.startsWith('Surface') ? 'Microsoft Corporation' : 'Dell Inc.',
			device_model: device.model,
			device_type: device.model,
			os_name: 'Windows 11',
			os_version: device.full_software_version,
			os_build: `${build}.${revision}`,
			os_edition: 'Professional',
			update_build_revision: revision,
			language: 'en-US',
		},
		mdm: {
			management_client_revision: '1.3',
			windows_device_id: udid.replace(/-/g, '').toUpperCase(),
		},
		hardware_overview: {
			bios_version: '19.104.143',
			commercialization_operator: 'Not Present',
			free_capacity: String(Math.round(capacity * (100 - used) * 10)),
			processor_architecture: 'X64',
			radio_software_version: 'Not Present',
			smbios_serial_number: device.serial_number,
			total_ram: '16384',
			total_capacity: String(capacity * 1000),
		},
		network: {
			dns_computer_name: device.device_name.replace(/[^A-Za-z0-9]+/g, '').slice(0, 15),
			iccid: '',
			volte_service_setting: 'False',
			wifi_dns_suffix: 'acme.example',
			wifi_ipv4_address: local_ip || '10.10.0.2',
			wifi_ipv6_address: 'fd7c:3a1b:9f42:8d27:6be2:4c19:ab7d:e530/64',
			wifi_subnet_mask: '255.255.255.0',
		},
		kandji_agent: {
			is_agent_installed: device.agent_installed,
			install_date: device.last_enrollment,
			last_check_in_datetime: device.last_check_in,
			version: device.agent_version,
		},
		tags: device.tags,
	};
}

function androidDetails(state: TenantState, device: Device): Record<string, unknown> {
	const { company_owned, mac_address, capacity, used, udid } = traits(state, device);
	return {
		general: {
			...common(device),
			manufacturer: device.model.startsWith('Pixel') ? 'Google' : 'Samsung',
			model_name: device.model,
			serial_number: device.serial_number,
			os_version: device.os_version,
			os_build: device.supplemental_build_version,
			api_level: device.api_level,
			security_patch_level: device.security_patch_level,
			enterprise_id: 'LC0187acme',
			enterprise_device_id: udid.slice(0, 16).replace('-', ''),
		},
		hardware: {
			available_capacity: ((capacity * (100 - used)) / 100).toFixed(2),
			total_capacity: String(capacity),
			total_ram: '11.28',
			wifi_mac_address: mac_address,
		},
		management: {
			management_mode: company_owned ? 'DEVICE_OWNER' : 'PROFILE_OWNER',
			ownership: company_owned ? 'COMPANY_OWNED' : 'PERSONALLY_OWNED',
		},
		cellular: { imei: '355624192947256', meid: '' },
		security: {
			android_debug_bridge_enabled: null,
			device_posture: 'SECURE',
			developer_mode_enabled: null,
			encryption_status: 'ACTIVE_PER_USER',
			has_google_play_protect: true,
			has_passcode: true,
			is_encrypted: true,
			unknown_app_sources_enabled: null,
		},
		tags: device.tags,
	};
}
