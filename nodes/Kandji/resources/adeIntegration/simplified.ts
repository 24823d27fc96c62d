import type { IDataObject } from 'n8n-workflow';

/** The most used fields of an ADE integration, flat. */
export function simplifiedIntegration(record: IDataObject): IDataObject {
	const blueprint = (record.blueprint ?? {}) as IDataObject;
	const counts = (record.device_counts ?? {}) as IDataObject;
	return {
		id: record.id,
		server_name: record.server_name,
		status: record.status,
		status_reason: record.status_reason || null,
		access_token_expiry: record.access_token_expiry,
		days_left: record.days_left ?? null,
		blueprint_id: blueprint.id ?? null,
		blueprint_name: blueprint.name ?? null,
		use_blueprint_routing: record.use_blueprint_routing ?? null,
		org_name: record.org_name,
		device_count: counts.total ?? null,
		last_device_sync: record.last_device_sync || null,
	};
}
