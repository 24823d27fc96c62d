import type { INodeProperties } from 'n8n-workflow';

import { inputError } from '../../transport/http/errors';
import { preSend } from '../../transport/routing/itemQueue';

const showOnlyForDeleteUser = { resource: ['deviceAction'], operation: ['deleteUser'] };

/** Either one account or all of them: an empty name must not be taken for either. */
export const checkAccounts = preSend(async function (options) {
	const all = this.getNodeParameter('deleteAllUsers', false) === true;
	if (!all && String(this.getNodeParameter('userName', '') ?? '').trim() === '') {
		throw inputError(
			this,
			'User Name is empty',
			'Nothing was sent. Enter the short name of the account, or turn on Delete All Users.',
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
		description: 'Whether to delete every user of a Shared iPad instead of one account',
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
		description: 'Short name of the local account to delete',
		routing: { send: { type: 'body', property: 'UserName' } },
	},
	{
		displayName: 'Force Deletion',
		name: 'forceDeletion',
		type: 'boolean',
		default: false,
		displayOptions: { show: showOnlyForDeleteUser },
		description: 'Whether to delete the account even when it has data that was not synced',
		routing: { send: { type: 'body', property: 'ForceDeletion' } },
	},
];
