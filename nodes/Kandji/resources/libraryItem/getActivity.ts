import type { INodeProperties } from 'n8n-workflow';

import { returnAllOrLimit } from '../../shared/fields/locators';

const showOnlyForLibraryItemGetActivity = { resource: ['libraryItem'], operation: ['getActivity'] };

export const libraryItemGetActivityDescription: INodeProperties[] = [
	...returnAllOrLimit(showOnlyForLibraryItemGetActivity),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: { show: showOnlyForLibraryItemGetActivity },
		options: [
			{
				displayName: 'Activity Type',
				name: 'activityType',
				type: 'options',
				options: [
					{ name: 'Assignment Changed', value: 'library_item_assignment_changed' },
					{ name: 'Created', value: 'library_item_created' },
					{ name: 'Deleted', value: 'library_item_deleted' },
					{ name: 'Duplicated', value: 'library_item_duplicated' },
					{ name: 'Edited', value: 'library_item_edited' },
				],
				default: 'library_item_assignment_changed',
				description: 'Only activity of this type',
				routing: { send: { type: 'query', property: 'activity_type' } },
			},
			{
				displayName: 'Administrator Email',
				name: 'administratorEmail',
				type: 'string',
				default: '',
				placeholder: 'e.g. admin@acme.com',
				description: 'Only activity of the administrator with this email address',
				routing: { send: { type: 'query', property: 'user_email' } },
			},
			{
				displayName: 'Administrator ID',
				name: 'administratorId',
				type: 'string',
				default: '',
				placeholder: 'e.g. 4b9b080b-f82b-41e9-814b-a5668fdd8a3e',
				description: 'Only activity of the administrator with this ID',
				routing: { send: { type: 'query', property: 'user_id' } },
			},
		],
	},
];
