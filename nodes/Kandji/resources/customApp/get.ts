import type { INodeProperties } from 'n8n-workflow';

import { simplify } from '../../shared/fields/output';
import { simplifiedApp } from './fields';

const showOnlyForCustomAppGet = { resource: ['customApp'], operation: ['get'] };

export const customAppGetDescription: INodeProperties[] = [
	simplify(showOnlyForCustomAppGet, simplifiedApp),
];
