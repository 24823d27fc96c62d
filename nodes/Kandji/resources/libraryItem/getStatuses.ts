import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { deviceLocator, returnAllOrLimit } from '../../shared/fields/locators';
import { simplify } from '../../shared/fields/output';

const showOnlyForLibraryItemGetStatuses = { resource: ['libraryItem'], operation: ['getStatuses'] };

/** The status of a library item on a device, flat and without the logs. */
export function simplifiedStatus(row: IDataObject): IDataObject {
	const { id, name } = (row.computer ?? {}) as IDataObject;
	const blueprint = (row.blueprint ?? {}) as IDataObject;
	return {
		id: row.id,
		device_id: id ?? null,
		device_name: name ?? null,
		status: row.status,
		reported_at: row.reported_at || null,
		last_audit_run: row.last_audit_run || null,
		blueprint_id: blueprint.id ?? null,
		blueprint_name: blueprint.name ?? null,
	};
}

export const libraryItemGetStatusesDescription: INodeProperties[] = [
	...returnAllOrLimit(showOnlyForLibraryItemGetStatuses),
	simplify(showOnlyForLibraryItemGetStatuses, simplifiedStatus),
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
