import type { INodeProperties } from 'n8n-workflow';

import { byDisplayName } from '../../shared/fields/locators';
import { executionFrequency, optionalFields } from './fields';

const showOnlyForCustomScriptUpdate = { resource: ['customScript'], operation: ['update'] };

const name: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Check disk encryption',
	description: 'The new name of the script in the library',
	routing: { send: { type: 'body', property: 'name' } },
};

const script: INodeProperties = {
	displayName: 'Script',
	name: 'script',
	type: 'string',
	typeOptions: { rows: 8 },
	default: '',
	placeholder: 'e.g. #!/bin/zsh',
	description: 'The new text of the script',
	routing: { send: { type: 'body', property: 'script' } },
};

export const customScriptUpdateDescription: INodeProperties[] = [
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: { show: showOnlyForCustomScriptUpdate },
		options: [...optionalFields, executionFrequency, name, script].sort(byDisplayName),
	},
];
