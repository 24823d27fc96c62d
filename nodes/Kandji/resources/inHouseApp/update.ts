import type { INodeProperties } from 'n8n-workflow';

import { inputFileField } from '../../shared/preSend/files';
import { inHousePlatforms, platformsField } from '../../shared/fields/platforms';

const showOnlyForInHouseAppUpdate = { resource: ['inHouseApp'], operation: ['update'] };

export const inHouseAppUpdateDescription: INodeProperties[] = [
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: { show: showOnlyForInHouseAppUpdate },
		options: [
			{
				displayName: 'Active',
				name: 'active',
				type: 'boolean',
				default: true,
				description: 'Whether devices get the app',
				routing: { send: { type: 'body', property: 'active' } },
			},
			inputFileField('the .ipa file that replaces the present one'),
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '',
				placeholder: 'e.g. Field Service 2.1',
				description: 'The new name of the app in the library',
				routing: { send: { type: 'body', property: 'name' } },
			},
			platformsField(inHousePlatforms, {
				description: 'What it runs on from now on; at least one',
			}),
		],
	},
];
