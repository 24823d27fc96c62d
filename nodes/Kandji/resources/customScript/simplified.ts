import type { IDataObject } from 'n8n-workflow';

/** The most used fields of a custom script. */
export const simplifiedScript = (record: IDataObject): IDataObject => ({
	id: record.id,
	name: record.name,
	active: record.active,
	execution_frequency: record.execution_frequency,
	script: record.script,
	remediation_script: record.remediation_script,
	show_in_self_service: record.show_in_self_service,
	self_service_category_id: record.self_service_category_id,
	updated_at: record.updated_at,
});
