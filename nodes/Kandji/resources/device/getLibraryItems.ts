import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { simplify } from '../../shared/fields/output';
import { firstOf, sectionOf } from '../../shared/fields/pick';

const showOnlyForDeviceGetLibraryItems = { resource: ['device'], operation: ['getLibraryItems'] };

/** The most useful fields of a device's library item, with what its installation and its last audit said. */
function simplifiedLibraryItem(item: IDataObject, ids: IDataObject): IDataObject {
	const device = sectionOf(item, 'computer');
	return {
		item_id: item.item_id,
		name: item.name,
		type: item.type,
		status: item.status,
		reported_at: item.reported_at,
		log: item.log,
		last_audit_run: item.last_audit_run,
		last_audit_log: item.last_audit_log,
		device_id: firstOf(device.id, ids.device_id),
		serial_number: ids.serial_number,
		device_name: firstOf(device.name, ids.device_name),
	};
}

export const deviceGetLibraryItemsDescription: INodeProperties[] = [
	...simplify(showOnlyForDeviceGetLibraryItems, simplifiedLibraryItem),
];
