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
				name: 'newPasscode',
				type: 'string',
				typeOptions: { password: true },
				default: '',
				description:
					'At least 4 characters, or 6 from Android 14. If not set, the passcode is removed unless a library item requires one.',
				routing: { send: { type: 'body', property: 'newPassword' } },
			},
			{
				displayName: 'Reset Flags',
				name: 'resetFlags',
				type: 'multiOptions',
				options: [
					{
						name: 'Lock Now',
						value: 'LOCK_NOW',
						description: 'Lock the work profile right after the reset',
					},
				],
				default: [],
				description: 'What else to do when the passcode is reset',
				routing: { send: { type: 'body', property: 'resetPasswordFlags' } },
			},
		],
	},
];
