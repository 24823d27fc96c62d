import type { INodeProperties } from 'n8n-workflow';

import { inputFileField } from '../../shared/preSend/files';
import { platformsField, profilePlatforms } from '../../shared/fields/platforms';

const showOnlyForCustomProfileCreate = { resource: ['customProfile'], operation: ['create'] };

export const customProfileCreateDescription: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Finder settings',
		displayOptions: { show: showOnlyForCustomProfileCreate },
		description: 'Name of the profile in the library',
		routing: { send: { type: 'body', property: 'name' } },
	},
	inputFileField('the .mobileconfig file', {
		required: true,
		displayOptions: { show: showOnlyForCustomProfileCreate },
	}),
	platformsField(profilePlatforms, {
		required: true,
		default: ['mac'],
		displayOptions: { show: showOnlyForCustomProfileCreate },
	}),
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: { show: showOnlyForCustomProfileCreate },
		options: [
			{
				displayName: 'Active',
				name: 'active',
				type: 'boolean',
				default: true,
				description: 'Whether devices get the profile',
				routing: { send: { type: 'body', property: 'active' } },
			},
		],
	},
];
