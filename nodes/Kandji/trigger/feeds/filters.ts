import type { INodeProperties } from 'n8n-workflow';

/** One filter of a feed: its field in the editor, and the field of the record that it is compared with. */
interface FeedFilter {
	property: INodeProperties;
	field: string;
	/** `equals`: one of the filter's values, not case-sensitive; `minimum`: at least the filter's number. */
	comparison: 'equals' | 'minimum';
}

/** The filters of a feed, which are one collection in the editor. */
export interface FeedFilters {
	name: string;
	displayName: string;
	filters: FeedFilter[];
}

const text = (
	displayName: string,
	name: string,
	field: string,
	placeholder: string,
	description: string,
): FeedFilter => ({
	property: { displayName, name, type: 'string', default: '', placeholder, description },
	field,
	comparison: 'equals',
});

const choice = (
	displayName: string,
	name: string,
	field: string,
	description: string,
	options: Array<[name: string, value: string]>,
): FeedFilter => ({
	property: {
		displayName,
		name,
		type: 'multiOptions',
		options: options.map(([label, value]) => ({ name: label, value })),
		default: [],
		description,
	},
	field,
	comparison: 'equals',
});

/** Filters of audit events. */
export const auditFilters: FeedFilters = {
	name: 'auditFilters',
	displayName: 'Audit Event Filters',
	filters: [
		text(
			'Actions',
			'action',
			'action',
			'e.g. create, delete',
			'Only events with one of these actions, separated by commas',
		),
		text(
			'Actor IDs',
			'actorId',
			'actor_id',
			'e.g. cf40d6e7-20cb-4da9-84a1-9ad0b7003ca5',
			'Only events caused by one of these users or API tokens, separated by commas',
		),
		text(
			'Actor Types',
			'actorType',
			'actor_type',
			'e.g. user, api_token',
			'Only events caused by an actor of one of these types, separated by commas',
		),
		choice('Target Types', 'targetType', 'target_type', 'Only events about one of these', [
			['Admin', 'admin'],
			['API Token', 'api_token'],
			['Blueprint', 'blueprint'],
			['Device', 'device'],
			['Library Item', 'library_item'],
			['Threat', 'threat'],
			['User', 'user'],
			['Vulnerability', 'vulnerability'],
		]),
	],
};

/** Filters of behavioral detections. */
export const behavioralFilters: FeedFilters = {
	name: 'behavioralFilters',
	displayName: 'Behavioral Detection Filters',
	filters: [
		choice(
			'Classifications',
			'classification',
			'classification',
			'Only detections with one of these classifications',
			[
				['Malicious', 'malicious'],
				['Suspicious', 'suspicious'],
			],
		),
		choice(
			'Statuses',
			'status',
			'threat_status',
			'Only detections that have one of these statuses when they appear',
			[
				['Blocked', 'blocked'],
				['Detected', 'detected'],
				['Informational', 'informational'],
				['Parent Process Blocked', 'blocked_parent'],
			],
		),
	],
};

/** Filters of Blueprint Routing activity. */
export const routingFilters: FeedFilters = {
	name: 'routingFilters',
	displayName: 'Blueprint Routing Filters',
	filters: [
		text(
			'Activity Types',
			'activityType',
			'activity_type',
			'e.g. computer_enrollment, routing_departure',
			'Only activity of one of these types, separated by commas',
		),
	],
};

/** Filters of threats. */
export const threatFilters: FeedFilters = {
	name: 'threatFilters',
	displayName: 'Threat Filters',
	filters: [
		choice(
			'Classifications',
			'classification',
			'classification',
			'Only threats with one of these classifications',
			[
				['Malware', 'MALWARE'],
				['Potentially Unwanted', 'PUP'],
			],
		),
		choice(
			'Statuses',
			'status',
			'status',
			'Only threats that have one of these statuses when they appear',
			[
				['Not Quarantined', 'NOT_QUARANTINED'],
				['Quarantined', 'QUARANTINED'],
				['Released', 'RELEASED'],
				['Resolved', 'RESOLVED'],
			],
		),
	],
};

/** Filters of vulnerability detections. */
export const vulnerabilityFilters: FeedFilters = {
	name: 'vulnerabilityFilters',
	displayName: 'Vulnerability Filters',
	filters: [
		text(
			'CVE IDs',
			'cveId',
			'cve_id',
			'e.g. CVE-2024-27804',
			'Only detections of one of these vulnerabilities, separated by commas',
		),
		{
			property: {
				displayName: 'Minimum CVSS Score',
				name: 'minimumScore',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 10, numberPrecision: 1 },
				default: 7,
				description: 'Only detections with at least this score',
			},
			field: 'cvss_score',
			comparison: 'minimum',
		},
		choice(
			'Severities',
			'severity',
			'cvss_severity',
			'Only detections with one of these severities',
			[
				['Critical', 'Critical'],
				['High', 'High'],
				['Low', 'Low'],
				['Medium', 'Medium'],
			],
		),
	],
};
