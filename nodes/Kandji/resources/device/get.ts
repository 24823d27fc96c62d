import type { INodeProperties } from 'n8n-workflow';

import { simplify } from '../../shared/fields/output';
import { simplifiedDevice, usualDeviceFields } from './simplified';

const showOnlyForDeviceGet = { resource: ['device'], operation: ['get'] };

export const deviceGetDescription: INodeProperties[] = [
	...simplify(showOnlyForDeviceGet, simplifiedDevice, usualDeviceFields),
];
