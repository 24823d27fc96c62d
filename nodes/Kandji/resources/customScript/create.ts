import type { INodeProperties } from 'n8n-workflow';

import { nameField } from '../../shared/fields/libraryFields';
import { executionFrequency, optionalFields, script } from './fields';

const displayOptions = { show: { resource: ['customScript'], operation: ['create'] } };

export const customScriptCreateDescription: INodeProperties[] = [
	nameField('script', 'Check disk encryption', { required: true, displayOptions }),
	{ ...script, required: true, displayOptions },
	{ ...executionFrequency, required: true, displayOptions },
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions,
		options: optionalFields,
	},
];
