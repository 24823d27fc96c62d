import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { simplify } from '../../shared/fields/output';

const showOnlyForDeviceGetLibraryItems = { resource: ['device'], operation: ['getLibraryItems'] };

/** The most useful fields of a device's library item, with what its installation and its last audit said. */
const simplifiedLibraryItem = (item: IDataObject): IDataObject => ({
	item_id: item.item_id,
	name: item.name,
	type: item.type,
	status: item.status,
	reported_at: item.reported_at,
	log: item.log,
	last_audit_run: item.last_audit_run,
	last_audit_log: item.last_audit_log,
});

export const deviceGetLibraryItemsDescription: INodeProperties[] = [
	simplify(showOnlyForDeviceGetLibraryItems, simplifiedLibraryItem),
];
