import type { Resource } from '../core';
import { list, text, type Call } from '../http/call';
import { fieldError } from '../http/errors';
import { byOffset } from '../http/paging';
import type { TenantState } from '../state';
import { parseDate } from '../state/dates';
import type { BehavioralDetection } from '../state/threats';
import { inRange, passesTriage, sorted } from './threats';

const SHORT: Record<string, string> = { mal: 'malicious', sus: 'suspicious', pup: 'pup' };
const SORTS: Record<string, string> = {
	threat_id: 'threat_id',
	classification: 'classification',
	detection_date: 'detection_date',
	status: 'threat_status',
	device_name: 'device_name',
	parent_process_name: 'parent_process_name',
	target_process_name: 'target_process_name',
};
const SORTS_V2: Record<string, string> = {
	threat_id: 'threat_id',
	classification: 'classification',
	detection_date: 'detection_date',
	process: 'target_process_name',
	associated_item: 'library_item_name',
	management_state: 'management_state',
	severity: 'severity',
};

/** Behavioural detections, in the deprecated first version and the second. */
export const behavioralDetections: Resource = (add, { state }) => {
	add('GET /api/v1/behavioral-detections', (call) => {
		const found = state.behavioralDetections.filter((detection) => passes(state, detection, call));
		const page = byOffset(call, inOrder(found, call, SORTS), { max: 1000, refuse: true });
		const counted = (kind: BehavioralDetection['classification']) =>
			found.filter(({ classification }) => classification === kind).length;
		return {
			total_count: page.count,
			next: page.next,
			previous: page.previous,
			malicious_count: counted('malicious'),
			suspicious_count: counted('suspicious'),
			results: page.results.map((detection) => ({
				...detection,
				severity: undefined,
				tags: undefined,
				management_state: undefined,
			})),
		};
	});

	add('GET /api/v2/threat/behavioral-detections/events', (call) => {
		const { query } = call;
		const device = text(query, 'device_id');
		if (device === undefined) throw fieldError('device_id', 'This field is required.');
		const classes = list(query, 'classifications')?.map((name) => SHORT[name] ?? name);
		const statuses = list(query, 'statuses');
		const range = { from: 'detection_from', to: 'detection_to' };
		const found = state.behavioralDetections.filter(
			(detection) =>
				detection.device_info.id === device &&
				(!classes || classes.includes(detection.classification)) &&
				(!statuses || statuses.includes(detection.threat_status)) &&
				contains(detection, text(query, 'search_term')) &&
				passesTriage(detection, query) &&
				inRange(state, query, range, parseDate(detection.detection_date)),
		);
		const page = byOffset(call, inOrder(found, call, SORTS_V2), { max: 1000, refuse: true });
		return { results: page.results, total_count: page.count };
	});
};

// Some of what can be sorted by lies one level down in the record.
function inOrder(
	found: readonly BehavioralDetection[],
	call: Call,
	fields: Record<string, string>,
): BehavioralDetection[] {
	const rows = found.map((detection) => ({
		detection,
		threat_id: detection.threat_id,
		classification: detection.classification,
		detection_date: detection.detection_date,
		threat_status: detection.threat_status,
		management_state: detection.management_state,
		severity: detection.severity,
		device_name: detection.device_info.name,
		parent_process_name: detection.parent_process.name,
		target_process_name: detection.target_process.name,
		library_item_name: detection.library_item.name,
	}));
	return sorted(rows, call, fields).map(({ detection }) => detection);
}

function contains(detection: BehavioralDetection, term: string | undefined): boolean {
	if (term === undefined) return true;
	const { device_info, parent_process, target_process } = detection;
	return [
		device_info.name,
		parent_process.image_path,
		target_process.image_path,
		parent_process.sha256,
		target_process.sha256,
	].some((value) => value.toLowerCase().includes(term.toLowerCase()));
}

function passes(state: TenantState, detection: BehavioralDetection, { query }: Call): boolean {
	const equal = (name: string, value: string) => {
		const wanted = text(query, name);
		return wanted === undefined || wanted.toLowerCase() === value.toLowerCase();
	};
	const tags = list(query, 'informational_tags');
	const family = text(query, 'malware_family');
	const range = { from: 'detection_date_from', to: 'detection_date_to' };
	return (
		equal('threat_id', detection.threat_id) &&
		equal('classification', detection.classification) &&
		equal('status', detection.threat_status) &&
		equal('device_id', detection.device_info.id) &&
		equal('parent_process_name', detection.parent_process.name) &&
		equal('target_process_name', detection.target_process.name) &&
		(family === undefined || detection.malware_family.includes(family)) &&
		(!tags || detection.informational_tags.some((tag) => tags.includes(tag))) &&
		contains(detection, text(query, 'term')) &&
		inRange(state, query, range, parseDate(detection.detection_date))
	);
}
