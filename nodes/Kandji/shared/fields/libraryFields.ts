import type { INodeProperties } from 'n8n-workflow';

import { selfServiceCategoryLocator } from './locators';

/** The Name field of a library item. */
export const nameField = (
	what: string,
	example: string,
	overrides: Partial<INodeProperties> = {},
): INodeProperties => ({
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: `e.g. ${example}`,
	description: `Name of the ${what} in the library`,
	routing: { send: { type: 'body', property: 'name' } },
	...overrides,
});

/** The Active field of a library item. */
export const activeField = (description: string): INodeProperties => ({
	displayName: 'Active',
	name: 'active',
	type: 'boolean',
	default: true,
	description,
	routing: { send: { type: 'body', property: 'active' } },
});

/** A field for a shell script. */
export const scriptField = (
	displayName: string,
	name: string,
	property: string,
	description: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	typeOptions: { rows: 5 },
	default: '',
	placeholder: 'e.g. #!/bin/zsh',
	description,
	routing: { send: { type: 'body', property } },
});

/** The Restart field of a library item. */
export const restartField = (description: string): INodeProperties => ({
	displayName: 'Restart',
	name: 'restart',
	type: 'boolean',
	default: false,
	description,
	routing: { send: { type: 'body', property: 'restart' } },
});

/** The fields of a library item in Self Service. {@link selfServiceId} sends the category. */
export const selfServiceFields: INodeProperties[] = [
	{
		displayName: 'Recommended in Self Service',
		name: 'selfServiceRecommended',
		type: 'boolean',
		default: false,
		description: 'Whether Self Service lists it as recommended',
		routing: { send: { type: 'body', property: 'self_service_recommended' } },
	},
	selfServiceCategoryLocator(undefined, {
		required: false,
		description: 'Self Service category to list it under',
	}),
	{
		displayName: 'Show in Self Service',
		name: 'showInSelfService',
		type: 'boolean',
		default: false,
		description: 'Whether Self Service shows it to users. Requires a Self Service Category.',
		routing: { send: { type: 'body', property: 'show_in_self_service' } },
	},
];

/** The category of {@link selfServiceFields}, for `idsFrom`. */
export const selfServiceId = { selfServiceCategoryId: 'self_service_category_id' };
