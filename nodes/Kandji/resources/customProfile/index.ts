import type { INodeProperties } from 'n8n-workflow';

import { customProfileLocator } from '../../shared/fields/locators';
import { asMultipart } from '../../shared/preSend/bodies';
import { requireChange } from '../../shared/preSend/requiredFields';
import { asDeleted } from '../../shared/fields/output';
import { profilePlatforms, sendPlatforms } from '../../shared/fields/platforms';
import { byPage } from '../../transport/routing/paging';
import { customProfileCreateDescription } from './create';
import { customProfileGetDescription } from './get';
import { customProfileGetAllDescription } from './getAll';
import { customProfileUpdateDescription } from './update';
import { refuseRepeats } from '../../transport/routing/repeats';

const showOnlyForCustomProfiles = { resource: ['customProfile'] };

export const customProfileDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: showOnlyForCustomProfiles },
		options: [
			{
				name: 'Create',
				value: 'create',
				action: 'Create custom profile',
				description: 'Upload a configuration profile (.mobileconfig) as a custom profile',
				routing: {
					request: { method: 'POST', url: '/api/v1/library/custom-profiles' },
					send: {
						preSend: [sendPlatforms(profilePlatforms), asMultipart()],
					},
				},
			},
			{
				name: 'Delete',
				value: 'delete',
				action: 'Delete custom profile',
				description:
					'Delete a custom profile permanently from the library and all blueprints. Devices lose its settings.',
				routing: {
					request: { method: 'DELETE', url: '/api/v1/library/custom-profiles/{{customProfileId}}' },
					send: { preSend: [refuseRepeats()] },
					output: { postReceive: [asDeleted] },
				},
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get custom profile',
				description: 'Retrieve a custom profile, including its XML',
				routing: {
					request: { method: 'GET', url: '/api/v1/library/custom-profiles/{{customProfileId}}' },
				},
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many custom profiles',
				description: 'Retrieve a list of custom profiles',
				routing: {
					request: { method: 'GET', url: '/api/v1/library/custom-profiles' },
					operations: { pagination: byPage({ items: 'results', key: 'id' }) },
				},
			},
			{
				name: 'Update',
				value: 'update',
				action: 'Update custom profile',
				description: 'Update the file, name or platforms of a custom profile',
				routing: {
					request: { method: 'PATCH', url: '/api/v1/library/custom-profiles/{{customProfileId}}' },
					send: {
						preSend: [
							sendPlatforms(profilePlatforms, 'updateFields'),
							requireChange({ name: 'Name' }, ['binaryPropertyName']),
							asMultipart('updateFields'),
						],
					},
				},
			},
		],
		default: 'getAll',
	},
	customProfileLocator({ ...showOnlyForCustomProfiles, operation: ['delete', 'get', 'update'] }),
	...customProfileCreateDescription,
	...customProfileGetDescription,
	...customProfileGetAllDescription,
	...customProfileUpdateDescription,
];
