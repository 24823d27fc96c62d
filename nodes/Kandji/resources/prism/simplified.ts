import type { IDataObject } from 'n8n-workflow';

import { dropFields, pickFields } from '../../shared/fields/pick';

const deviceOf = pickFields([
	'device_id',
	'device__name',
	'device__family',
	'serial_number',
	'device__user_name',
	'device__user_email',
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
export const simplifiedRow = (row: IDataObject): IDataObject => ({
	...deviceOf(row),
	...ownFieldsOf(row),
});
