import type { IDataObject } from 'n8n-workflow';

import { sectionOf } from '../../shared/fields/pick';

/** What a person wants to read of an ADE integration, and its ID. */
export const usualAdeIntegrationFields = [
	'server_name',
	'status',
	'status_reason',
	'access_token_expiry',
	'days_left',
	'blueprint_name',
	'use_blueprint_routing',
	'org_name',
	'device_count',
	'last_device_sync',
	'id',
];

/** The most used fields of an ADE integration, flat. */
export function simplifiedIntegration(record: IDataObject): IDataObject {
	const blueprint = sectionOf(record, 'blueprint');
	const counts = sectionOf(record, 'device_counts');
	return {
		server_name: record.server_name,
		status: record.status,
		status_reason: record.status_reason,
		access_token_expiry: record.access_token_expiry,
		days_left: record.days_left,
		blueprint_name: blueprint.name,
		use_blueprint_routing: record.use_blueprint_routing,
		org_name: record.org_name,
		device_count: counts.total,
		last_device_sync: record.last_device_sync,
		id: record.id,
		blueprint_id: blueprint.id,
	};
}
