import type { INodeProperties } from 'n8n-workflow';

import { inputFileField } from '../../shared/preSend/files';
import { installEnforcement, installType, optionalFields } from './fields';

const showOnlyForCustomAppCreate = { resource: ['customApp'], operation: ['create'] };

export const customAppCreateDescription: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Company Portal',
		displayOptions: { show: showOnlyForCustomAppCreate },
		description: 'Name of the app in the library',
		routing: { send: { type: 'body', property: 'name' } },
	},
	inputFileField('the app, with a file name that ends in .pkg, .zip or .dmg', {
		required: true,
		displayOptions: { show: showOnlyForCustomAppCreate },
	}),
	{ ...installType, required: true, displayOptions: { show: showOnlyForCustomAppCreate } },
	{ ...installEnforcement, required: true, displayOptions: { show: showOnlyForCustomAppCreate } },
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: { show: showOnlyForCustomAppCreate },
		options: optionalFields,
	},
];
