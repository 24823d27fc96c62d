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
				displayName: 'Blueprint IDs',
				name: 'blueprintIds',
				type: 'string',
				default: '',
				placeholder:
					'e.g. 11f4eb9a-10ed-4c3d-a7c1-fb87f95743fb, 6391086e-85a1-4820-813c-f9c75025fff4',
				description: 'Comma-separated IDs. Only these blueprints are returned.',
				routing: { send: { type: 'query', property: 'id__in' } },
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
