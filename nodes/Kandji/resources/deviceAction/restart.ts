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
					'Whether to ask the user of a Mac to restart when it suits them instead of restarting at once',
				routing: { send: { type: 'body', property: 'NotifyUser' } },
			},
			{
				displayName: 'Rebuild Kernel Cache',
				name: 'rebuildKernelCache',
				type: 'boolean',
				default: false,
				description: 'Whether to rebuild the kernel cache of a Mac during the restart',
				routing: { send: { type: 'body', property: 'RebuildKernelCache' } },
			},
		],
	},
];
