import type { INodeProperties } from 'n8n-workflow';

import { executionFrequency, optionalFields } from './fields';

const showOnlyForCustomScriptCreate = { resource: ['customScript'], operation: ['create'] };

export const customScriptCreateDescription: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Check disk encryption',
		displayOptions: { show: showOnlyForCustomScriptCreate },
		description: 'Name of the script in the library',
		routing: { send: { type: 'body', property: 'name' } },
	},
	{
		displayName: 'Script',
		name: 'script',
		type: 'string',
		typeOptions: { rows: 8 },
		required: true,
		default: '',
		placeholder: 'e.g. #!/bin/zsh',
		displayOptions: { show: showOnlyForCustomScriptCreate },
		description: 'The script with its shebang; an exit code other than 0 counts as a failed audit',
		routing: { send: { type: 'body', property: 'script' } },
	},
	{
		...executionFrequency,
		required: true,
		displayOptions: { show: showOnlyForCustomScriptCreate },
	},
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: { show: showOnlyForCustomScriptCreate },
		options: optionalFields,
	},
];
