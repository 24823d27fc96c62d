import type { IDataObject } from 'n8n-workflow';

import { commonNames, dropFields, pickFields } from '../../shared/fields/pick';

/** What a person wants to read of a threat, and its device's ID. */
export const usualThreatFields = [
	'threat_name',
	'classification',
	'status',
	'detection_date',
	'device_name',
	'serial_number',
	'blueprint_name',
	'process_name',
	'file_path',
	'file_hash',
	'device_id',
];

const legacyFields = pickFields([
	'threat_name',
	'classification',
	'status',
	'detection_date',
	'device_name',
	'serial_number',
	'blueprint_name',
	'process_name',
	'file_path',
	'file_hash',
	'device_id',
	'date_of_quarantine',
	'date_of_release',
	'process_owner',
]);

/** The most used fields of a threat in version 1 of the API. */
export const simplifiedLegacyThreat = (threat: IDataObject): IDataObject =>
	legacyFields(commonNames(threat));

const withoutMinorFields = dropFields([
	'blueprint_id',
	'bundle_path',
	'library_item_id',
	'library_item_name',
	'malware_posture',
	'pup_posture',
	'release_note',
	'released_by',
]);

/** The fields with a value of a threat in version 2, which does not document them, without minor ones. */
export const simplifiedThreat = (threat: IDataObject): IDataObject =>
	withoutMinorFields(commonNames(threat));
