import type { INodeProperties } from 'n8n-workflow';

import { returnAllOrLimit, userLocator } from '../../shared/fields/locators';
import { simplify } from '../../shared/fields/output';
import { simplifiedUser, usualUserFields } from './simplified';

const showOnlyForUserGetAll = { resource: ['user'], operation: ['getAll'] };

export const userGetAllDescription: INodeProperties[] = [
	...returnAllOrLimit(showOnlyForUserGetAll),
	...simplify(showOnlyForUserGetAll, simplifiedUser, usualUserFields),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: { show: showOnlyForUserGetAll },
		options: [
			{
				displayName: 'Archived',
				name: 'archived',
				type: 'boolean',
				default: false,
				description: 'Whether to return only archived users. If off, they are left out.',
				routing: { send: { type: 'query', property: 'archived' } },
			},
			{
				displayName: 'Email',
				name: 'email',
				type: 'string',
				default: '',
				placeholder: 'e.g. ana@acme.example',
				description: 'Only users whose email contains this text',
				routing: { send: { type: 'query', property: 'email' } },
			},
			{
				displayName: 'Integration ID',
				name: 'integrationId',
				type: 'string',
				default: '',
				placeholder: 'e.g. f7461096-4ef9-43aa-88e9-ca1967ba0b38',
				description: 'Only users from the directory integration with this ID',
				routing: { send: { type: 'query', property: 'integration_id' } },
			},
			userLocator(undefined, { required: false, description: 'Only this user' }),
		],
	},
];
