import type { INodeProperties } from 'n8n-workflow';

import { notice } from '../../shared/fields/notice';
import { confirmBlueprintName } from '../../shared/preSend/confirm';

const showOnlyForBlueprintDelete = { resource: ['blueprint'], operation: ['delete'] };

export const blueprintDeleteDescription: INodeProperties[] = [
	notice(
		'deleteNotice',
		"Deleting a blueprint permanently stops managing every device in it. Keep 'Retry On Fail' off.",
		showOnlyForBlueprintDelete,
	),
	...confirmBlueprintName.fields(showOnlyForBlueprintDelete),
];
