import type { INodeProperties } from 'n8n-workflow';

import { returnAllOrLimit } from '../../shared/fields/locators';
import { simplify } from '../../shared/fields/output';
import { simplifiedIntegration, usualAdeIntegrationFields } from './simplified';

const showOnlyForAdeIntegrationGetAll = { resource: ['adeIntegration'], operation: ['getAll'] };

export const adeIntegrationGetAllDescription: INodeProperties[] = [
	...returnAllOrLimit(showOnlyForAdeIntegrationGetAll),
	...simplify(showOnlyForAdeIntegrationGetAll, simplifiedIntegration, usualAdeIntegrationFields),
];
