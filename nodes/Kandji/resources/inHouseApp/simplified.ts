import type { IDataObject } from 'n8n-workflow';

import { chosenPlatforms, inHousePlatforms } from '../../shared/fields/platforms';

/** What a person wants to read of an in-house app, and its ID. */
export const usualInHouseAppFields = [
	'name',
	'active',
	'app_name',
	'app_identifier',
	'app_version',
	'minimum_os_version',
	'platforms',
	'file_size',
	'updated_at',
	'id',
];

/** The most used fields of an in-house app. */
export const simplifiedInHouseApp = (record: IDataObject): IDataObject => ({
	name: record.name,
	active: record.active,
	app_name: record.app_name,
	app_identifier: record.app_identifier,
	app_version: record.app_version,
	minimum_os_version: record.minimum_os_version,
	platforms: chosenPlatforms(record, inHousePlatforms),
	file_size: record.file_size,
	updated_at: record.updated_at,
	id: record.id,
	file_url: record.file_url,
	sha256: record.sha256,
});
