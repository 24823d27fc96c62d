import type { INodeProperties } from 'n8n-workflow';

import type { FeedEvent } from './events';

const collection = (
	event: FeedEvent,
	displayName: string,
	name: string,
	options: INodeProperties[],
): INodeProperties => ({
	displayName,
	name,
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	displayOptions: { show: { events: [event] } },
	options,
});

const text = (
	displayName: string,
	name: string,
	placeholder: string,
	description: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder,
	description,
});

const choice = (
	displayName: string,
	name: string,
	description: string,
	options: Array<[name: string, value: string]>,
): INodeProperties => ({
	displayName,
	name,
	type: 'multiOptions',
	options: options.map(([label, value]) => ({ name: label, value })),
	default: [],
	description,
});

/** The filters of the tenant's feeds; `filters.ts` reads them. */
export const feedFilterFields: INodeProperties[] = [
	collection('auditEvent', 'Audit Event Filters', 'auditFilters', [
		text(
			'Actions',
			'action',
			'e.g. create, delete',
			'Events of any of these actions, separated by commas',
		),
		text(
			'Actor IDs',
			'actorId',
			'e.g. cf40d6e7-20cb-4da9-84a1-9ad0b7003ca5',
			'Events that any of these users or tokens caused, separated by commas',
		),
		text(
			'Actor Types',
			'actorType',
			'e.g. user, api_token',
			'Events that actors of any of these types caused, separated by commas',
		),
		choice('Target Types', 'targetType', 'Events about any of these', [
			['Admin', 'admin'],
			['API Token', 'api_token'],
			['Blueprint', 'blueprint'],
			['Device', 'device'],
			['Library Item', 'library_item'],
			['Threat', 'threat'],
			['User', 'user'],
			['Vulnerability', 'vulnerability'],
		]),
	]),
	collection('behavioralDetection', 'Behavioral Detection Filters', 'behavioralFilters', [
		choice('Classifications', 'classification', 'Detections of any of these classes', [
			['Malicious', 'malicious'],
			['Suspicious', 'suspicious'],
		]),
		choice('Statuses', 'status', 'Detections that have any of these statuses when they appear', [
			['Blocked', 'blocked'],
			['Detected', 'detected'],
			['Informational', 'informational'],
			['Parent Process Blocked', 'blocked_parent'],
		]),
	]),
	collection('blueprintRoutingActivity', 'Blueprint Routing Filters', 'routingFilters', [
		text(
			'Activity Types',
			'activityType',
			'e.g. computer_enrollment, routing_departure',
			'Activity of any of these types, separated by commas',
		),
	]),
	collection('threatDetected', 'Threat Filters', 'threatFilters', [
		choice('Classifications', 'classification', 'Threats of any of these classes', [
			['Malware', 'MALWARE'],
			['Potentially Unwanted', 'PUP'],
		]),
		choice('Statuses', 'status', 'Threats that have any of these statuses when they appear', [
			['Not Quarantined', 'NOT_QUARANTINED'],
			['Quarantined', 'QUARANTINED'],
			['Released', 'RELEASED'],
			['Resolved', 'RESOLVED'],
		]),
	]),
	collection('vulnerabilityDetected', 'Vulnerability Filters', 'vulnerabilityFilters', [
		text(
			'CVE IDs',
			'cveId',
			'e.g. CVE-2024-27804',
			'Detections of any of these vulnerabilities, separated by commas',
		),
		{
			displayName: 'Minimum CVSS Score',
			name: 'minimumScore',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 10, numberPrecision: 1 },
			default: 7,
			description: 'Detections with at least this score',
		},
		choice('Severities', 'severity', 'Detections of any of these severities', [
			['Critical', 'Critical'],
			['High', 'High'],
			['Low', 'Low'],
			['Medium', 'Medium'],
		]),
	]),
];
