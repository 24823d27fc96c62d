import type { INodeProperties } from 'n8n-workflow';

import { returnAllOrLimit } from '../../shared/fields/locators';
import { simplify } from '../../shared/fields/output';
import { simplifiedScript } from './simplified';

const showOnlyForCustomScriptGetAll = { resource: ['customScript'], operation: ['getAll'] };

export const customScriptGetAllDescription: INodeProperties[] = [
	...returnAllOrLimit(showOnlyForCustomScriptGetAll),
	...simplify(showOnlyForCustomScriptGetAll, simplifiedScript),
];
