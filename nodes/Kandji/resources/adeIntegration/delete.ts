import type { INodeProperties } from 'n8n-workflow';

import { confirmServerName } from '../../shared/preSend/confirm';

const showOnlyForAdeIntegrationDelete = { resource: ['adeIntegration'], operation: ['delete'] };

export const adeIntegrationDeleteDescription: INodeProperties[] = [
	{
		displayName:
			'Deleting an integration unassigns all its devices. Enrolled ones stay managed until they are wiped; then they no longer enroll automatically.',
		name: 'deleteNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: showOnlyForAdeIntegrationDelete },
	},
	...confirmServerName.fields(showOnlyForAdeIntegrationDelete),
];
