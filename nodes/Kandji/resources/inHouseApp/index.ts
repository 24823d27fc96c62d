import type { INodeProperties } from 'n8n-workflow';

import { inHouseAppLocator } from '../../shared/fields/locators';
import { requireFilled } from '../../shared/preSend/filled';
import { requireChange } from '../../shared/preSend/requiredFields';
import { asDeleted, asDone } from '../../shared/fields/output';
import { inHousePlatforms, sendPlatforms } from '../../shared/fields/platforms';
import { inHouseAppUpload, onceProcessed, withUpload } from '../../shared/storage/upload';
import { byOffset } from '../../transport/routing/paging';
import { inHouseAppCreateDescription } from './create';
import { inHouseAppGetDescription } from './get';
import { inHouseAppGetAllDescription } from './getAll';
import { inHouseAppUpdateDescription } from './update';

const showOnlyForInHouseApps = { resource: ['inHouseApp'] };

export const inHouseAppDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: showOnlyForInHouseApps },
		options: [
			{
				name: 'Create',
				value: 'create',
				action: 'Create in house app',
				description:
					'Upload an .ipa file, wait until Kandji has validated it, and add it to the library',
				routing: {
					request: { method: 'POST', url: '/api/v1/library/ipa-apps' },
					send: {
						preSend: [
							requireFilled({ name: 'Name' }),
							sendPlatforms(inHousePlatforms, 'additionalFields'),
							withUpload(inHouseAppUpload),
						],
					},
					operations: { pagination: onceProcessed },
					output: { postReceive: [asDone] },
				},
			},
			{
				name: 'Delete',
				value: 'delete',
				action: 'Delete in house app',
				description: 'Delete an in-house app from the library and all blueprints for good',
				routing: {
					request: { method: 'DELETE', url: '/api/v1/library/ipa-apps/{{inHouseAppId}}' },
					output: { postReceive: [asDeleted] },
				},
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get in house app',
				description: 'Retrieve an in-house app with its version and download link',
				routing: {
					request: { method: 'GET', url: '/api/v1/library/ipa-apps/{{inHouseAppId}}' },
				},
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many in house apps',
				description: 'Retrieve a list of in-house apps',
				routing: {
					request: { method: 'GET', url: '/api/v1/library/ipa-apps' },
					operations: { pagination: byOffset({ items: 'results', key: 'id' }) },
				},
			},
			{
				name: 'Update',
				value: 'update',
				action: 'Update in house app',
				description: 'Upload a new version of an in-house app, or change its name or platforms',
				routing: {
					request: { method: 'PATCH', url: '/api/v1/library/ipa-apps/{{inHouseAppId}}' },
					send: {
						preSend: [
							sendPlatforms(inHousePlatforms, 'updateFields'),
							requireChange({ name: 'Name' }, ['binaryPropertyName']),
							withUpload(inHouseAppUpload, 'updateFields'),
						],
					},
					operations: { pagination: onceProcessed },
					output: { postReceive: [asDone] },
				},
			},
		],
		default: 'getAll',
	},
	inHouseAppLocator({ ...showOnlyForInHouseApps, operation: ['delete', 'get', 'update'] }),
	...inHouseAppCreateDescription,
	...inHouseAppGetDescription,
	...inHouseAppGetAllDescription,
	...inHouseAppUpdateDescription,
];
