import type { INodeProperties } from 'n8n-workflow';

import { byDisplayName } from '../../shared/fields/locators';
import { inputFileField } from '../../shared/preSend/files';
import { installEnforcement, installType, optionalFields } from './fields';

const showOnlyForCustomAppUpdate = { resource: ['customApp'], operation: ['update'] };

const name: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Company Portal',
	description: 'The new name of the app in the library',
	routing: { send: { type: 'body', property: 'name' } },
};

export const customAppUpdateDescription: INodeProperties[] = [
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: { show: showOnlyForCustomAppUpdate },
		options: [
			...optionalFields,
			inputFileField('the file that replaces the present one'),
			installEnforcement,
			installType,
			name,
		].sort(byDisplayName),
	},
];
