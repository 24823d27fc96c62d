import type { INodeProperties } from 'n8n-workflow';

import { confirmBlueprintName } from '../../shared/preSend/confirm';

const showOnlyForBlueprintDelete = { resource: ['blueprint'], operation: ['delete'] };

export const blueprintDeleteDescription: INodeProperties[] = [
	{
		displayName:
			'Deleting ends the management of every device in the blueprint, for good. Leave the node setting Retry On Fail off.',
		name: 'deleteNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: showOnlyForBlueprintDelete },
	},
	...confirmBlueprintName.fields(showOnlyForBlueprintDelete),
];
