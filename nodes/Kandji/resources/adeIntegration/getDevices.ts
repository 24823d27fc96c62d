import type { INodeProperties } from 'n8n-workflow';

import { returnAllOrLimit } from '../../shared/fields/locators';
import { simplify } from '../../shared/fields/output';
import { simplifiedAdeDevice, usualAdeDeviceFields } from '../adeDevice/simplified';

const showOnlyForAdeIntegrationGetDevices = {
	resource: ['adeIntegration'],
	operation: ['getDevices'],
};

export const adeIntegrationGetDevicesDescription: INodeProperties[] = [
	...returnAllOrLimit(showOnlyForAdeIntegrationGetDevices),
	...simplify(showOnlyForAdeIntegrationGetDevices, simplifiedAdeDevice, usualAdeDeviceFields),
];
