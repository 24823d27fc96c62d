import type { INodeProperties } from 'n8n-workflow';

import { deviceLocator, returnAllOrLimit } from '../../shared/fields/locators';

const showOnlyForDeviceNoteGetAll = { resource: ['deviceNote'], operation: ['getAll'] };

export const deviceNoteGetAllDescription: INodeProperties[] = [
	deviceLocator(showOnlyForDeviceNoteGetAll),
	...returnAllOrLimit(showOnlyForDeviceNoteGetAll),
];
