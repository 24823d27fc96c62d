import type { INodeProperties } from 'n8n-workflow';

const showOnlyForSetName = { resource: ['deviceAction'], operation: ['setName'] };

export const deviceActionSetNameDescription: INodeProperties[] = [
	{
		displayName: 'Device Name',
		name: 'deviceName',
		type: 'string',
		default: '',
		required: true,
		placeholder: "e.g. Ana's MacBook Air",
		displayOptions: { show: showOnlyForSetName },
		description: 'New name of the device',
		routing: { send: { type: 'body', property: 'DeviceName' } },
	},
];
