import type { INodeProperties } from 'n8n-workflow';

import { simplify } from '../../shared/fields/output';
import { simplifiedIntegration, usualAdeIntegrationFields } from './simplified';

const showOnlyForAdeIntegrationGet = { resource: ['adeIntegration'], operation: ['get'] };

export const adeIntegrationGetDescription: INodeProperties[] = [
	...simplify(showOnlyForAdeIntegrationGet, simplifiedIntegration, usualAdeIntegrationFields),
];
