import type { INodeProperties } from 'n8n-workflow';

import { acceptsList } from '../../transport/routing/fieldChecks';
import { blueprintLocator, returnAllOrLimit } from '../../shared/fields/locators';

const showOnlyForBlueprintGetAll = { resource: ['blueprint'], operation: ['getAll'] };

export const blueprintGetAllDescription: INodeProperties[] = [
	...returnAllOrLimit(showOnlyForBlueprintGetAll),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: { show: showOnlyForBlueprintGetAll },
		options: [
			blueprintLocator(undefined, { required: false, description: 'Only this blueprint' }),
			acceptsList({
				displayName: 'Blueprints',
				name: 'blueprints',
				type: 'string',
				default: '',
				placeholder: 'e.g. Engineering, Sales',
				description:
					'Comma-separated list of names or IDs of blueprints, not case-sensitive. Only these blueprints are returned.',
			}),
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '',
				placeholder: 'e.g. Engineering',
				description: 'Only blueprints whose name contains this text',
				routing: { send: { type: 'query', property: 'name' } },
			},
		],
	},
];
