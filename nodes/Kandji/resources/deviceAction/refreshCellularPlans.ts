import type { INodeProperties } from 'n8n-workflow';

const showOnlyForRefreshCellularPlans = {
	resource: ['deviceAction'],
	operation: ['refreshCellularPlans'],
};

export const deviceActionRefreshCellularPlansDescription: INodeProperties[] = [
	{
		displayName: 'eSIM Server URL',
		name: 'esimServerUrl',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://smdp.carrier.example',
		displayOptions: { show: showOnlyForRefreshCellularPlans },
		description: "Address of the carrier's SM-DP+ server, which the carrier tells you",
		routing: { send: { type: 'body', property: 'eSIMServerURL' } },
	},
];
