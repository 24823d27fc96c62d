import type { INodeProperties } from 'n8n-workflow';

import { deviceLocator } from '../../shared/fields/locators';

// Filters of both versions of the API.
export const classification: INodeProperties = {
	displayName: 'Classification',
	name: 'classification',
	type: 'options',
	options: [
		{ name: 'Malware', value: 'malware' },
		{ name: 'Potentially Unwanted Program', value: 'pup' },
	],
	default: 'malware',
	description: 'Only threats with this classification',
	routing: { send: { type: 'query', property: 'classification' } },
};

export const detectedWithin: INodeProperties = {
	displayName: 'Date Range (Days)',
	name: 'dateRange',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 7,
	description: 'Only threats from this number of past days',
	routing: { send: { type: 'query', property: 'date_range' } },
};

export const device: INodeProperties = deviceLocator(undefined, {
	required: false,
	description: 'Only threats on this device',
});

export const searchTerm: INodeProperties = {
	displayName: 'Search Term',
	name: 'searchTerm',
	type: 'string',
	default: '',
	placeholder: 'e.g. Chrome',
	description: 'Only threats with this text in the device name, file hash or file path',
	routing: { send: { type: 'query', property: 'term' } },
};
