import type { INodeProperties } from 'n8n-workflow';

import { confirmSerialNumber } from '../../shared/preSend/confirm';

const showOnlyForDeviceDelete = { resource: ['device'], operation: ['delete'] };

export const deviceDeleteDescription: INodeProperties[] = [
	{
		displayName:
			'Deleting removes the record and the management from the device, for good. Leave the node setting Retry On Fail off.',
		name: 'deleteNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: showOnlyForDeviceDelete },
	},
	...confirmSerialNumber.fields(showOnlyForDeviceDelete),
];
