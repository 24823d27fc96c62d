import type { INodeProperties } from 'n8n-workflow';

import { simplify } from '../../shared/fields/output';
import { simplifiedScript } from './simplified';

const showOnlyForCustomScriptGet = { resource: ['customScript'], operation: ['get'] };

export const customScriptGetDescription: INodeProperties[] = [
	...simplify(showOnlyForCustomScriptGet, simplifiedScript),
];
