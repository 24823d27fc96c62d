import type { INodeProperties } from 'n8n-workflow';

import { simplify } from '../../shared/fields/output';
import { simplifiedApp } from './simplified';

const showOnlyForCustomAppGet = { resource: ['customApp'], operation: ['get'] };

export const customAppGetDescription: INodeProperties[] = [
	...simplify(showOnlyForCustomAppGet, simplifiedApp),
];
