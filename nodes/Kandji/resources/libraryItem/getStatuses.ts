import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { deviceLocator, returnAllOrLimit } from '../../shared/fields/locators';
import { simplify } from '../../shared/fields/output';
import { sectionOf } from '../../shared/fields/pick';

const showOnlyForLibraryItemGetStatuses = { resource: ['libraryItem'], operation: ['getStatuses'] };

/** What a person wants to read of a status, and the IDs that lead to its device and library item. */
const usualFields = [
	'device_name',
	'status',
	'reported_at',
	'log',
	'last_audit_run',
	'last_audit_log',
	'blueprint_name',
	'library_item_name',
	'device_id',
	'library_item_id',
];

/** The status of a library item on a device, flat, with what its installation and its last audit said. */
export function simplifiedStatus(row: IDataObject, ids: IDataObject): IDataObject {
	const device = sectionOf(row, 'computer');
	const blueprint = sectionOf(row, 'blueprint');
	return {
		device_name: device.name,
		status: row.status,
		reported_at: row.reported_at,
		log: row.log,
		last_audit_run: row.last_audit_run,
		last_audit_log: row.last_audit_log,
		blueprint_name: blueprint.name,
		library_item_name: ids.library_item_name,
		device_id: device.id,
		library_item_id: ids.library_item_id,
		id: row.id,
		blueprint_id: blueprint.id,
	};
}

export const libraryItemGetStatusesDescription: INodeProperties[] = [
	...returnAllOrLimit(showOnlyForLibraryItemGetStatuses),
	...simplify(showOnlyForLibraryItemGetStatuses, simplifiedStatus, usualFields),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: { show: showOnlyForLibraryItemGetStatuses },
		options: [
			deviceLocator(undefined, {
				required: false,
				description: 'Only the status on this device',
			}),
		],
	},
];
