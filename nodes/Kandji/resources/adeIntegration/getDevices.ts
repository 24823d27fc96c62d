import type { INodeProperties } from 'n8n-workflow';

import { returnAllOrLimit } from '../../shared/fields';
import { simplify } from '../../shared/output';
import { simplifiedAdeDevice } from '../adeDevice/simplified';

const showOnlyForAdeIntegrationGetDevices = {
	resource: ['adeIntegration'],
	operation: ['getDevices'],
};

export const adeIntegrationGetDevicesDescription: INodeProperties[] = [
	...returnAllOrLimit(showOnlyForAdeIntegrationGetDevices),
	simplify(showOnlyForAdeIntegrationGetDevices, simplifiedAdeDevice),
];
