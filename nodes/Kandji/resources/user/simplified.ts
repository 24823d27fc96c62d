import type { IDataObject } from 'n8n-workflow';

import { sectionOf } from '../../shared/fields/pick';

/** The most useful fields of a user, flattened. */
export function simplifiedUser(user: IDataObject): IDataObject {
	const integration = sectionOf(user, 'integration');
	return {
		id: user.id,
		name: user.name,
		email: user.email,
		active: user.active,
		archived: user.archived,
		device_count: user.device_count,
		department: user.department,
		job_title: user.job_title,
		integration_id: integration.uuid,
		integration_name: integration.name,
		integration_type: integration.type,
		created_at: user.created_at,
		updated_at: user.updated_at,
	};
}
