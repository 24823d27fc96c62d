import type { INodeProperties } from 'n8n-workflow';

const showOnlyForToggles = {
	resource: ['deviceAction'],
	operation: ['setDataRoaming', 'setPersonalHotspot'],
};

const showOnlyForRemoteDesktop = { resource: ['deviceAction'], operation: ['setRemoteDesktop'] };

export const deviceActionToggleDescription: INodeProperties[] = [
	{
		displayName: 'Enabled',
		name: 'enabled',
		type: 'boolean',
		default: true,
		displayOptions: { show: showOnlyForToggles },
		description: 'Whether to turn the setting on or off',
		routing: { send: { type: 'body', property: 'Enabled' } },
	},
	{
		displayName: 'Enabled',
		name: 'enabled',
		type: 'boolean',
		default: true,
		displayOptions: { show: showOnlyForRemoteDesktop },
		description:
			'Whether to turn Remote Management on, with Observe and Control for all users, or off',
		routing: { send: { type: 'body', property: 'EnableRemoteDesktop' } },
	},
];
