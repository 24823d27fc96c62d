import type { INodeProperties } from 'n8n-workflow';

import { returnAllOrLimit } from '../../shared/fields/locators';
import { simplify } from '../../shared/fields/output';
import { simplifiedApp } from './simplified';

const showOnlyForCustomAppGetAll = { resource: ['customApp'], operation: ['getAll'] };

export const customAppGetAllDescription: INodeProperties[] = [
	...returnAllOrLimit(showOnlyForCustomAppGetAll),
	...simplify(showOnlyForCustomAppGetAll, simplifiedApp),
];
