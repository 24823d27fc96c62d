import type { INodeProperties } from 'n8n-workflow';

/** Operations that turn one setting of the device on or off, and the key of the API for it. */
const showOnlyForSwitches = {
	resource: ['deviceAction'],
	operation: ['setDataRoaming', 'setPersonalHotspot'],
};

const showOnlyForRemoteDesktop = { resource: ['deviceAction'], operation: ['setRemoteDesktop'] };

export const deviceActionSwitchesDescription: INodeProperties[] = [
	{
		displayName: 'Enabled',
		name: 'enabled',
		type: 'boolean',
		default: true,
		displayOptions: { show: showOnlyForSwitches },
		description: 'Whether the setting is on afterwards',
		routing: { send: { type: 'body', property: 'Enabled' } },
	},
	{
		displayName: 'Enabled',
		name: 'enabled',
		type: 'boolean',
		default: true,
		displayOptions: { show: showOnlyForRemoteDesktop },
		description:
			'Whether Remote Management is on afterwards, with Observe and Control for all users',
		routing: { send: { type: 'body', property: 'EnableRemoteDesktop' } },
	},
];
