import type { IDataObject } from 'n8n-workflow';

import { chosenPlatforms, profilePlatforms } from '../../shared/fields/platforms';

/** The most used fields of a custom profile, without its XML. */
export const simplifiedProfile = (record: IDataObject): IDataObject => ({
	id: record.id,
	name: record.name,
	active: record.active,
	mdm_identifier: record.mdm_identifier,
	platforms: chosenPlatforms(record, profilePlatforms),
	created_at: record.created_at,
	updated_at: record.updated_at,
});
