import type { INodeProperties } from 'n8n-workflow';

import { deviceLocator } from '../../shared/fields/locators';

/** Filters that both versions of the API have. */
export const classification: INodeProperties = {
	displayName: 'Classification',
	name: 'classification',
	type: 'options',
	options: [
		{ name: 'Malware', value: 'malware' },
		{ name: 'Potentially Unwanted Program', value: 'pup' },
	],
	default: 'malware',
	description: 'Only threats of this kind',
	routing: { send: { type: 'query', property: 'classification' } },
};

export const detectedWithin: INodeProperties = {
	displayName: 'Date Range (Days)',
	name: 'dateRange',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 7,
	description: 'Only threats found in so many days up to now',
	routing: { send: { type: 'query', property: 'date_range' } },
};

export const device: INodeProperties = deviceLocator(undefined, {
	required: false,
	description: 'Only threats on this device',
});

export const term: INodeProperties = {
	displayName: 'Term',
	name: 'term',
	type: 'string',
	default: '',
	placeholder: 'e.g. Chrome',
	description: 'Only threats with this text in the device name, the file hash or the file path',
	routing: { send: { type: 'query', property: 'term' } },
};
