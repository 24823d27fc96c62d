import type { INodeProperties } from 'n8n-workflow';

import { inputFileField } from '../../shared/fields/files';
import { activeField, nameField } from '../../shared/fields/libraryFields';
import { platformsField, profilePlatforms } from '../../shared/fields/platforms';

const showOnlyForCustomProfileUpdate = { resource: ['customProfile'], operation: ['update'] };

export const customProfileUpdateDescription: INodeProperties[] = [
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: { show: showOnlyForCustomProfileUpdate },
		options: [
			activeField('Whether the profile is installed on devices'),
			inputFileField('the new .mobileconfig file'),
			nameField('profile', 'Finder settings'),
			platformsField(profilePlatforms),
		],
	},
];
