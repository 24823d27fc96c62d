import { DAY, HOUR, parseDate, spaced, spacedSeconds, zulu } from '../dates';
import { traits, type TenantState } from '../index';
import { isCellular, MODELS } from '../models';
import { randomFor } from '../random';
import type { Device } from '../types';

type Section = Record<string, unknown>;

/** Details of a Mac, iPhone, iPad or Apple TV. Apple TVs have fewer sections, and more that are empty. */
export function appleDetails(state: TenantState, device: Device): Section {
	const tv = device.platform === 'AppleTV';
	return {
		general: general(device),
		mdm: mdm(state, device),
		activation_lock: activationLock(state, device),
		filevault: filevault(state, device),
		...(tv ? {} : { lost_mode: state.lostMode.get(device.device_id) ?? {} }),
		automated_device_enrollment: enrollment(state, device),
		kandji_agent: agent(device),
		hardware_overview: hardware(state, device),
		volumes: volumes(state, device),
		network: network(state, device),
		recovery_information: recovery(state, device),
		users: users(device),
		installed_profiles: device.platform === 'Mac' ? profiles(state, device) : [],
		apple_business_manager: businessManager(state, device),
		security_information: {
			remote_desktop_enabled:
				device.platform === 'Mac' ? (state.remoteDesktop.get(device.device_id) ?? false) : null,
		},
		...(device.platform === 'iPhone' || device.platform === 'iPad'
			? { cellular: cellular(device) }
			: {}),
		tags: device.tags,
	};
}

function general(device: Device): Section {
	const mac = device.platform === 'Mac';
	return {
		device_id: device.device_id,
		device_name: device.device_name,
		last_enrollment: device.last_enrollment,
		first_enrollment: device.first_enrollment,
		model: device.model,
		platform: device.platform,
		os_version: device.os_version,
		supplemental_build_version: device.supplemental_build_version,
		supplemental_os_version_extra: device.supplemental_os_version_extra,
		system_version: mac ? `${device.os_version} (${device.supplemental_build_version})` : '',
		boot_volume: mac ? 'Macintosh HD' : '',
		time_since_boot: mac ? '1 month ago' : '',
		last_user: mac ? accountOf(device) : '',
		asset_tag: device.asset_tag,
		assigned_user: device.user,
		blueprint_name: device.blueprint_name,
		blueprint_uuid: device.blueprint_id,
	};
}

/** The local account on a Mac: the local part of its owner's email. */
function accountOf(device: Device): string {
	return device.user ? device.user.email.split('@')[0]! : 'admin';
}

function mdm(state: TenantState, device: Device): Section {
	const tv = device.platform === 'AppleTV';
	return {
		mdm_enabled: device.mdm_enabled ? 'True' : 'False',
		...(tv ? {} : { supervised: traits(state, device).supervised ? 'True' : 'False' }),
		install_date: device.last_enrollment,
		last_check_in:
			device.last_check_in === '' ? '' : spaced(parseDate(device.last_check_in) - HOUR),
		mdm_enabled_user: device.platform === 'Mac' ? [accountOf(device)] : [],
	};
}

function activationLock(state: TenantState, device: Device): Section {
	const tv = device.platform === 'AppleTV';
	const random = randomFor(state.seed, `activation lock ${device.device_id}`);
	return {
		bypass_code_failed: false,
		user_activation_lock_enabled: tv ? null : random.chance(12),
		device_activation_lock_enabled: !tv && random.chance(40),
		activation_lock_allowed_while_supervised: tv ? null : false,
		activation_lock_supported: !tv,
	};
}

function filevault(state: TenantState, device: Device): Section {
	const { filevault_enabled, filevault_escrowed } = traits(state, device);
	const on = filevault_enabled === true;
	return {
		filevault_enabled,
		filevault_recoverykey_type: on ? 'Personal' : '',
		filevault_prk_escrowed: on && filevault_escrowed,
		filevault_next_rotation: on ? spaced(state.clock.start + 30 * DAY) : '',
		filevault_regen_required: on && !filevault_escrowed,
	};
}

function enrollment(state: TenantState, device: Device): Section {
	const { supervised } = traits(state, device);
	return supervised && device.platform !== 'AppleTV'
		? { auto_enroll_eligible: true, auto_enrolled: true }
		: {};
}

function agent(device: Device): Section {
	return {
		agent_installed: device.agent_installed ? 'True' : 'False',
		install_date: device.agent_installed ? spacedSeconds(parseDate(device.last_enrollment)) : '',
		last_check_in: device.last_check_in,
		agent_version: device.agent_version,
	};
}

