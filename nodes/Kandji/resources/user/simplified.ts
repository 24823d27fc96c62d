import type { IDataObject } from 'n8n-workflow';

/** The fields of a user that people use, flat. Missing values are null here, not an empty string. */
export function simplifiedUser(user: IDataObject): IDataObject {
	const integration = (user.integration ?? {}) as IDataObject;
	const orNull = (value: IDataObject[string]) => (value === '' ? null : (value ?? null));
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
