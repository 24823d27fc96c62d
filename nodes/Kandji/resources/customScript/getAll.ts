import type { INodeProperties } from 'n8n-workflow';

import { returnAllOrLimit } from '../../shared/fields';
import { simplify } from '../../shared/output';
import { simplifiedScript } from './fields';

const showOnlyForCustomScriptGetAll = { resource: ['customScript'], operation: ['getAll'] };

export const customScriptGetAllDescription: INodeProperties[] = [
	...returnAllOrLimit(showOnlyForCustomScriptGetAll),
	simplify(showOnlyForCustomScriptGetAll, simplifiedScript),
];
