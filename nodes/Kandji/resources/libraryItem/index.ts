import type { INodeProperties } from 'n8n-workflow';

import { libraryItemLocator } from '../../shared/fields/locators';
import { withIds } from '../../shared/fields/output';
import { idsFrom } from '../../shared/preSend/ids';
import { byOffset } from '../../transport/routing/paging';
import { libraryItemGetActivityDescription } from './getActivity';
import { libraryItemGetStatusesDescription } from './getStatuses';

const showOnlyForLibraryItems = { resource: ['libraryItem'] };

export const libraryItemDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: showOnlyForLibraryItems },
		options: [
			{
				name: 'Get Activity',
				value: 'getActivity',
				action: 'Get activity of library item',
				description:
					'Retrieve the activity log of a library item, such as edits and changed assignments, newest first',
				routing: {
					request: {
						method: 'GET',
						url: '/api/v1/library/library-items/{{libraryItemId}}/activity',
					},
					operations: { pagination: byOffset({ items: 'results', key: 'id' }) },
					output: { postReceive: [withIds] },
				},
			},
			{
				name: 'Get Statuses',
				value: 'getStatuses',
				action: 'Get statuses of library item',
				description: 'Retrieve the status of a library item on each assigned device',
				routing: {
					request: {
						method: 'GET',
						url: '/api/v1/library/library-items/{{libraryItemId}}/status',
					},
					send: {
						preSend: [idsFrom('filters', 'qs', { deviceId: 'computer_id' })],
					},
					operations: { pagination: byOffset({ items: 'results', key: 'id' }) },
				},
			},
		],
		default: 'getStatuses',
	},
	libraryItemLocator({ ...showOnlyForLibraryItems, operation: ['getActivity', 'getStatuses'] }),
	...libraryItemGetActivityDescription,
	...libraryItemGetStatusesDescription,
];
