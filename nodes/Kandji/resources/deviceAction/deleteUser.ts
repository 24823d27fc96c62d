import type { INodeProperties } from 'n8n-workflow';

import { inputError } from '../../transport/http/errors';
import { preSend } from '../../transport/routing/itemQueue';

const showOnlyForDeleteUser = { resource: ['deviceAction'], operation: ['deleteUser'] };

/** Refuses an empty user name, which must not stand for all users. */
export const checkAccounts = preSend(async function (options) {
	const all = this.getNodeParameter('deleteAllUsers', false) === true;
	if (!all && String(this.getNodeParameter('userName', '') ?? '').trim() === '') {
		throw inputError(
			this,
			'User Name is empty',
			'Nothing was sent. Enter the account name of the user, or turn on Delete All Users.',
		);
	}
	return options;
});

export const deviceActionDeleteUserDescription: INodeProperties[] = [
	{
		displayName: 'Delete All Users',
		name: 'deleteAllUsers',
		type: 'boolean',
		default: false,
		displayOptions: { show: showOnlyForDeleteUser },
		description: 'Whether to delete all users of a Shared iPad',
		routing: { send: { type: 'body', property: 'DeleteAllUsers' } },
	},
	{
		displayName: 'User Name',
		name: 'userName',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. jdoe',
		displayOptions: { show: { ...showOnlyForDeleteUser, deleteAllUsers: [false] } },
		description: 'Account name of the local user to delete',
		routing: { send: { type: 'body', property: 'UserName' } },
	},
	{
		displayName: 'Force Deletion',
		name: 'forceDeletion',
		type: 'boolean',
		default: false,
		displayOptions: { show: showOnlyForDeleteUser },
		description: 'Whether to delete the user even if some of their data is not synced yet',
		routing: { send: { type: 'body', property: 'ForceDeletion' } },
	},
];
