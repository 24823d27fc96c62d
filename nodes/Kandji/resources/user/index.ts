import type { INodeProperties } from 'n8n-workflow';

import { userLocator } from '../../shared/fields/locators';
import { idsFrom } from '../../shared/preSend/ids';
import { asDeleted, simplify } from '../../shared/fields/output';
import { refuseRepeats } from '../../transport/routing/repeats';
import { byCursor } from '../../transport/routing/paging';
import { userGetAllDescription } from './getAll';
import { checkOffboard, offboard, userOffboardDescription } from './offboard';
import { simplifiedUser, usualUserFields } from './simplified';

const showOnlyForUsers = { resource: ['user'] };

export const userDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: showOnlyForUsers },
		options: [
			{
				name: 'Delete',
				value: 'delete',
				action: 'Delete user',
				description: 'Delete a user from Kandji. Fails while a device is assigned to the user.',
				routing: {
					request: { method: 'DELETE', url: '/api/v1/users/{{userId}}' },
					send: { preSend: [refuseRepeats()] },
					output: { postReceive: [asDeleted] },
				},
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get user',
				description: 'Retrieve a user and the number of assigned devices',
				routing: { request: { method: 'GET', url: '/api/v1/users/{{userId}}' } },
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many users',
				description:
					'Retrieve a list of users, optionally filtered by email or directory integration',
				routing: {
					request: { method: 'GET', url: '/api/v1/users' },
					send: {
						preSend: [idsFrom('filters', 'qs', { userId: 'id' })],
					},
					operations: { pagination: byCursor({ items: 'results', key: 'id' }) },
				},
			},
			{
				name: 'Offboard',
				value: 'offboard',
				action: 'Offboard user',
				description:
					'Lock or erase every device of a user, add a note, unassign it, and optionally delete the user',
				routing: {
					request: { method: 'DELETE', url: '/api/v1/users/{{userId}}' },
					send: { preSend: [checkOffboard] },
					operations: { pagination: offboard },
				},
			},
		],
		default: 'getAll',
	},
	userLocator({ ...showOnlyForUsers, operation: ['delete', 'get', 'offboard'] }),
	...simplify({ ...showOnlyForUsers, operation: ['get'] }, simplifiedUser, usualUserFields),
	...userGetAllDescription,
	...userOffboardDescription,
];
