import type { IDataObject } from 'n8n-workflow';

import { sectionOf } from '../../shared/fields/pick';

/** What a person wants to read of a user, and the user's ID. */
export const usualUserFields = [
	'name',
	'email',
	'active',
	'archived',
	'device_count',
	'department',
	'job_title',
	'integration_name',
	'id',
];

/** The most useful fields of a user, flattened. */
export function simplifiedUser(user: IDataObject): IDataObject {
	const integration = sectionOf(user, 'integration');
	return {
		name: user.name,
		email: user.email,
		active: user.active,
		archived: user.archived,
		device_count: user.device_count,
		department: user.department,
		job_title: user.job_title,
		integration_name: integration.name,
		id: user.id,
		integration_id: integration.uuid,
		integration_type: integration.type,
		created_at: user.created_at,
		updated_at: user.updated_at,
	};
}
