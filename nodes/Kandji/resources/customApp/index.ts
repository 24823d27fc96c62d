import type { INodeProperties } from 'n8n-workflow';

import { selfServiceId } from '../../shared/fields/libraryFields';
import { customAppLocator } from '../../shared/fields/locators';
import { asForm } from '../../shared/preSend/bodies';
import { idsFrom } from '../../shared/preSend/ids';
import { requireChange, requireDependentFields } from '../../shared/preSend/requiredFields';
import { asDeleted } from '../../shared/fields/output';
import { customAppUpload, onceProcessed, withUpload } from '../../shared/storage/upload';
import { byOffset } from '../../transport/routing/paging';
import { customAppCreateDescription } from './create';
import { dependentFields } from './fields';
import { customAppGetDescription } from './get';
import { customAppGetAllDescription } from './getAll';
import { customAppUpdateDescription } from './update';
import { refuseRepeats } from '../../transport/routing/repeats';

const showOnlyForCustomApps = { resource: ['customApp'] };

export const customAppDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: showOnlyForCustomApps },
		options: [
			{
				name: 'Create',
				value: 'create',
				action: 'Create custom app',
				description: 'Upload an installer package, ZIP file or disk image as a custom app',
				routing: {
					request: { method: 'POST', url: '/api/v1/library/custom-apps' },
					send: {
						preSend: [
							idsFrom('additionalFields', 'body', selfServiceId),
							requireDependentFields(dependentFields, { isNew: true }),
							withUpload(customAppUpload),
							asForm,
						],
					},
					operations: { pagination: onceProcessed },
				},
			},
			{
				name: 'Delete',
				value: 'delete',
				action: 'Delete custom app',
				description: 'Delete a custom app permanently from the library and all blueprints',
				routing: {
					request: { method: 'DELETE', url: '/api/v1/library/custom-apps/{{customAppId}}' },
					send: { preSend: [refuseRepeats()] },
					output: { postReceive: [asDeleted] },
				},
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get custom app',
				description: 'Retrieve a custom app, including its settings, scripts and download URL',
				routing: {
					request: { method: 'GET', url: '/api/v1/library/custom-apps/{{customAppId}}' },
				},
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many custom apps',
				description: 'Retrieve a list of custom apps',
				routing: {
					request: { method: 'GET', url: '/api/v1/library/custom-apps' },
					operations: { pagination: byOffset({ items: 'results', key: 'id' }) },
				},
			},
			{
				name: 'Update',
				value: 'update',
				action: 'Update custom app',
				description: 'Update the installer file, settings or scripts of a custom app',
				routing: {
					request: { method: 'PATCH', url: '/api/v1/library/custom-apps/{{customAppId}}' },
					send: {
						preSend: [
							idsFrom('updateFields', 'body', selfServiceId),
							requireChange({ name: 'Name' }, ['binaryPropertyName']),
							requireDependentFields(dependentFields, { isNew: false }),
							withUpload(customAppUpload, 'updateFields'),
							asForm,
						],
					},
					operations: { pagination: onceProcessed },
				},
			},
		],
		default: 'getAll',
	},
	customAppLocator({ ...showOnlyForCustomApps, operation: ['delete', 'get', 'update'] }),
	...customAppCreateDescription,
	...customAppGetDescription,
	...customAppGetAllDescription,
	...customAppUpdateDescription,
];
