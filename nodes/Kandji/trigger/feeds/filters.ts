import { auditEventFilters } from '../../resources/auditEvent/filters';
import { choiceFilter, textFilter, type RecordFilter } from '../../shared/fields/recordFilters';

/** The filters of a feed, which are one collection in the editor. */
export interface FeedFilters {
	name: string;
	displayName: string;
	filters: RecordFilter[];
}

/** Filters of audit events. */
export const auditFilters: FeedFilters = {
	name: 'auditFilters',
	displayName: 'Audit Event Filters',
	filters: auditEventFilters,
};

/** Filters of behavioral detections. */
export const behavioralFilters: FeedFilters = {
	name: 'behavioralFilters',
	displayName: 'Behavioral Detection Filters',
	filters: [
		choiceFilter(
			'Classifications',
			'classification',
			'classification',
			'Only detections with one of these classifications',
			[
				['Malicious', 'malicious'],
				['Suspicious', 'suspicious'],
			],
		),
		choiceFilter(
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
		textFilter(
			'Activity Types',
			'activityType',
			'activity_type',
			'e.g. computer_enrollment, routing_departure',
			'Comma-separated list. Only activity of one of these types',
		),
	],
};

/** Filters of threats. */
export const threatFilters: FeedFilters = {
	name: 'threatFilters',
	displayName: 'Threat Filters',
	filters: [
		choiceFilter(
			'Classifications',
			'classification',
			'classification',
			'Only threats with one of these classifications',
			[
				['Malware', 'MALWARE'],
				['Potentially Unwanted', 'PUP'],
			],
		),
		choiceFilter(
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
		textFilter(
			'CVE IDs',
			'cveId',
			'cve_id',
			'e.g. CVE-2024-27804',
			'Comma-separated list. Only detections of one of these vulnerabilities',
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
		choiceFilter(
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
