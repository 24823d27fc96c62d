import type { INodeProperties } from 'n8n-workflow';

import { inputFileField } from '../../shared/fields/files';
import { nameField } from '../../shared/fields/libraryFields';
import { byDisplayName } from '../../shared/fields/locators';
import { installEnforcement, installType, optionalFields } from './fields';

const showOnlyForCustomAppUpdate = { resource: ['customApp'], operation: ['update'] };

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
			inputFileField('the new installer file'),
			installEnforcement,
			installType,
			nameField('app', 'Company Portal'),
		].sort(byDisplayName),
	},
];
