import type { INodeProperties } from 'n8n-workflow';

import { returnAllOrLimit } from '../../shared/fields/locators';
import { simplify } from '../../shared/fields/output';
import { simplifiedInHouseApp, usualInHouseAppFields } from './simplified';

const showOnlyForInHouseAppGetAll = { resource: ['inHouseApp'], operation: ['getAll'] };

export const inHouseAppGetAllDescription: INodeProperties[] = [
	...returnAllOrLimit(showOnlyForInHouseAppGetAll),
	...simplify(showOnlyForInHouseAppGetAll, simplifiedInHouseApp, usualInHouseAppFields),
];
