import type { INodeProperties } from 'n8n-workflow';

import { selfServiceId } from '../../shared/fields/libraryFields';
import { customScriptLocator } from '../../shared/fields/locators';
import { idsFrom } from '../../shared/preSend/ids';
import { requireChange, requireDependentFields } from '../../shared/preSend/requiredFields';
import { asDeleted } from '../../shared/fields/output';
import { byPage } from '../../transport/routing/paging';
import { customScriptCreateDescription } from './create';
import { dependentFields } from './fields';
import { customScriptGetDescription } from './get';
import { customScriptGetAllDescription } from './getAll';
import { customScriptUpdateDescription } from './update';
import { refuseRepeats } from '../../transport/routing/repeats';

const showOnlyForCustomScripts = { resource: ['customScript'] };

export const customScriptDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: showOnlyForCustomScripts },
		options: [
			{
				name: 'Create',
				value: 'create',
				action: 'Create custom script',
				description: 'Create a script to run on Macs, with an optional remediation script',
				routing: {
					request: { method: 'POST', url: '/api/v1/library/custom-scripts' },
					send: {
						preSend: [
							idsFrom('additionalFields', 'body', selfServiceId),
							requireDependentFields(dependentFields, { isNew: true }),
						],
					},
				},
			},
			{
				name: 'Delete',
				value: 'delete',
				action: 'Delete custom script',
				description: 'Delete a custom script permanently from the library and all blueprints',
				routing: {
					request: { method: 'DELETE', url: '/api/v1/library/custom-scripts/{{customScriptId}}' },
					send: { preSend: [refuseRepeats()] },
					output: { postReceive: [asDeleted] },
				},
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get custom script',
				description: 'Retrieve a custom script, including its code and settings',
				routing: {
					request: { method: 'GET', url: '/api/v1/library/custom-scripts/{{customScriptId}}' },
				},
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many custom scripts',
				description: 'Retrieve a list of custom scripts, including their code and settings',
				routing: {
					request: { method: 'GET', url: '/api/v1/library/custom-scripts' },
					operations: { pagination: byPage({ items: 'results', key: 'id' }) },
				},
			},
			{
				name: 'Update',
				value: 'update',
				action: 'Update custom script',
				description: 'Update the code or settings of a custom script',
				routing: {
					request: { method: 'PATCH', url: '/api/v1/library/custom-scripts/{{customScriptId}}' },
					send: {
						preSend: [
							idsFrom('updateFields', 'body', selfServiceId),
							requireChange({ name: 'Name', script: 'Script' }),
							requireDependentFields(dependentFields, { isNew: false }),
						],
					},
				},
			},
		],
		default: 'getAll',
	},
	customScriptLocator({ ...showOnlyForCustomScripts, operation: ['delete', 'get', 'update'] }),
	...customScriptCreateDescription,
	...customScriptGetDescription,
	...customScriptGetAllDescription,
	...customScriptUpdateDescription,
];
