import type { INodeProperties } from 'n8n-workflow';

import { inputFileField } from '../../shared/fields/files';
import { activeField, nameField } from '../../shared/fields/libraryFields';
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
			activeField('Whether the app is installed on devices'),
			inputFileField('the new .ipa file'),
			nameField('app', 'Field Service 2.1'),
			platformsField(inHousePlatforms),
		],
	},
];
