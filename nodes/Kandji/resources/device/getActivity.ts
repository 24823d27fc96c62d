import type { INodeProperties } from 'n8n-workflow';

import { returnAllOrLimit } from '../../shared/fields/locators';

const showOnlyForDeviceGetActivity = { resource: ['device'], operation: ['getActivity'] };

export const deviceGetActivityDescription: INodeProperties[] = returnAllOrLimit(
	showOnlyForDeviceGetActivity,
);
