import type { INodePropertyOptions } from 'n8n-workflow';

export const detectionStatuses: INodePropertyOptions[] = [
	{ name: 'Blocked', value: 'blocked' },
	{ name: 'Blocked Parent', value: 'blocked_parent' },
	{ name: 'Detected', value: 'detected' },
	{ name: 'Informational', value: 'informational' },
];
