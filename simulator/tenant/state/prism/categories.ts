import { MAC_APPS, MOBILE_APPS } from '../apps';
import { DAY, offset, parseDate } from '../dates';
import { traits } from '../index';
import { isCellular } from '../models';
import type { Device } from '../types';
import { deviceInformation, rowRandom, type Category, type Row, type RowMaker } from './common';

const isApple = ({ platform }: Device) => platform !== 'Windows' && platform !== 'Android';
const onApple = (device: Device) => (isApple(device) ? 1 : 0);
const onMac =
	(rows = 1) =>
	({ platform }: Device) =>
		platform === 'Mac' ? rows : 0;

const category = (
	rowsOf: (device: Device) => number,
	row: RowMaker,
	exportable = true,
): Category => ({ rowsOf, row, exportable });

// Columns that the API names and that are empty on nearly every device.
const empty = (names: string): Row =>
	Object.fromEntries(names.split(' ').map((name) => [name, null]));

const NO_APP = empty(
	'bundle_size ad_hoc_code_signed app_store_vendable beta_app download_canceled download_failed download_paused download_waiting dynamic_size external_version_identifier has_update_available installing app_clip validated environment_variables compiler bundle_display_name info apple_scriptable',
);
const SLOT =
	'carrier_settings_version current_carrier_network current_mcc current_mnc eid iccid imei is_data_preferred is_roaming is_voice_preferred label label_id phone_number subscriber_carrier_network';
const NO_SLOTS = empty(
	[1, 2].flatMap((slot) => SLOT.split(' ').map((name) => `${name}_slot_${slot}`)).join(' '),
);
const NO_AGENT = empty(
	'program group_name user_name standard_out_path standard_error_path program_arguments watch_paths queue_directories start_on_mount root_directory working_directory process_type pid user_agent_local_user user_agent_local_user_id',
);

const activationLock: RowMaker = (state, device) => ({
	...deviceInformation(state, device, 0),
	activation_lock_supported: device.platform !== 'AppleTV',
	user_activation_lock_enabled: rowRandom(state, 'activation_lock', device, 0).chance(12),
	device_activation_lock_enabled: rowRandom(state, 'activation_lock', device, 1).chance(40),
	bypass_code_failed: false,
});

const applicationFirewall: RowMaker = (state, device) => ({
	status: rowRandom(state, 'application_firewall', device, 0).chance(70),
	block_all_incoming: false,
	logging: true,
	logging_option: 'throttled',
	stealth_mode: rowRandom(state, 'application_firewall', device, 1).chance(30),
	version: '1.7',
	allow_signed_applications: true,
	unloading: false,
});

const apps: RowMaker = (state, device, index) => {
	const list = device.platform === 'Mac' ? MAC_APPS : MOBILE_APPS;
	const app = list[index % list.length]!;
	const mac = device.platform === 'Mac';
	return {
		...NO_APP,
		path: mac ? `/Applications/${app.name}.app` : null,
		obtained_from: app.apple ? 'Apple' : 'Identified Developer',
		bundle_id: app.bundle,
		name: app.name,
		short_version: app.version.split('.')[0],
		signature: mac
			? `Developer ID Application: ${app.developer} (${app.team}), Apple Root CA`
			: null,
		device_based_vpp: mac ? null : true,
		version: rowRandom(state, 'apps', device, index).chance(85) ? app.version : '1.0',
		executable: app.name,
		bundle_name: app.name,
		bundle_type: 'APPL',
		bundle_region: 'en',
		minimum_system_version: mac ? '11.0' : null,
		category: 'public.app-category.productivity',
		copyright: `Copyright © ${app.developer}`,
		developer_name: app.developer,
		team_id: app.team || null,
	};
};

const cellular: RowMaker = (state, device) => {
	const imei = rowRandom(state, 'cellular', device, 0).text(15, '0123456789');
	return {
		...NO_SLOTS,
		cellular_technology: 'GSM and CDMA',
		data_roaming_enabled: false,
		voice_roaming_enabled: false,
		modem_firmware_version: '6.21.01',
		personal_hotspot_enabled: false,
		meid: imei.slice(0, 14),
		imei_slot_1: imei.replace(/^(..)(.{6})(.{6})(.)$/, '$1 $2 $3 $4'),
		slot_1: 'CTSubscriptionSlotOne',
		slot_2: null,
	};
};

const certificates: RowMaker = (_state, device, index) => ({
	common_name: ['com.apple.kerberos.kdc', 'com.apple.systemdefault', device.device_id][index % 3],
	identity_certificate: index % 3 !== 2,
});

const desktop: RowMaker = (state, device) => ({
	...deviceInformation(state, device, 0),
	screensaver_idle_time: rowRandom(state, 'desktop', device, 0).pick([300, 600, 1200]),
	ask_for_password: true,
});

const filevault: RowMaker = (state, device) => {
	const { filevault_enabled, filevault_escrowed } = traits(state, device);
	const on = filevault_enabled === true;
	return {
		status: on,
		key_type: on ? 'Personal' : null,
		key_escrowed: on && filevault_escrowed,
		regeneration_needed: on ? !filevault_escrowed : null,
		scheduled_key_rotation: on ? offset(state.clock.start + 30 * DAY) : null,
	};
};

const gatekeeper: RowMaker = () => ({
	gatekeeper_status: true,
	trusted_developers: true,
	gatekeeper_version: '8.0',
	gatekeeper_opaque_version: '94',
	xprotect_version: '5283',
	malware_removal_tool_version: '1.93',
});

