import type { INodeProperties } from 'n8n-workflow';

import { notice } from '../../shared/fields/notice';
import { confirmSerialNumber } from '../../shared/preSend/confirm';

const showOnlyForDeviceDelete = { resource: ['device'], operation: ['delete'] };

export const deviceDeleteDescription: INodeProperties[] = [
	notice(
		'deleteNotice',
		"Deleting a device removes its record and ends its management permanently. Keep 'Retry On Fail' off: a retry runs an item with an unknown outcome again.",
		showOnlyForDeviceDelete,
	),
	...confirmSerialNumber.fields(showOnlyForDeviceDelete),
];
