import type { IDataObject } from 'n8n-workflow';

import { orNull } from '../../shared/fields/pick';

/** The most useful fields of a user, flattened. Missing values are null. */
export function simplifiedUser(user: IDataObject): IDataObject {
	const integration = (user.integration ?? {}) as IDataObject;
	return {
		id: user.id,
		name: orNull(user.name),
		email: orNull(user.email),
		active: user.active,
		archived: user.archived,
		device_count: user.device_count,
		department: orNull(user.department),
		job_title: orNull(user.job_title),
		integration_id: orNull(integration.uuid),
		integration_name: orNull(integration.name),
		integration_type: orNull(integration.type),
		created_at: orNull(user.created_at),
		updated_at: orNull(user.updated_at),
	};
}
