import type { INodeProperties } from 'n8n-workflow';

import { returnAllOrLimit } from '../../shared/fields';
import { simplify } from '../../shared/output';
import { simplifiedProfile } from './simplified';

const showOnlyForCustomProfileGetAll = { resource: ['customProfile'], operation: ['getAll'] };

export const customProfileGetAllDescription: INodeProperties[] = [
	...returnAllOrLimit(showOnlyForCustomProfileGetAll),
	simplify(showOnlyForCustomProfileGetAll, simplifiedProfile),
];
