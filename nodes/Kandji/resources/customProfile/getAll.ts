import type { INodeProperties } from 'n8n-workflow';

import { returnAllOrLimit } from '../../shared/fields/locators';
import { simplify } from '../../shared/fields/output';
import { simplifiedProfile } from './simplified';

const showOnlyForCustomProfileGetAll = { resource: ['customProfile'], operation: ['getAll'] };

export const customProfileGetAllDescription: INodeProperties[] = [
	...returnAllOrLimit(showOnlyForCustomProfileGetAll),
	...simplify(showOnlyForCustomProfileGetAll, simplifiedProfile),
];
