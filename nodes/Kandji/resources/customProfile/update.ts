import type { INodeProperties } from 'n8n-workflow';

import { inputFileField } from '../../shared/preSend/files';
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
			{
				displayName: 'Active',
				name: 'active',
				type: 'boolean',
				default: true,
				description: 'Whether devices get the profile',
				routing: { send: { type: 'body', property: 'active' } },
			},
			inputFileField('the .mobileconfig file that replaces the present one'),
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '',
				placeholder: 'e.g. Finder settings',
				description: 'The new name of the profile in the library',
				routing: { send: { type: 'body', property: 'name' } },
			},
			platformsField(profilePlatforms, {
				description: 'What it runs on from now on; at least one',
			}),
		],
	},
];
