import type { INodeProperties } from 'n8n-workflow';

import { customAppLocator } from '../../shared/fields/locators';
import { requireFilled } from '../../shared/preSend/filled';
import { asForm } from '../../shared/preSend/bodies';
import { idsFrom } from '../../shared/preSend/ids';
import { requireChange, requireNeeds } from '../../shared/preSend/requiredFields';
import { asDeleted } from '../../shared/fields/output';
import { customAppUpload, onceProcessed, withUpload } from '../../shared/storage/upload';
import { byOffset } from '../../transport/routing/paging';
import { customAppCreateDescription } from './create';
import { customAppNeeds } from './fields';
import { customAppGetDescription } from './get';
import { customAppGetAllDescription } from './getAll';
import { customAppUpdateDescription } from './update';

const showOnlyForCustomApps = { resource: ['customApp'] };

const selfServiceCategory = { selfServiceCategoryId: 'self_service_category_id' };

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
				description:
					'Upload an installer package, ZIP file or disk image and add it to the library',
				routing: {
					request: { method: 'POST', url: '/api/v1/library/custom-apps' },
					send: {
						preSend: [
							requireFilled({ name: 'Name' }),
							idsFrom('additionalFields', 'body', selfServiceCategory),
							requireNeeds(customAppNeeds, true),
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
				description: 'Delete a custom app from the library and all blueprints for good',
				routing: {
					request: { method: 'DELETE', url: '/api/v1/library/custom-apps/{{customAppId}}' },
					output: { postReceive: [asDeleted] },
				},
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get custom app',
				description: 'Retrieve a custom app with its settings, scripts and download link',
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
				description: 'Upload a new version of a custom app, or change its settings or scripts',
				routing: {
					request: { method: 'PATCH', url: '/api/v1/library/custom-apps/{{customAppId}}' },
					send: {
						preSend: [
							idsFrom('updateFields', 'body', selfServiceCategory),
							requireChange({ name: 'Name' }, ['binaryPropertyName']),
							requireNeeds(customAppNeeds, false),
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
