import type { INodeProperties } from 'n8n-workflow';

const showOnlyForUnlockAccount = { resource: ['deviceAction'], operation: ['unlockAccount'] };

export const deviceActionUnlockAccountDescription: INodeProperties[] = [
	{
		displayName: 'User Name',
		name: 'userName',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. jdoe',
		displayOptions: { show: showOnlyForUnlockAccount },
		description: 'Account name of the locked local user',
		routing: { send: { type: 'body', property: 'UserName' } },
	},
];
