import type { INodeProperties } from 'n8n-workflow';

const showOnlyForRestart = { resource: ['deviceAction'], operation: ['restart'] };

export const deviceActionRestartDescription: INodeProperties[] = [
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: { show: showOnlyForRestart },
		options: [
			{
				displayName: 'Notify User',
				name: 'notifyUser',
				type: 'boolean',
				default: false,
				description:
					'Whether the user of a Mac is asked to restart at their convenience instead of being forced',
				routing: { send: { type: 'body', property: 'NotifyUser' } },
			},
			{
				displayName: 'Rebuild Kernel Cache',
				name: 'rebuildKernelCache',
				type: 'boolean',
				default: false,
				description: 'Whether a Mac rebuilds its kernel cache while it restarts',
				routing: { send: { type: 'body', property: 'RebuildKernelCache' } },
			},
		],
	},
];
