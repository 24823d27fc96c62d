import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { simplify } from '../../shared/fields/output';

const showOnlyForDeviceGetLibraryItems = { resource: ['device'], operation: ['getLibraryItems'] };

const simplifiedLibraryItem = (item: IDataObject): IDataObject => ({
	item_id: item.item_id,
	name: item.name,
	type: item.type,
	status: item.status,
	reported_at: item.reported_at,
	last_audit_run: item.last_audit_run,
	log: item.log,
});

export const deviceGetLibraryItemsDescription: INodeProperties[] = [
	simplify(showOnlyForDeviceGetLibraryItems, simplifiedLibraryItem),
];
