import type { IDataObject } from 'n8n-workflow';

import { sectionOf } from '../../shared/fields/pick';

/** The most used fields of an ADE device, flat. `mdm_device` is null until the device enrolls. */
export function simplifiedAdeDevice(record: IDataObject): IDataObject {
	const enrolled = sectionOf(record, 'mdm_device');
	const integration = sectionOf(record, 'dep_account');
	return {
		id: record.id,
		serial_number: record.serial_number,
		device_family: record.device_family,
		model: record.model,
		os: record.os,
		profile_status: record.profile_status,
		blueprint_id: record.blueprint_id,
		use_blueprint_routing: record.use_blueprint_routing,
		user_id: record.user_id,
		asset_tag: record.asset_tag,
		tags: record.tags ?? [],
		device_id: enrolled.id,
		device_name: enrolled.name,
		enrolled_at: enrolled.enrolled_at,
		ade_integration_id: integration.id,
		ade_integration_name: integration.server_name,
	};
}