const installedProfiles: RowMaker = (state, device, index) => {
	const random = rowRandom(state, 'installed_profiles', device, index);
	const name = index === 0 ? 'MDM Profile' : 'Wi-Fi';
	return {
		profile_display_name: name,
		payload_identifier: `com.kandji.profile.${index === 0 ? 'mdmprofile' : 'wifi'}`,
		payload_uuid: random.uuid(),
		removal_passcode: false,
		encrypted: false,
		managed: true,
		profile_description: null,
		organization: 'Kandji, Inc.',
		removable: false,
		signed: true,
		profile_data: [
			{
				type: index === 0 ? 'com.apple.mdm' : 'com.apple.wifi.managed',
				uuid: random.uuid(),
				version: 1,
				identifier: `com.kandji.payload.${index}`,
				display_name: name,
				organization: 'Kandji, Inc.',
			},
		],
	};
};

const kernelExtensions: RowMaker = () => ({
	path: '/Library/Extensions/ExampleDriver.kext',
	bundle_id: 'com.example.driver',
	name: 'ExampleDriver',
	version: '1.2.3',
	team_id: 'ABCDE12345',
	loaded: true,
});

const launchAgents: RowMaker = (_state, _device, index) => {
	const label = index === 0 ? 'com.microsoft.update.agent' : 'io.kandji.Kandji';
	return {
		...NO_AGENT,
		path: `/Library/LaunchAgents/${label}.plist`,
		file_name: `${label}.plist`,
		label,
		run_at_load: true,
		keep_alive: false,
		disabled: false,
		is_disabled: false,
		is_loaded: true,
		start_interval: 7200,
		domain: {
			system_agent: { loaded_users: [{ uid: 501, username: 'user' }], disabled_users: [] },
		},
		service_domain: 'System Agent',
	};
};

const localUsers: RowMaker = (state, device, index) => {
	const person = device.user ? device.user.email.split('@')[0]! : 'admin';
	const username = ['daemon', 'root', person][index]!;
	const real = index === 2;
	return {
		uid: [1, 0, 501][index],
		user_created_at: real ? offset(parseDate(device.last_enrollment)) : null,
		failed_logins: null,
		failed_login_time: null,
		logged_in_time: null,
		password_last_set: null,
		generated_uid: rowRandom(state, 'local_users', device, index).uuid().toUpperCase(),
		directory: '/Local/Default',
		home_directory: real ? `/Users/${username}` : '/var/root',
		shell: real ? '/bin/zsh' : '/usr/bin/false',
		type: real ? 'Administrator' : 'Standard',
		hidden_user: false,
		secure_token: real,
		filevault_user: real,
		volume_owner: real,
		full_name: device.user && real ? device.user.name : 'System Services',
		username,
		logged_in: real,
		mobile_account: false,
		home_folder_secure: real,
	};
};

const startup: RowMaker = (_state, device) => ({
	sip: true,
	ssv: true,
	bootstrap_token_auth: false,
	kext_requires_bst: true,
	software_update_requires_bst: true,
	bootstrap_token_escrowed: true,
	external_boot_level: 'allowed',
	secure_boot_level: device.model === 'Virtual Machine' ? 'none' : 'full',
	any_signed_os: null,
	mdm_manages_kext: null,
	user_manages_kext: null,
});

const systemExtensions: RowMaker = () => ({
	path: '/Library/SystemExtensions/io.kandji.KandjiAgent.ESF',
	identifier: 'io.kandji.KandjiAgent.ESF',
	state: 'activated_enabled',
	name: 'Kandji ESF Extension',
	short_version: '1.8.24',
	bundle_version: '779',
	categories: 'com.apple.system_extension.endpoint_security',
	bundle_path: '/Library/SystemExtensions/io.kandji.KandjiAgent.ESF',
	team_id: 'P3FGV63VK7',
	is_mdm_managed: true,
});

const transparency: RowMaker = (_state, device) => ({
	service: 'BluetoothAlways',
	application: 'com.okta.mobile',
	client_type: 'Bundle Identifier',
	status: 'Allowed',
	status_reason: 'User Consent',
	last_modified: offset(parseDate(device.last_enrollment)),
	local_user: device.user ? device.user.email.split('@')[0] : null,
});

/** The 16 categories; four of them cannot be exported. */
export const CATEGORIES: Record<string, Category> = {
	activation_lock: category(onApple, activationLock),
	application_firewall: category(onMac(), applicationFirewall, false),
	apps: category(
		({ platform }) =>
			platform === 'Mac'
				? MAC_APPS.length
				: platform === 'iPhone' || platform === 'iPad'
					? MOBILE_APPS.length
					: 0,
		apps,
	),
	cellular: category(
		(device) => (isApple(device) && isCellular(device.platform, device.model) ? 1 : 0),
		cellular,
		false,
	),
	certificates: category(onMac(3), certificates, false),
	desktop_and_screensaver: category(onMac(), desktop),
	device_information: category(onApple, deviceInformation),
	filevault: category(onMac(), filevault, false),
	gatekeeper_and_xprotect: category(onMac(), gatekeeper),
	installed_profiles: category((device) => onApple(device) * 2, installedProfiles),
	kernel_extensions: category(
		({ platform, os_version }) => (platform === 'Mac' && os_version.startsWith('10.') ? 1 : 0),
		kernelExtensions,
	),
	launch_agents_and_daemons: category(onMac(2), launchAgents),
	local_users: category(onMac(3), localUsers),
	startup_settings: category(onMac(), startup),
	system_extensions: category(onMac(), systemExtensions),
	transparency_database: category(onMac(), transparency),
};
