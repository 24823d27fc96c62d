import type { INodeProperties } from 'n8n-workflow';

import { simplify } from '../../shared/fields/output';
import { simplifiedAdeDevice, usualAdeDeviceFields } from './simplified';

const showOnlyForAdeDeviceGet = { resource: ['adeDevice'], operation: ['get'] };

export const adeDeviceGetDescription: INodeProperties[] = [
	...simplify(showOnlyForAdeDeviceGet, simplifiedAdeDevice, usualAdeDeviceFields),
];
