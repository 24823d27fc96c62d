import type { INodeProperties } from 'n8n-workflow';

const showOnlyForEnableLostMode = { resource: ['deviceAction'], operation: ['enableLostMode'] };

export const deviceActionEnableLostModeDescription: INodeProperties[] = [
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: { show: showOnlyForEnableLostMode },
		options: [
			{
				displayName: 'Footnote',
				name: 'footnote',
				type: 'string',
				default: '',
				placeholder: 'e.g. Property of Acme',
				description: 'Footnote to show on the lock screen',
				routing: { send: { type: 'body', property: 'Footnote' } },
			},
			{
				displayName: 'Message',
				name: 'message',
				type: 'string',
				default: '',
				placeholder: 'e.g. This iPad is lost. Please call us.',
				description: 'Message to show on the lock screen',
				routing: { send: { type: 'body', property: 'Message' } },
			},
			{
				displayName: 'Phone Number',
				name: 'phoneNumber',
				type: 'string',
				default: '',
				placeholder: 'e.g. +1 555 0100',
				description: 'Phone number to show on the lock screen',
				routing: { send: { type: 'body', property: 'PhoneNumber' } },
			},
		],
	},
];
