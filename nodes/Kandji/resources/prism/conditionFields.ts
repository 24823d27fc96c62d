import type { ILoadOptionsFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { ConditionFields } from '../../shared/fields/conditions';
import { conditionFields, fieldOptions } from '../../shared/fields/conditions';

/** What every record tells of its device and of itself. */
const common = conditionFields({
	date: 'created_at last_changed_at last_collected_at updated_at',
	text: 'asset_tag blueprint_id blueprint_name device__family device__name device__user_email device__user_id device__user_name device_id model_id serial_number tags',
});

const slot = (number: 1 | 2): string =>
	'current_carrier_network current_mcc current_mnc eid iccid imei label label_id phone_number subscriber_carrier_network'
		.split(' ')
		.map((name) => `${name}_slot_${number}`)
		.join(' ');

/** Columns of the device, which several categories repeat. */
const device = conditionFields({
	boolean: 'agent_installed apple_silicon data_roaming hotspot mdm_enabled shared_ipad',
	date: 'first_enrollment_date last_checkin last_checkin_agent last_checkin_mdm last_enrollment_date',
	number: 'device_capacity',
	text: 'battery_health cellular_technology host_name local_hostname lost_mode_status marketing_name model model_name os_build supplemental_build_version supplemental_os_version_extra',
	version: 'agent_version display_os_version os_version',
});

/** The fields of each category besides the common ones, from the documented records; of Kernel Extensions there are none. */
const ofCategory: Record<string, ConditionFields> = {
	activation_lock: device,
	application_firewall: conditionFields({
		boolean: 'allow_signed_applications block_all_incoming logging status stealth_mode unloading',
		text: 'logging_option',
		version: 'version',
	}),
	apps: conditionFields({
		boolean:
			'ad_hoc_code_signed app_clip app_store_vendable apple_scriptable beta_app device_based_vpp download_canceled download_failed download_paused download_waiting has_update_available installing validated',
		number: 'bundle_size dynamic_size external_version_identifier',
		text: 'bundle_display_name bundle_id bundle_name bundle_region bundle_type category compiler copyright developer_name executable info name obtained_from path signature team_id',
		version: 'minimum_system_version short_version version',
	}),
	cellular: conditionFields({
		boolean:
			'data_roaming_enabled is_data_preferred_slot_1 is_data_preferred_slot_2 is_roaming_slot_1 is_roaming_slot_2 is_voice_preferred_slot_1 is_voice_preferred_slot_2 personal_hotspot_enabled voice_roaming_enabled',
		text: `cellular_technology meid slot_1 slot_2 ${slot(1)} ${slot(2)}`,
		version:
			'carrier_settings_version_slot_1 carrier_settings_version_slot_2 modem_firmware_version',
	}),
	certificates: conditionFields({ boolean: 'identity_certificate', text: 'common_name' }),
	desktop_and_screensaver: device,
	device_information: { ...device, ...conditionFields({ text: 'model_identifier os_name' }) },
	filevault: conditionFields({
		boolean: 'key_escrowed regeneration_needed status',
		date: 'scheduled_key_rotation',
		text: 'key_type',
	}),
	gatekeeper_and_xprotect: conditionFields({
		boolean: 'gatekeeper_status trusted_developers',
		version:
			'gatekeeper_opaque_version gatekeeper_version malware_removal_tool_version xprotect_version',
	}),
	installed_profiles: conditionFields({
		boolean: 'encrypted managed removable removal_passcode signed',
		text: 'organization payload_identifier payload_uuid profile_description profile_display_name',
	}),
	launch_agents_and_daemons: conditionFields({
		boolean: 'disabled is_disabled is_loaded keep_alive run_at_load start_on_mount',
		number: 'pid start_interval',
		text: 'file_name group_name label path process_type program program_arguments root_directory service_domain standard_error_path standard_out_path user_agent_local_user user_name working_directory',
	}),
	local_users: conditionFields({
		boolean:
			'filevault_user hidden_user home_folder_secure logged_in mobile_account secure_token volume_owner',
		date: 'failed_login_time logged_in_time password_last_set user_created_at',
		number: 'failed_logins uid',
		text: 'directory full_name generated_uid home_directory shell type username',
	}),
	startup_settings: conditionFields({
		boolean:
			'any_signed_os bootstrap_token_auth bootstrap_token_escrowed kext_requires_bst mdm_manages_kext sip software_update_requires_bst ssv user_manages_kext',
		text: 'external_boot_level secure_boot_level',
	}),
	system_extensions: conditionFields({
		boolean: 'is_mdm_managed',
		text: 'bundle_path categories identifier name path state team_id',
		version: 'bundle_version short_version',
	}),
	transparency_database: conditionFields({
		date: 'last_modified',
		text: 'application client_type local_user service status status_reason',
	}),
};

/** The fields that conditions on a category's records can look at. */
export const prismFields = (category: string): ConditionFields => ({
	...common,
	...ofCategory[category],
});

/** Lists the fields of the chosen category in the editor. */
export async function getPrismFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return fieldOptions(prismFields(String(this.getCurrentNodeParameter('category'))));
}

/** The list of fields, which depends on the category. */
export const prismConditionField: INodeProperties = {
	displayName: 'Field Name or ID',
	name: 'field',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getPrismFields', loadOptionsDependsOn: ['category'] },
	default: '',
	description:
		'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};
