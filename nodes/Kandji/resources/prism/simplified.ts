import type { IDataObject } from 'n8n-workflow';

import { commonNames, dropFields, pickFields } from '../../shared/fields/pick';

const deviceOf = pickFields([
	'device_id',
	'device_name',
	'platform',
	'serial_number',
	'user_name',
	'user_email',
	'blueprint_id',
	'blueprint_name',
]);

const ownFieldsOf = dropFields([
	'device__user_id',
	'tags',
	'asset_tag',
	'model_id',
	'count',
	'created_at',
	'updated_at',
	'last_changed_at',
]);

/** The device of a record, and the category's own fields with a value. */
export function simplifiedRow(row: IDataObject): IDataObject {
	// The account that an agent or daemon runs as; the device's user has this name everywhere else.
	const { user_name: account, ...rest } = row;
	const renamed = commonNames(rest);
	const own = ownFieldsOf({ ...renamed, runs_as_user: account });
	return { ...deviceOf(renamed), ...own };
}
