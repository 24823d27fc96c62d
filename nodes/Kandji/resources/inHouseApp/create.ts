import type { INodeProperties } from 'n8n-workflow';

import { inputFileField } from '../../shared/fields/files';
import { activeField, nameField } from '../../shared/fields/libraryFields';
import { inHousePlatforms, platformsField } from '../../shared/fields/platforms';

const displayOptions = { show: { resource: ['inHouseApp'], operation: ['create'] } };

export const inHouseAppCreateDescription: INodeProperties[] = [
	nameField('app', 'Field Service 2.1', { required: true, displayOptions }),
	inputFileField('the .ipa file', { required: true, displayOptions }),
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions,
		options: [
			activeField('Whether the app is installed on devices'),
			platformsField(inHousePlatforms),
		],
	},
];