function hardware(state: TenantState, device: Device): Section {
	const model = MODELS[device.platform].find(({ name }) => name === device.model);
	const { udid } = traits(state, device);
	const identity = {
		serial_number: device.serial_number,
		model_identifier: model?.identifier ?? device.model,
	};
	if (device.platform !== 'Mac') return { uuid: udid, ...identity };
	return {
		model_name: model?.short ?? device.model,
		processor_name: model?.chip ?? '',
		processor_speed: '',
		number_of_processors: '8',
		total_number_of_cores: '8',
		memory: '16 GB LPDDR5',
		udid,
		...identity,
	};
}

function volumes(state: TenantState, device: Device): Section[] {
	if (device.platform === 'AppleTV') return [];
	const { capacity, used, filevault_enabled } = traits(state, device);
	const size = {
		percent_used: `${used}%`,
		capacity: `${capacity}.0 GB`,
		available: `${((capacity * (100 - used)) / 100).toFixed(2)} GB`,
	};
	if (device.platform !== 'Mac') {
		return [{ name: '', format: '', identifier: '', encrypted: '', ...size }];
	}
	const encrypted = filevault_enabled ? 'Yes' : 'No';
	return [
		{ name: 'Macintosh HD', format: 'APFS', identifier: 'disk3s3s1', encrypted: 'No', ...size },
		{ name: 'Macintosh HD - Data', format: 'APFS', identifier: 'disk3s1', encrypted, ...size },
	];
}

function network(state: TenantState, device: Device): Section {
	const { mac_address, local_ip, public_ip, supervised } = traits(state, device);
	if (device.platform === 'AppleTV' || (device.platform !== 'Mac' && !supervised)) return {};
	const mac = device.platform === 'Mac';
	return {
		local_hostname: mac ? device.device_name.replace(/[^A-Za-z0-9]+/g, '-') : '',
		mac_address,
		ip_address: local_ip,
		public_ip: mac ? public_ip : '',
	};
}

function recovery(state: TenantState, device: Device): Section {
	const mac = device.platform === 'Mac';
	return {
		recovery_lock_enabled: mac,
		firmware_password_exist: false,
		firmware_password_pending: false,
		password_rotation_scheduled: mac ? zulu(state.clock.start + 45 * DAY) : null,
		...(device.platform === 'AppleTV' ? {} : { password_has_been_set: mac }),
	};
}

function users(device: Device): Section {
	if (device.platform !== 'Mac') return { regular_users: [], system_users: [] };
	const username = accountOf(device);
	return {
		regular_users: [
			{
				username,
				uid: '501',
				path: `/Users/${username}`,
				admin: 'Yes',
				name: device.user ? device.user.name : '',
			},
		],
		system_users: [{ username: '_lp', uid: '26', path: '/var/spool/cups', admin: 'No' }],
	};
}

function profiles(state: TenantState, device: Device): Section[] {
	return [
		{
			name: 'MDM Profile',
			uuid: randomFor(state.seed, `profile ${device.device_id}`).uuid(),
			verified: 'verified',
			identifier: 'com.kandji.profile.mdmprofile',
			organization: 'Kandji, Inc.',
			payload_types: ['com.apple.mdm', 'com.apple.security.scep'],
			install_date: device.last_enrollment.replace(/\.\d+\+00:00$/, ' +0000'),
		},
	];
}

function businessManager(state: TenantState, device: Device): Section {
	const { supervised, capacity } = traits(state, device);
	if (!supervised || device.platform === 'AppleTV') return {};
	return {
		model: device.model.split(' (')[0],
		color: 'SILVER',
		description: `${device.platform.toUpperCase()} ${capacity}GB SILVER-USA`,
		serial_number: device.serial_number,
		device_family: device.platform,
		os: device.platform === 'Mac' ? 'OSX' : device.platform === 'iPad' ? 'iPadOS' : 'iOS',
		device_assigned_date: spacedSeconds(parseDate(device.first_enrollment) - 30 * DAY),
		device_assigned_by: 'admin@acme.example',
	};
}

function cellular(device: Device): Section {
	const modem = isCellular(device.platform, device.model);
	return {
		voice_roaming: false,
		data_roaming: false,
		cellular_technology: modem ? 3 : 0,
		subscriptions: modem ? [{ slot: 'CTSubscriptionSlotOne', phone_number: '' }] : null,
	};
}
