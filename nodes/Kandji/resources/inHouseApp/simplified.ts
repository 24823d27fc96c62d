import type { IDataObject } from 'n8n-workflow';

import { chosenPlatforms, inHousePlatforms } from '../../shared/fields/platforms';

/** The most used fields of an in-house app. */
export const simplifiedInHouseApp = (record: IDataObject): IDataObject => ({
	id: record.id,
	name: record.name,
	active: record.active,
	app_name: record.app_name,
	app_identifier: record.app_identifier,
	app_version: record.app_version,
	minimum_os_version: record.minimum_os_version,
	platforms: chosenPlatforms(record, inHousePlatforms),
	file_url: record.file_url,
	file_size: record.file_size,
	sha256: record.sha256,
	updated_at: record.updated_at,
});
