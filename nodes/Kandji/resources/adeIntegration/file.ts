import type { INodeProperties } from 'n8n-workflow';

import { inputFileField } from '../../shared/fields/files';

export const adeIntegrationFileDescription: INodeProperties[] = [
	inputFileField('the server token file (.p7m) from Apple Business Manager', {
		required: true,
		displayOptions: { show: { resource: ['adeIntegration'], operation: ['create', 'renew'] } },
	}),
];
