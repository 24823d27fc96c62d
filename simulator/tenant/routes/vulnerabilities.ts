import type { Resource } from '../core';
import { countUpTo, text, type Call } from '../http/call';
import { detail, fieldError, notFound } from '../http/errors';
import { applyFilter, parseFilter, sortBy } from '../http/filter';
import { byPageAndSize, decodeCursor, encodeCursor, link } from '../http/paging';
import type { TenantState } from '../state';
import { summary, type Vulnerability, type VulnerabilityDetection } from '../state/vulnerabilities';

type Row = Record<string, unknown>;

/** Vulnerabilities by CVE, what they affect, and every single detection. */
export const vulnerabilities: Resource = (add, { state }) => {
	add('GET /api/v1/vulnerability-management/detections', (call) => {
		const size = countUpTo(call.query, 'size', 1, 300) ?? 300;
		const rows = state.vulnerabilityDetections.map((detection) => ({
			...detection,
			detection_datetime: detection.latest_detection_date,
		}));
		const found = filtered(rows, call);
		const start = position(call);
		const page = found.slice(start, start + size);
		const end = start + page.length;
		return {
			next: end < found.length ? link(call, { after: encodeCursor(`after:${end}`) }) : null,
			previous: null,
			results: page.map((row) => ({ ...row, detection_datetime: undefined })),
		};
	});

	add('GET /api/v1/vulnerability-management/vulnerabilities', (call) => {
		const byCve = groupBy(state.vulnerabilityDetections, ({ cve_id }) => cve_id);
		const rows = [...state.vulnerabilities.values()].map((cve) => ({
			...summary(cve, byCve.get(cve.cve_id) ?? []),
			cve_id: cve.cve_id,
		}));
		const order = ordering(call, {
			age: 'first_detection_date',
			cve_id: 'cve_id',
			cvss_score: 'cvss_score',
			device_count: 'device_count',
			known_exploit: 'kev_score',
			software: 'software',
			severity: 'severity',
			status: 'status',
		});
		return byPageAndSize(call, ordered(filtered(rows, call), order), 50);
	});

	add('GET /api/v1/vulnerability-management/vulnerabilities/{cve_id}', (call) => {
		const { cve, detections } = cveOf(state, call);
		const dates = detections.map(({ first_detection_date }) => first_detection_date).sort();
		return {
			cve_id: cve.cve_id,
			severity: cve.severity,
			cvss_score: cve.cvss_score,
			kev_score: cve.kev_score,
			epss_score: cve.epss_score,
			cve_link: cve.cve_link,
			description: cve.description,
			first_detection_date: dates[0] ?? '',
			software_count: new Set(detections.map(({ name }) => name)).size,
			latest_detection_date: dates.at(-1) ?? '',
			device_count: new Set(detections.map(({ device_id }) => device_id)).size,
			cve_published_at: cve.cve_published_at,
			cve_modified_at: cve.cve_modified_at,
		};
	});

	add('GET /api/v1/vulnerability-management/vulnerabilities/{cve_id}/devices', (call) => {
		const { detections } = cveOf(state, call);
		const devices = [...groupBy(detections, ({ device_id }) => device_id).values()];
		const rows = devices.map((found) => affectedDevice(state, found));
		const order = ordering(call, { name: 'name', detection_datetime: 'detection_datetime' });
		return shown(
			byPageAndSize(call, ordered(filtered(rows, call), order), 50),
			'detection_datetime',
		);
	});

	add('GET /api/v1/vulnerability-management/vulnerabilities/{cve_id}/software', (call) => {
		const { detections } = cveOf(state, call);
		const software = [...groupBy(detections, ({ name }) => name).values()];
		const rows = software.map(affectedSoftware);
		const order = ordering(call, { software: 'name', detection_datetime: 'detection_datetime' });
		const page = byPageAndSize(call, ordered(filtered(rows, call), order), 50);
		return shown(page, 'detection_datetime', 'blueprint_id');
	});
};

function cveOf(
	state: TenantState,
	call: Call,
): { cve: Vulnerability; detections: VulnerabilityDetection[] } {
	const cve = state.vulnerabilities.get(call.params.cve_id ?? '');
	if (!cve) throw notFound();
	const { cve_id } = cve;
	return { cve, detections: state.vulnerabilityDetections.filter((row) => row.cve_id === cve_id) };
}

function position(call: Call): number {
	const after = text(call.query, 'after');
	if (after === undefined) return 0;
	const index = /^after:(\d+)$/.exec(decodeCursor(after))?.[1];
	if (index === undefined) throw detail(400, 'Invalid cursor');
	return Number(index);
}

function filtered<T extends Row>(rows: readonly T[], call: Call): readonly T[] {
	const filter = text(call.query, 'filter');
	return filter === undefined ? rows : applyFilter(rows, parseFilter(filter));
}

function ordering(call: Call, fields: Record<string, string>): string | undefined {
	const order = text(call.query, 'sort_by');
	if (order === undefined) return undefined;
	const field = fields[order.replace(/^-/, '')];
	if (!field) throw fieldError('sort_by', `"${order}" is not a valid choice.`);
	return (order.startsWith('-') ? '-' : '') + field;
}

const ordered = <T extends Row>(rows: readonly T[], order: string | undefined): readonly T[] =>
	order === undefined ? rows : sortBy(rows, order);

// Rows carry columns to filter and sort by that the answer does not show.
function shown<T extends { results: readonly Row[] }>(page: T, ...hidden: string[]) {
	const hide = Object.fromEntries(hidden.map((name) => [name, undefined]));
	return { ...page, results: page.results.map((row) => ({ ...row, ...hide })) };
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const item of items) {
		const group = groups.get(key(item));
		if (group) group.push(item);
		else groups.set(key(item), [item]);
	}
	return groups;
}

function affectedDevice(state: TenantState, found: readonly VulnerabilityDetection[]): Row {
	const first = found[0]!;
	const user = state.devices.get(first.device_id)?.user;
	return {
		device_id: first.device_id,
		name: first.device_name,
		serial_number: first.device_serial_number,
		model: first.device_model,
		os_version: first.device_os_version,
		blueprint_id: first.blueprint_id,
		blueprint_name: first.blueprint_name,
		assigned_user: user ? user.name : '',
		no_of_installs: found.length,
		software_summary: {
			name: first.name,
			detection_date: first.latest_detection_date,
			path: first.path,
			version: first.version,
		},
		detection_datetime: first.latest_detection_date,
	};
}

function affectedSoftware(found: readonly VulnerabilityDetection[]): Row {
	const blueprints = (rows: readonly VulnerabilityDetection[]) =>
		[...groupBy(rows, ({ blueprint_id }) => blueprint_id)].map(([id, [row]]) => ({
			id,
			name: row!.blueprint_name,
		}));
	const devices = (rows: readonly VulnerabilityDetection[]) =>
		new Set(rows.map(({ device_id }) => device_id)).size;
	const versions = [...groupBy(found, ({ version }) => version)];
	return {
		name: found[0]!.name,
		bundle_id: found[0]!.bundle_id,
		num_versions: versions.length,
		type: null,
		blueprints: blueprints(found),
		num_devices: devices(found),
		software_versions: versions.map(([version, rows]) => ({
			latest_detection_date: rows.at(-1)!.latest_detection_date,
			blueprints: blueprints(rows),
			version,
			devices_impacted: devices(rows),
		})),
		detection_datetime: found.at(-1)!.latest_detection_date,
		blueprint_id: found[0]!.blueprint_id,
	};
}
