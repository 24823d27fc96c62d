import type { IDataObject } from 'n8n-workflow';

import { sectionOf } from '../../shared/fields/pick';

/** The most used fields of an ADE integration, flat. */
export function simplifiedIntegration(record: IDataObject): IDataObject {
	const blueprint = sectionOf(record, 'blueprint');
	const counts = sectionOf(record, 'device_counts');
	return {
		id: record.id,
		server_name: record.server_name,
		status: record.status,
		status_reason: record.status_reason,
		access_token_expiry: record.access_token_expiry,
		days_left: record.days_left,
		blueprint_id: blueprint.id,
		blueprint_name: blueprint.name,
		use_blueprint_routing: record.use_blueprint_routing,
		org_name: record.org_name,
		device_count: counts.total,
		last_device_sync: record.last_device_sync,
	};
}
