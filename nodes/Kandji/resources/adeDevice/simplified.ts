import type { IDataObject } from 'n8n-workflow';

import { sectionOf } from '../../shared/fields/pick';

/** What a person wants to read of an ADE device, with its IDs. */
export const usualAdeDeviceFields = [
	'serial_number',
	'model',
	'device_family',
	'os',
	'profile_status',
	'asset_tag',
	'device_name',
	'enrolled_at',
	'ade_integration_name',
	'id',
	'device_id',
];

/** The most used fields of an ADE device, flat. `mdm_device` is null until the device enrolls. */
export function simplifiedAdeDevice(record: IDataObject): IDataObject {
	const enrolled = sectionOf(record, 'mdm_device');
	const integration = sectionOf(record, 'dep_account');
	return {
		serial_number: record.serial_number,
		model: record.model,
		device_family: record.device_family,
		os: record.os,
		profile_status: record.profile_status,
		asset_tag: record.asset_tag,
		device_name: enrolled.name,
		enrolled_at: enrolled.enrolled_at,
		ade_integration_name: integration.server_name,
		id: record.id,
		device_id: enrolled.id,
		user_id: record.user_id,
		blueprint_id: record.blueprint_id,
		use_blueprint_routing: record.use_blueprint_routing,
		tags: record.tags ?? [],
		ade_integration_id: integration.id,
	};
}
