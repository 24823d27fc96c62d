import type { INodeProperties } from 'n8n-workflow';

import { asCommaList } from '../../shared/fields/commaList';
import { deviceLocator, returnAllOrLimit } from '../../shared/fields/locators';
import { simplify } from '../../shared/fields/output';
import { sortOptions } from '../../shared/fields/sort';
import { simplifiedDetection } from './simplified';
import { detectionStatuses } from './statuses';

const showOnlyForDetectionGetAll = { resource: ['behavioralDetection'], operation: ['getAll'] };

/** The API takes days; a text that starts with none becomes empty, which is refused. */
const asDay = '={{ String($value).match(/^\\d{4}-\\d\\d-\\d\\d/)?.[0] ?? "" }}';

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
	simplify(showOnlyForDetectionGetAll, simplifiedDetection),
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
				description: 'Only detections of this kind',
				routing: { send: { type: 'query', property: 'classification' } },
			},
			{
				displayName: 'Date Range (Days)',
				name: 'dateRange',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 7,
				description: 'Only detections in so many days up to now',
				routing: { send: { type: 'query', property: 'date_range' } },
			},
			{
				displayName: 'Detection Date From',
				name: 'detectionDateFrom',
				type: 'dateTime',
				default: '',
				description: 'Only detections from this day on; the time of day does not count',
				routing: { send: { type: 'query', property: 'detection_date_from', value: asDay } },
			},
			{
				displayName: 'Detection Date To',
				name: 'detectionDateTo',
				type: 'dateTime',
				default: '',
				description: 'Only detections up to this day; the time of day does not count',
				routing: { send: { type: 'query', property: 'detection_date_to', value: asDay } },
			},
			deviceLocator(undefined, {
				required: false,
				description: 'Only detections on this device',
			}),
			{
				displayName: 'Informational Tags',
				name: 'informationalTags',
				type: 'string',
				default: '',
				placeholder: 'e.g. exploit, privilege_escalation',
				description: 'Only detections with any of these tags, separated by commas',
				routing: { send: { type: 'query', property: 'informational_tags', value: asCommaList } },
			},
			textFilter(
				'Malware Family',
				'malwareFamily',
				'malware_family',
				'TrickBot',
				'Only detections that belong to this family of malware',
			),
			textFilter(
				'Parent Process Name',
				'parentProcessName',
				'parent_process_name',
				'bash',
				'Only detections whose process was started by the process of this name',
			),
			{
				displayName: 'Status',
				name: 'status',
				type: 'options',
				options: detectionStatuses,
				default: 'detected',
				description: 'Only detections that were handled in this way',
				routing: { send: { type: 'query', property: 'status' } },
			},
			textFilter(
				'Target Process Name',
				'targetProcessName',
				'target_process_name',
				'python',
				'Only detections about the process of this name',
			),
			textFilter(
				'Term',
				'term',
				'term',
				'python',
				'Only detections with this text in the device name, a file hash or the path of a process',
			),
			textFilter(
				'Threat ID',
				'threatId',
				'threat_id',
				'KTI_BD_0096',
				'Only detections by this rule',
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
