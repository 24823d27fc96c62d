import type { IDataObject } from 'n8n-workflow';

import { sectionOf } from '../../shared/fields/pick';

/** What a person wants to read of a device, and its ID: the fields that Simplify returns by default. */
export const usualDeviceFields = [
	'device_name',
	'serial_number',
	'platform',
	'model',
	'os_version',
	'user_name',
	'user_email',
	'blueprint_name',
	'last_check_in',
	'asset_tag',
	'device_id',
];

/** The fields of a device in the API's list, flattened. In the API, a device without a user has an empty string or null as its `user`. */
export function simplifiedDevice(device: IDataObject): IDataObject {
	const user = sectionOf(device, 'user');
	const tags = Array.isArray(device.tags) ? device.tags : [];
	return {
		device_name: device.device_name,
		serial_number: device.serial_number,
		platform: device.platform,
		model: device.model,
		os_version: device.os_version,
		user_name: user.name,
		user_email: user.email,
		blueprint_name: device.blueprint_name,
		last_check_in: device.last_check_in,
		asset_tag: device.asset_tag,
		device_id: device.device_id,
		user_id: user.id,
		blueprint_id: device.blueprint_id,
		tags,
		tags_text: tags.join(', '),
		mdm_enabled: device.mdm_enabled,
		agent_installed: device.agent_installed,
		agent_version: device.agent_version,
		lost_mode_status: device.lost_mode_status,
		first_enrollment: device.first_enrollment,
		last_enrollment: device.last_enrollment,
		is_missing: device.is_missing,
		is_removed: device.is_removed,
	};
}
