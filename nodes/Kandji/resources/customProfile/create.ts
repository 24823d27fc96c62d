import type { INodeProperties } from 'n8n-workflow';

import { inputFileField } from '../../shared/fields/files';
import { activeField, nameField } from '../../shared/fields/libraryFields';
import { platformsField, profilePlatforms } from '../../shared/fields/platforms';

const displayOptions = { show: { resource: ['customProfile'], operation: ['create'] } };

export const customProfileCreateDescription: INodeProperties[] = [
	nameField('profile', 'Finder settings', { required: true, displayOptions }),
	inputFileField('the .mobileconfig file', { required: true, displayOptions }),
	platformsField(profilePlatforms, { required: true, default: ['mac'], displayOptions }),
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions,
		options: [activeField('Whether the profile is installed on devices')],
	},
];
