import type { INodeProperties } from 'n8n-workflow';

const showOnlyForResetWorkProfilePasscode = {
	resource: ['deviceAction'],
	operation: ['resetWorkProfilePasscode'],
};

export const deviceActionResetWorkProfilePasscodeDescription: INodeProperties[] = [
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: { show: showOnlyForResetWorkProfilePasscode },
		options: [
			{
				displayName: 'New Passcode',
				name: 'newPassword',
				type: 'string',
				typeOptions: { password: true },
				default: '',
				description:
					'At least 4 characters, 6 from Android 14 on. Without it the passcode is removed, unless a library item demands one.',
				routing: { send: { type: 'body', property: 'newPassword' } },
			},
			{
				displayName: 'Reset Flags',
				name: 'resetPasswordFlags',
				type: 'multiOptions',
				options: [
					{
						name: 'Lock Now',
						value: 'LOCK_NOW',
						description: 'Lock the work profile at once after the reset',
					},
				],
				default: [],
				description: 'What else happens at the reset',
				routing: { send: { type: 'body', property: 'resetPasswordFlags' } },
			},
		],
	},
];
