import type { INodeProperties } from 'n8n-workflow';

import { idsFrom } from '../../shared/preSend/ids';
import { threatNotice, withoutZone } from '../../shared/fields/findingFields';
import { byOffset } from '../../transport/routing/paging';
import { behavioralDetectionGetAllDescription, sendDays } from './getAll';
import { behavioralDetectionGetEventsDescription, sendDates, sendDevice } from './getEvents';

const showOnlyForBehavioralDetections = { resource: ['behavioralDetection'] };

export const behavioralDetectionDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: showOnlyForBehavioralDetections },
		options: [
			{
				name: 'Get Events',
				value: 'getEvents',
				action: 'Get behavioral detection events of device',
				description:
					'Retrieve the behavioral detections of a device, including their severity, tags and management state',
				routing: {
					request: { method: 'GET', url: '/api/v2/threat/behavioral-detections/events' },
					send: { preSend: [sendDevice, sendDates, withoutZone('detection_from', 'detection_to')] },
					operations: { pagination: byOffset({ items: 'results', pageSize: 1000 }) },
				},
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many behavioral detections',
				description:
					'Retrieve a list of processes on Macs that behaved like malware, including their status',
				routing: {
					request: { method: 'GET', url: '/api/v1/behavioral-detections' },
					send: {
						preSend: [idsFrom('filters', 'qs', { deviceId: 'device_id' }), sendDays],
					},
					operations: { pagination: byOffset({ items: 'results', pageSize: 1000, key: 'id' }) },
				},
			},
		],
		default: 'getAll',
	},
	threatNotice(showOnlyForBehavioralDetections),
	...behavioralDetectionGetAllDescription,
	...behavioralDetectionGetEventsDescription,
];
