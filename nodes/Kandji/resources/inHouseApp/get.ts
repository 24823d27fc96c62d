import type { INodeProperties } from 'n8n-workflow';

import { simplify } from '../../shared/fields/output';
import { simplifiedInHouseApp, usualInHouseAppFields } from './simplified';

const showOnlyForInHouseAppGet = { resource: ['inHouseApp'], operation: ['get'] };

export const inHouseAppGetDescription: INodeProperties[] = [
	...simplify(showOnlyForInHouseAppGet, simplifiedInHouseApp, usualInHouseAppFields),
];
