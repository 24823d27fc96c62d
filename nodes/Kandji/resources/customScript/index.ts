import type { INodeProperties } from 'n8n-workflow';

import { customScriptLocator } from '../../shared/fields/locators';
import { requireFilled } from '../../shared/preSend/filled';
import { idsFrom } from '../../shared/preSend/ids';
import { requireChange, requireNeeds } from '../../shared/preSend/requiredFields';
import { asDeleted } from '../../shared/fields/output';
import { byPage } from '../../transport/routing/paging';
import { customScriptCreateDescription } from './create';
import { customScriptNeeds } from './fields';
import { customScriptGetDescription } from './get';
import { customScriptGetAllDescription } from './getAll';
import { customScriptUpdateDescription } from './update';

const showOnlyForCustomScripts = { resource: ['customScript'] };

const selfServiceCategory = { selfServiceCategoryId: 'self_service_category_id' };

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
				description: 'Add a script that Macs run, with an optional remediation, to the library',
				routing: {
					request: { method: 'POST', url: '/api/v1/library/custom-scripts' },
					send: {
						preSend: [
							requireFilled({ name: 'Name', script: 'Script' }),
							idsFrom('additionalFields', 'body', selfServiceCategory),
							requireNeeds(customScriptNeeds, true),
						],
					},
				},
			},
			{
				name: 'Delete',
				value: 'delete',
				action: 'Delete custom script',
				description: 'Delete a custom script from the library and all blueprints for good',
				routing: {
					request: { method: 'DELETE', url: '/api/v1/library/custom-scripts/{{customScriptId}}' },
					output: { postReceive: [asDeleted] },
				},
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get custom script',
				description: 'Retrieve a custom script with its text and settings',
				routing: {
					request: { method: 'GET', url: '/api/v1/library/custom-scripts/{{customScriptId}}' },
				},
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many custom scripts',
				description: 'Retrieve a list of custom scripts with their text and settings',
				routing: {
					request: { method: 'GET', url: '/api/v1/library/custom-scripts' },
					operations: { pagination: byPage({ items: 'results', key: 'id' }) },
				},
			},
			{
				name: 'Update',
				value: 'update',
				action: 'Update custom script',
				description: 'Change the text or settings of a custom script',
				routing: {
					request: { method: 'PATCH', url: '/api/v1/library/custom-scripts/{{customScriptId}}' },
					send: {
						preSend: [
							idsFrom('updateFields', 'body', selfServiceCategory),
							requireChange({ name: 'Name', script: 'Script' }),
							requireNeeds(customScriptNeeds, false),
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
