import { dropFields, pickFields } from '../../shared/fields/pick';

/** What was found where, and what became of it. */
export const simplifiedThreat = pickFields([
	'threat_name',
	'classification',
	'status',
	'detection_date',
	'date_of_quarantine',
	'date_of_release',
	'device_id',
	'device_name',
	'device_serial_number',
	'blueprint_name',
	'process_name',
	'process_owner',
	'file_path',
	'file_hash',
]);

/** The same for the second version of the API, whose fields are not documented: what has a value, without side facts. */
export const simplifiedThreatV2 = dropFields([
	'blueprint_id',
	'bundle_path',
	'library_item_id',
	'library_item_name',
	'malware_posture',
	'pup_posture',
	'release_note',
	'released_by',
]);
