import Table from 'cli-table3';

/** One run of one contender. */
export interface Measurement {
	/** Execution time of the nodes under test in milliseconds. */
	ms: number;
	/** Items that should have come out and did not, or came out as errors. */
	failures: number;
	/** What n8n says of the first of them. */
	reason?: string;
	/** Highest resident memory of the process in MB while it ran; missing where it cannot be read. */
	peakMb?: number;
}

/** What a scenario came to. Times in ms, memory in MB; null where there is nothing to compare. */
export type Figures = Record<string, number | null>;

/** A {@link Figures} of three contenders. */
export interface Comparison extends Figures {
	ours_ms: number;
	/** The fastest and the slowest run. */
	ours_min_ms: number;
	ours_max_ms: number;
	http_node_ms: number;
	floor_ms: number;
	/** How many times faster than the HTTP Request node; null when that failed. */
	ratio_http: number | null;
	/** How many times slower than the floor. */
	ratio_floor: number;
	failures_ours: number;
	failures_http: number;
	peak_rss_mb: number | null;
	peak_rss_http_mb: number | null;
}

/** Something that a scenario is to reach. */
export interface Goal {
	text: string;
	isMet: (figures: Figures) => boolean;
}

/** Every item came out. */
export const noFailure: Goal = {
	text: 'no failure',
	isMet: ({ failures, failures_ours = failures }) => failures_ours === 0,
};

/** A figure of at most so much. */
export const atMost = (key: string, limit: number, text: string): Goal => ({
	text,
	isMet: (figures) => (figures[key] ?? Infinity) <= limit,
});

/** A scenario's figures, and what it was to reach. */
export interface Result {
	figures: Figures;
	goals: readonly Goal[];
}

/** @throws RangeError when there are no values */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const above = sorted[sorted.length >> 1];
	if (above === undefined) throw new RangeError('There is no median of nothing');
	const below = sorted[(sorted.length - 1) >> 1] ?? above;
	return (below + above) / 2;
}

/** `a / b` to two decimals. */
export const ratio = (a: number, b: number): number => Math.round((100 * a) / b) / 100;

/** The median of the runs' highest memory in MB; null where it was not measured. */
export const medianPeak = (runs: Measurement[]): number | null => {
	const peaks = runs.flatMap(({ peakMb }) => peakMb ?? []);
	return peaks.length === 0 ? null : Math.round(median(peaks));
};

/** Medians of the three contenders' runs, and their ratios. Failures are those of the worst run. */
export function compare(
	ours: Measurement[],
	httpNode: Measurement[],
	floor: Measurement[],
): Comparison {
	const time = (runs: Measurement[]) => Math.round(median(runs.map(({ ms }) => ms)));
	const failures = (runs: Measurement[]) => Math.max(...runs.map((run) => run.failures));
	const [oursMs, httpMs, floorMs] = [time(ours), time(httpNode), time(floor)];
	const all = ours.map(({ ms }) => ms);
	return {
		ours_ms: oursMs,
		ours_min_ms: Math.round(Math.min(...all)),
		ours_max_ms: Math.round(Math.max(...all)),
		http_node_ms: httpMs,
		floor_ms: floorMs,
		ratio_http: failures(httpNode) > 0 ? null : ratio(httpMs, oursMs),
		ratio_floor: ratio(oursMs, floorMs),
		failures_ours: failures(ours),
		failures_http: failures(httpNode),
		peak_rss_mb: medianPeak(ours),
		peak_rss_http_mb: medianPeak(httpNode),
	};
}

const columns = {
	ours_ms: 'Kandji ms',
	ours_min_ms: 'min',
	ours_max_ms: 'max',
	http_node_ms: 'HTTP Request ms',
	floor_ms: 'floor ms',
	ratio_http: '× faster',
	ratio_floor: '× floor',
	failures_ours: 'failed',
	failures_http: 'HTTP failed',
	peak_rss_mb: 'peak MB',
	peak_rss_http_mb: 'HTTP peak MB',
};

const shown = (value: number | null | undefined): string => value?.toLocaleString('en') ?? '–';

const newTable = (head: string[]) =>
	new Table({
		head,
		colAligns: ['left', ...head.slice(1).map(() => 'right' as const)],
		style: { head: [], border: [], compact: true },
	});

const goalLines = ({ figures, goals }: Result): string[] =>
	goals.map((goal) => `  ${goal.isMet(figures) ? 'reached' : 'MISSED '}  ${goal.text}`);

/** All results for a terminal: what has three contenders as one table, the rest line by line, then the goals. */
export function formatResults(results: Record<string, Result>): string {
	const comparisons = newTable(['', ...Object.values(columns)]);
	const others = newTable(['', 'figure', 'value']);
	const goals: string[] = [];
	for (const [name, result] of Object.entries(results)) {
		const { figures } = result;
		if ('http_node_ms' in figures) {
			comparisons.push([name, ...Object.keys(columns).map((key) => shown(figures[key]))]);
		} else {
			for (const [key, value] of Object.entries(figures)) others.push([name, key, shown(value)]);
		}
		if (result.goals.length > 0) goals.push(name, ...goalLines(result));
	}
	const tables = [comparisons, others].filter((table) => table.length > 0);
	return [...tables.map((table) => table.toString()), goals.join('\n')].join('\n').trimEnd();
}

/** The figures by scenario, with a 1 or 0 for whether all goals were reached. */
export const toJson = (results: Record<string, Result>): Record<string, Figures> =>
	Object.fromEntries(
		Object.entries(results).map(([name, { figures, goals }]) => [
			name,
			{ ...figures, reached: Number(goals.every((goal) => goal.isMet(figures))) },
		]),
	);
