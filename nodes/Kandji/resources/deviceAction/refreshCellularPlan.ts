import type { INodeProperties } from 'n8n-workflow';

const showOnlyForRefreshCellularPlan = {
	resource: ['deviceAction'],
	operation: ['refreshCellularPlan'],
};

export const deviceActionRefreshCellularPlanDescription: INodeProperties[] = [
	{
		displayName: 'eSIM Server URL',
		name: 'esimServerUrl',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://smdp.carrier.example',
		displayOptions: { show: showOnlyForRefreshCellularPlan },
		description: "URL of the carrier's SM-DP+ server. Ask the carrier for it.",
		routing: { send: { type: 'body', property: 'eSIMServerURL' } },
	},
];
