import type { INodeProperties } from 'n8n-workflow';

import { nameField } from '../../shared/fields/libraryFields';
import { byDisplayName } from '../../shared/fields/locators';
import { executionFrequency, optionalFields, script } from './fields';

const showOnlyForCustomScriptUpdate = { resource: ['customScript'], operation: ['update'] };

export const customScriptUpdateDescription: INodeProperties[] = [
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: { show: showOnlyForCustomScriptUpdate },
		options: [
			...optionalFields,
			executionFrequency,
			nameField('script', 'Check disk encryption'),
			script,
		].sort(byDisplayName),
	},
];
