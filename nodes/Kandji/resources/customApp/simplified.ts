import type { IDataObject } from 'n8n-workflow';

/** The most used fields of a custom app. */
export const simplifiedApp = (record: IDataObject): IDataObject => ({
	id: record.id,
	name: record.name,
	active: record.active,
	install_type: record.install_type,
	install_enforcement: record.install_enforcement,
	show_in_self_service: record.show_in_self_service,
	file_url: record.file_url,
	file_size: record.file_size,
	sha256: record.sha256,
	file_updated: record.file_updated,
	updated_at: record.updated_at,
});
