import type { INodeProperties } from 'n8n-workflow';

import { datesFrom } from '../../shared/preSend/dates';
import { idsFrom } from '../../shared/preSend/ids';
import { threatNotice, withoutZone } from '../../shared/fields/findingFields';
import { byOffset } from '../../transport/routing/paging';
import { threatGetAllDescription } from './getAll';
import { threatGetAllLegacyDescription } from './getAllLegacy';

const showOnlyForThreats = { resource: ['threat'] };

const sendDevice = idsFrom('filters', 'qs', { deviceId: 'device_id' });

const sendDates = datesFrom('filters', [
	{ parameter: 'detectedAfter', key: 'detection_date_from', displayName: 'Detected After' },
	{ parameter: 'detectedBefore', key: 'detection_date_to', displayName: 'Detected Before' },
]);

export const threatDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: showOnlyForThreats },
		options: [
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many threats',
				description:
					'Retrieve a list of malicious or unwanted files on Macs, including their severity, status and management state',
				routing: {
					request: { method: 'GET', url: '/api/v2/threat/threat-details' },
					send: {
						preSend: [
							sendDevice,
							sendDates,
							withoutZone('detection_date_from', 'detection_date_to'),
						],
					},
					operations: { pagination: byOffset({ items: 'results', pageSize: 1000 }) },
				},
			},
			{
				name: 'Get Many (Legacy)',
				value: 'getAllLegacy',
				action: 'Get many threats from legacy API',
				description:
					'Retrieve a list of threats from version 1 of the API, which has no severity or management state',
				routing: {
					request: { method: 'GET', url: '/api/v1/threat-details' },
					send: { preSend: [sendDevice] },
					operations: { pagination: byOffset({ items: 'results', pageSize: 1000 }) },
				},
			},
		],
		default: 'getAll',
	},
	threatNotice(showOnlyForThreats),
	...threatGetAllDescription,
	...threatGetAllLegacyDescription,
];
