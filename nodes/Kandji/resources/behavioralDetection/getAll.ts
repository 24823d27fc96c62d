import type { INodeProperties } from 'n8n-workflow';

import { acceptsList } from '../../transport/routing/fieldChecks';
import { deviceLocator, returnAllOrLimit } from '../../shared/fields/locators';
import { simplify } from '../../shared/fields/output';
import { sortOptions } from '../../shared/fields/sort';
import { datesFrom } from '../../shared/preSend/dates';
import { simplifiedDetection } from './simplified';
import { detectionStatuses } from './statuses';

const showOnlyForDetectionGetAll = { resource: ['behavioralDetection'], operation: ['getAll'] };

export const sendDays = datesFrom('filters', [
	{
		parameter: 'detectedAfter',
		key: 'detection_date_from',
		displayName: 'Detected After',
		isDay: true,
	},
	{
		parameter: 'detectedBefore',
		key: 'detection_date_to',
		displayName: 'Detected Before',
		isDay: true,
	},
]);

const textFilter = (
	displayName: string,
	name: string,
	property: string,
	example: string,
	description: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder: `e.g. ${example}`,
	description,
	routing: { send: { type: 'query', property } },
});

export const behavioralDetectionGetAllDescription: INodeProperties[] = [
	...returnAllOrLimit(showOnlyForDetectionGetAll),
	...simplify(showOnlyForDetectionGetAll, simplifiedDetection),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: { show: showOnlyForDetectionGetAll },
		options: [
			{
				displayName: 'Classification',
				name: 'classification',
				type: 'options',
				options: [
					{ name: 'Malicious', value: 'malicious' },
					{ name: 'Suspicious', value: 'suspicious' },
				],
				default: 'malicious',
				description: 'Only detections with this classification',
				routing: { send: { type: 'query', property: 'classification' } },
			},
			{
				displayName: 'Date Range (Days)',
				name: 'dateRange',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 7,
				description: 'Only detections from this number of past days',
				routing: { send: { type: 'query', property: 'date_range' } },
			},
			{
				displayName: 'Detected After',
				name: 'detectedAfter',
				type: 'dateTime',
				default: '',
				description: 'Only detections from this day on. The time is ignored.',
			},
			{
				displayName: 'Detected Before',
				name: 'detectedBefore',
				type: 'dateTime',
				default: '',
				description: 'Only detections up to and including this day. The time is ignored.',
			},
			deviceLocator(undefined, {
				required: false,
				description: 'Only detections on this device',
			}),
			acceptsList({
				displayName: 'Informational Tags',
				name: 'informationalTags',
				type: 'string',
				default: '',
				placeholder: 'e.g. exploit, privilege_escalation',
				description: 'Comma-separated tags. Only detections with any of them are returned.',
				routing: { send: { type: 'query', property: 'informational_tags' } },
			}),
			textFilter(
				'Malware Family',
				'malwareFamily',
				'malware_family',
				'TrickBot',
				'Only detections of this malware family',
			),
			textFilter(
				'Parent Process Name',
				'parentProcessName',
				'parent_process_name',
				'bash',
				'Only detections whose parent process has this name',
			),
			textFilter(
				'Search Term',
				'searchTerm',
				'term',
				'python',
				'Only detections with this text in the device name, a file hash or a process path',
			),
			{
				displayName: 'Status',
				name: 'status',
				type: 'options',
				options: detectionStatuses,
				default: 'detected',
				description: 'Only detections with this status',
				routing: { send: { type: 'query', property: 'status' } },
			},
			textFilter(
				'Target Process Name',
				'targetProcessName',
				'target_process_name',
				'python',
				'Only detections whose target process has this name',
			),
			textFilter(
				'Threat ID',
				'threatId',
				'threat_id',
				'KTI_BD_0096',
				'Only detections with this threat ID',
			),
		],
	},
	sortOptions(showOnlyForDetectionGetAll, [
		{ name: 'Classification', value: 'classification' },
		{ name: 'Detection Date', value: 'detection_date' },
		{ name: 'Device Name', value: 'device_name' },
		{ name: 'Parent Process', value: 'parent_process_name' },
		{ name: 'Status', value: 'status' },
		{ name: 'Target Process', value: 'target_process_name' },
		{ name: 'Threat ID', value: 'threat_id' },
	]),
];
