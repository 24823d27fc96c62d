import type { INodeProperties } from 'n8n-workflow';

import { inputFileField } from '../../shared/preSend/files';
import { inHousePlatforms, platformsField } from '../../shared/fields/platforms';

const showOnlyForInHouseAppCreate = { resource: ['inHouseApp'], operation: ['create'] };

export const inHouseAppCreateDescription: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Field Service 2.1',
		displayOptions: { show: showOnlyForInHouseAppCreate },
		description: 'Name of the app in the library',
		routing: { send: { type: 'body', property: 'name' } },
	},
	inputFileField('the .ipa file', {
		required: true,
		displayOptions: { show: showOnlyForInHouseAppCreate },
	}),
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: { show: showOnlyForInHouseAppCreate },
		options: [
			{
				displayName: 'Active',
				name: 'active',
				type: 'boolean',
				default: true,
				description: 'Whether devices get the app',
				routing: { send: { type: 'body', property: 'active' } },
			},
			platformsField(inHousePlatforms),
		],
	},
];
