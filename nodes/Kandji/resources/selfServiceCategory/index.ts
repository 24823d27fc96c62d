import type { INodeProperties } from 'n8n-workflow';

import { returnAllOrLimit } from '../../shared/fields/locators';
import { byNext } from '../../transport/routing/paging';

const showOnlyForSelfServiceCategories = { resource: ['selfServiceCategory'] };

export const selfServiceCategoryDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: showOnlyForSelfServiceCategories },
		options: [
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many self service categories',
				description:
					'Retrieve a list of the categories that Self Service lists library items under',
				routing: {
					request: { method: 'GET', url: '/api/v1/self-service/categories' },
					operations: { pagination: byNext({ items: '', key: 'id' }) },
				},
			},
		],
		default: 'getAll',
	},
	...returnAllOrLimit({ ...showOnlyForSelfServiceCategories, operation: ['getAll'] }),
];
