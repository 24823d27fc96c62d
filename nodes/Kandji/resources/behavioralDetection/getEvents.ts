import type { INodeProperties } from 'n8n-workflow';

import { datesFrom } from '../../shared/preSend/dates';
import { returnAllOrLimit } from '../../shared/fields/locators';
import { simplify } from '../../shared/fields/output';
import { sortOptions } from '../../shared/fields/sort';
import {
	choices,
	findingTags,
	managementState,
	severities,
} from '../../shared/fields/findingFields';
import { idOf } from '../../transport/routing/ids';
import { preSend } from '../../transport/routing/itemQueue';
import { simplifiedDetection } from './simplified';
import { detectionStatuses } from './statuses';

const showOnlyForDetectionGetEvents = {
	resource: ['behavioralDetection'],
	operation: ['getEvents'],
};

/** Adds the device's id, which this endpoint requires, to the query. */
export const sendDevice = preSend(async function (options) {
	const device_id = await idOf(this, 'deviceId', this.getNodeParameter('deviceId'));
	return { ...options, qs: { ...options.qs, device_id } };
});

export const sendDates = datesFrom('filters', [
	{ parameter: 'detectedAfter', key: 'detection_from', displayName: 'Detected After' },
	{ parameter: 'detectedBefore', key: 'detection_to', displayName: 'Detected Before' },
]);

export const behavioralDetectionGetEventsDescription: INodeProperties[] = [
	...returnAllOrLimit(showOnlyForDetectionGetEvents),
	...simplify(showOnlyForDetectionGetEvents, simplifiedDetection),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: { show: showOnlyForDetectionGetEvents },
		options: [
			choices(
				'Classifications',
				'classifications',
				'classifications',
				[
					{ name: 'Malicious', value: 'mal' },
					{ name: 'Potentially Unwanted Program', value: 'pup' },
					{ name: 'Suspicious', value: 'sus' },
				],
				'Only detections with any of these classifications',
			),
			{
				displayName: 'Detected After',
				name: 'detectedAfter',
				type: 'dateTime',
				default: '',
				description: 'Only detections from this time on',
			},
			{
				displayName: 'Detected Before',
				name: 'detectedBefore',
				type: 'dateTime',
				default: '',
				description: 'Only detections up to this time',
			},
			managementState,
			{
				displayName: 'Search Term',
				name: 'searchTerm',
				type: 'string',
				default: '',
				placeholder: 'e.g. /usr/bin/tmutil',
				description: 'Only detections that contain this text',
				routing: { send: { type: 'query', property: 'search_term' } },
			},
			severities,
			choices(
				'Statuses',
				'statuses',
				'statuses',
				detectionStatuses,
				'Only detections with any of these statuses',
			),
			findingTags,
		],
	},
	sortOptions(showOnlyForDetectionGetEvents, [
		{ name: 'Associated Item', value: 'associated_item' },
		{ name: 'Classification', value: 'classification' },
		{ name: 'Detection Date', value: 'detection_date' },
		{ name: 'Management State', value: 'management_state' },
		{ name: 'Process', value: 'process' },
		{ name: 'Severity', value: 'severity' },
		{ name: 'Threat ID', value: 'threat_id' },
	]),
];
