import type { INodeProperties } from 'n8n-workflow';

const showOnlyForLock = { resource: ['deviceAction'], operation: ['lock'] };

export const deviceActionLockDescription: INodeProperties[] = [
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: { show: showOnlyForLock },
		options: [
			{
				displayName: 'Message',
				name: 'message',
				type: 'string',
				default: '',
				placeholder: 'e.g. Please return this Mac to IT',
				description: 'Message to show on the lock screen',
				routing: { send: { type: 'body', property: 'Message' } },
			},
			{
				displayName: 'Phone Number',
				name: 'phoneNumber',
				type: 'string',
				default: '',
				placeholder: 'e.g. +1 555 0100',
				description:
					'Phone number to show on the lock screen. Among Macs, only those with Apple silicon show it.',
				routing: { send: { type: 'body', property: 'PhoneNumber' } },
			},
		],
	},
];
