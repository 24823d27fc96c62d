import type { IDataObject } from 'n8n-workflow';

/** The most used fields of an ADE device, flat. `mdm_device` is null until the device enrolls. */
export function simplifiedAdeDevice(record: IDataObject): IDataObject {
	const enrolled = (record.mdm_device ?? {}) as IDataObject;
	const integration = (record.dep_account ?? {}) as IDataObject;
	return {
		id: record.id,
		serial_number: record.serial_number,
		device_family: record.device_family,
		model: record.model,
		os: record.os,
		profile_status: record.profile_status,
		blueprint_id: record.blueprint_id || null,
		use_blueprint_routing: record.use_blueprint_routing ?? null,
		user_id: record.user_id || null,
		asset_tag: record.asset_tag || null,
		tags: record.tags ?? [],
		device_id: enrolled.id ?? null,
		device_name: enrolled.name ?? null,
		enrolled_at: enrolled.enrolled_at || null,
		ade_integration_id: integration.id ?? null,
		ade_integration_name: integration.server_name ?? null,
	};
}
