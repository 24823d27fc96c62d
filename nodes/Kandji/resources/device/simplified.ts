import type { IDataObject } from 'n8n-workflow';

import { orNull, sectionOf } from '../../shared/fields/pick';

/**
 * The most useful fields of a device, flattened. Missing values are null. In the API, a device without a user has an
 * empty string or null as its `user`.
 */
export function simplifiedDevice(device: IDataObject): IDataObject {
	const user = sectionOf(device, 'user');
	return {
		device_id: device.device_id,
		device_name: device.device_name,
		serial_number: device.serial_number,
		platform: device.platform,
		model: device.model,
		os_version: device.os_version,
		last_check_in: orNull(device.last_check_in),
		user_id: orNull(user.id),
		user_name: orNull(user.name),
		user_email: orNull(user.email),
		blueprint_id: device.blueprint_id,
		blueprint_name: device.blueprint_name,
		asset_tag: orNull(device.asset_tag),
		tags: device.tags ?? [],
		first_enrollment: orNull(device.first_enrollment),
		last_enrollment: orNull(device.last_enrollment),
		is_missing: device.is_missing,
		is_removed: device.is_removed,
	};
}
