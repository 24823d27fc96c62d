import type { INodeProperties } from 'n8n-workflow';

import { inputFileField } from '../../shared/fields/files';
import { nameField } from '../../shared/fields/libraryFields';
import { installEnforcement, installType, optionalFields } from './fields';

const displayOptions = { show: { resource: ['customApp'], operation: ['create'] } };

export const customAppCreateDescription: INodeProperties[] = [
	nameField('app', 'Company Portal', { required: true, displayOptions }),
	inputFileField('the installer file, with a file name that ends in .pkg, .zip or .dmg', {
		required: true,
		displayOptions,
	}),
	{ ...installType, required: true, displayOptions },
	{ ...installEnforcement, required: true, displayOptions },
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
