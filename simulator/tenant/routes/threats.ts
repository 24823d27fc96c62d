import type { Resource } from '../core';
import { count, list, text, type Call, type Query } from '../http/call';
import { fieldError } from '../http/errors';
import { sortBy } from '../http/filter';
import { byOffset } from '../http/paging';
import type { TenantState } from '../state';
import { DAY, parseDate } from '../state/dates';
import type { Threat, Triage } from '../state/threats';

const SORTS: Record<string, string> = {
	threat_name: 'threat_name',
	classification: 'classification',
	device_name: 'device_name',
	process_name: 'process_name',
	process_owner: 'process_owner',
	detection_date: 'detection_date',
	status: 'status',
	management_state: 'management_state',
	severity: 'severity',
	associated_item: 'library_item_name',
};

/** Sorts by a documented name, or refuses. */
export function sorted<T extends object>(
	rows: readonly T[],
	call: Call,
	fields: Record<string, string>,
): T[] {
	const order = text(call.query, 'sort_by') ?? '-detection_date';
	const field = fields[order.replace(/^-/, '')];
	if (!field) throw fieldError('sort_by', `"${order}" is not a valid choice.`);
	return sortBy(
		rows as ReadonlyArray<T & Record<string, unknown>>,
		(order.startsWith('-') ? '-' : '') + field,
	);
}

/** True when `time` lies in the asked range of dates, or in the last so many days where no range is asked. */
export function inRange(
	state: TenantState,
	query: Query,
	names: { from: string; to: string },
	time: number,
): boolean {
	const from = text(query, names.from);
	const to = text(query, names.to);
	if (from === undefined && to === undefined) {
		const days = count(query, 'date_range', 1);
		return days === undefined || time >= state.clock.now() - days * DAY;
	}
	return (
		(from === undefined || time >= parseDate(from)) &&
		(to === undefined || time <= parseDate(to) + (to.length === 10 ? DAY - 1 : 0))
	);
}

/** True when v2's own filters (severities, tags, management_state) let a record pass. */
export function passesTriage(record: Triage, query: Query): boolean {
	const severities = list(query, 'severities');
	const tags = list(query, 'tags');
	const states = list(query, 'management_state');
	return (
		(!severities || severities.includes(record.severity)) &&
		(!tags || record.tags.some((tag) => tags.includes(tag))) &&
		(!states || states.includes(record.management_state))
	);
}

/** Threats, in the deprecated first version and the second, which also knows severity and state. */
export const threats: Resource = (add, { state }) => {
	add('GET /api/v1/threat-details', (call) => {
		const status = text(call.query, 'status')?.toLowerCase();
		const found = select(state, call).filter(
			(threat) => status === undefined || threat.status.toLowerCase() === status,
		);
		const page = byOffset(call, sorted(found, call, SORTS), { max: 1000, refuse: true });
		const { count: total, next, previous, results } = page;
		const counted = (kind: Threat['classification']) =>
			found.filter(({ classification }) => classification === kind).length;
		return {
			count: total,
			next,
			previous,
			malware_count: counted('MALWARE'),
			pup_count: counted('PUP'),
			results: results.map((threat) => ({
				...threat,
				id: undefined,
				severity: undefined,
				tags: undefined,
				management_state: undefined,
			})),
		};
	});

	add('GET /api/v2/threat/threat-details', (call) => {
		const statuses = list(call.query, 'statuses');
		if (!statuses) throw fieldError('statuses', 'This field is required.');
		const found = select(state, call).filter(
			(threat) =>
				statuses.includes(threat.status.toLowerCase()) && passesTriage(threat, call.query),
		);
		const page = byOffset(call, sorted(found, call, SORTS), { max: 1000, refuse: true });
		return { results: page.results, total_count: page.count };
	});
};

function select(state: TenantState, call: Call): Threat[] {
	const { query } = call;
	const classification = text(query, 'classification')?.toUpperCase();
	const device = text(query, 'device_id');
	const term = text(query, 'term')?.toLowerCase();
	const range = { from: 'detection_date_from', to: 'detection_date_to' };
	return state.threats.filter(
		(threat) =>
			(classification === undefined || threat.classification === classification) &&
			(device === undefined || threat.device_id === device) &&
			(term === undefined ||
				[threat.device_name, threat.file_hash, threat.file_path].some((value) =>
					value.toLowerCase().includes(term),
				)) &&
			inRange(state, query, range, parseDate(threat.detection_date)),
	);
}
