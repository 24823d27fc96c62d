import type { INodeProperties } from 'n8n-workflow';

import { notice } from '../../shared/fields/notice';
import { confirmServerName } from '../../shared/preSend/confirm';

const showOnlyForAdeIntegrationDelete = { resource: ['adeIntegration'], operation: ['delete'] };

export const adeIntegrationDeleteDescription: INodeProperties[] = [
	notice(
		'deleteNotice',
		'Deleting an integration unassigns all its devices. Enrolled devices stay managed until they are wiped, and no longer enroll automatically after that.',
		showOnlyForAdeIntegrationDelete,
	),
	...confirmServerName.fields(showOnlyForAdeIntegrationDelete),
];
