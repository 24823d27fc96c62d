import type { INodeProperties } from 'n8n-workflow';

import { inHouseAppLocator } from '../../shared/fields/locators';
import { requireChange } from '../../shared/preSend/requiredFields';
import { asDeleted, asDone } from '../../shared/fields/output';
import { inHousePlatforms, sendPlatforms } from '../../shared/fields/platforms';
import { inHouseAppUpload, onceProcessed, withUpload } from '../../shared/storage/upload';
import { byOffset } from '../../transport/routing/paging';
import { inHouseAppCreateDescription } from './create';
import { inHouseAppGetDescription } from './get';
import { inHouseAppGetAllDescription } from './getAll';
import { inHouseAppUpdateDescription } from './update';
import { refuseRepeats } from '../../transport/routing/repeats';

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
				action: 'Create internal app',
				description: 'Upload an .ipa file as an in-house app and wait for its validation',
				routing: {
					request: { method: 'POST', url: '/api/v1/library/ipa-apps' },
					send: {
						preSend: [
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
				action: 'Delete internal app',
				description: 'Delete an in-house app permanently from the library and all blueprints',
				routing: {
					request: { method: 'DELETE', url: '/api/v1/library/ipa-apps/{{inHouseAppId}}' },
					send: { preSend: [refuseRepeats()] },
					output: { postReceive: [asDeleted] },
				},
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get internal app',
				description: 'Retrieve an in-house app, including its version and download URL',
				routing: {
					request: { method: 'GET', url: '/api/v1/library/ipa-apps/{{inHouseAppId}}' },
				},
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many internal apps',
				description: 'Retrieve a list of in-house apps',
				routing: {
					request: { method: 'GET', url: '/api/v1/library/ipa-apps' },
					operations: { pagination: byOffset({ items: 'results', key: 'id' }) },
				},
			},
			{
				name: 'Update',
				value: 'update',
				action: 'Update internal app',
				description: 'Update the file, name or platforms of an in-house app',
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
