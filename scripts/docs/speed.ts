import { table } from './markdown';

type Figures = Record<string, Record<string, number | null>>;

const comparisons: Record<string, string> = {
	return_all_30000: '30,000 devices, 150 ms latency',
	return_all_30000_no_totals: 'the same, without a total in the answers',
	return_all_30000_50ms: '30,000 devices, 50 ms latency',
	return_all_30000_400ms: '30,000 devices, 400 ms latency',
	return_all_100000: '100,000 devices, 150 ms latency',
	get_2000: '2,000 single devices, 150 ms latency',
	cursor_20000: '20,000 users, paginated with a cursor, 150 ms latency',
	prism_50000: '50,000 Prism rows, 150 ms latency',
};

const fleetRuns: Record<string, string> = {
	compliance_3000: 'Check Compliance of 3,000 devices, eleven rules',
	compliance_30000: 'Check Compliance of 30,000 devices, eleven rules',
	sync_3000: 'Sync from Table of 3,000 rows with 6,000 devices, dry run',
};

/** The scenarios that were measured, with their figures. */
const measuredOf = <T>(scenarios: Record<string, T>, figures: Figures) =>
	Object.entries(scenarios).flatMap(([scenario, shown]): Array<[T, Figures[string]]> => {
		const measured = figures[scenario];
		return measured === undefined ? [] : [[shown, measured]];
	});

type Figure = number | null | undefined;

const isNumber = (value: Figure): value is number => typeof value === 'number';

const times = (value: Figure): string => (isNumber(value) ? `${value} ×` : '–');

const measuredAs = (value: Figure): string => (isNumber(value) ? value.toLocaleString('en') : '–');

/** How far the fastest and the slowest run lie apart, as a share of the median. */
const spread = (median: Figure, least: Figure, most: Figure): string =>
	isNumber(median) && isNumber(least) && isNumber(most)
		? `${Math.round((100 * (most - least)) / median)} %`
		: '–';

/** Memory at its peak, compared with that of the HTTP Request node. */
function memory({ peak_rss_mb: ours, peak_rss_http_mb: http }: Figures[string]): string {
	return isNumber(ours) && isNumber(http) ? `${(ours / http).toFixed(2)} ×` : '–';
}

/** What the benchmark printed last of what other nodes can do too. */
export const speedTable = (figures: Figures): string =>
	table(
		[
			'Scenario',
			'Speed compared with the HTTP Request node',
			'Time compared with a bare loop',
			'Spread of three runs',
			'Peak memory compared with the HTTP Request node',
			'Failed items: this node, HTTP Request node',
		],
		measuredOf(comparisons, figures).map(([name, measured]) => [
			name,
			times(measured.ratio_http),
			times(measured.ratio_floor),
			spread(measured.ours_ms, measured.ours_min_ms, measured.ours_max_ms),
			memory(measured),
			`${measured.failures_ours ?? '–'}, ${measured.failures_http ?? '–'}`,
		]),
	);

/** What the benchmark printed last of operations on whole fleets. */
export const fleetRunTable = (figures: Figures): string =>
	table(
		['Operation', 'Requests', 'Requests for the details of each device', 'Spread of three runs'],
		measuredOf(fleetRuns, figures).map(([name, measured]) => [
			name,
			measuredAs(measured.requests),
			measuredAs(measured.details_requests),
			spread(measured.ms, measured.min_ms, measured.max_ms),
		]),
	);

/** What is measured on its own, in words, by the scenario. */
const others: Record<string, (measured: Figures[string]) => [string, string]> = {
	lock_beside: ({ lock_ms, lock_max_ms }) => [
		'A lock from a third workflow, while one reads 1,500 single devices and another the fleet, 150 ms latency',
		`${measuredAs(lock_ms)} ms, at most ${measuredAs(lock_max_ms)} ms`,
	],
	many_tenants: ({ alone_ms, together_ms, failures, peak_rss_mb }) => [
		'900 devices of one tenant, and of each of forty tenants at once in one n8n',
		`${measuredAs(alone_ms)} ms, and ${measuredAs(together_ms)} ms with ${measuredAs(failures)} failures; ${measuredAs(peak_rss_mb)} MB at most`,
	],
	poll_50000: ({ ms, requests, state_bytes }) => [
		'A quiet poll of 50,000 devices with all device events, 100 ms latency',
		`${measuredAs(ms)} ms, ${measuredAs(requests)} requests; ${measuredAs(state_bytes)} bytes are stored`,
	],
	cold_start: ({ load_ms, types_kb, types_kb_without }) => [
		'Loading the package, and what it adds to the types that the editor loads',
		`${measuredAs(load_ms)} ms, ${isNumber(types_kb) && isNumber(types_kb_without) ? measuredAs(types_kb - types_kb_without) : '–'} kB`,
	],
};

/** What the benchmark printed last of everything else. */
export const otherTable = (figures: Figures): string =>
	table(
		['What', 'Measured'],
		measuredOf(others, figures).map(([describe, measured]) => describe(measured)),
	);
