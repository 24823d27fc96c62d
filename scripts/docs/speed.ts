import { table } from './markdown';

type Figures = Record<string, Record<string, number | null>>;

const scenarios: Record<string, string> = {
	return_all_30000: '30,000 devices, 150 ms latency',
	return_all_30000_no_latency: '30,000 devices, no latency',
	get_2000: '2,000 single devices, 50 requests per second allowed',
	cursor_20000: '20,000 users, paginated with a cursor',
	prism_50000: '50,000 Prism rows, 150 ms latency',
};

const times = (value: number | null | undefined): string =>
	typeof value === 'number' ? `${value} ×` : '–';

/** What the benchmark printed last, without what only developers need. */
export function speedTable(figures: Figures): string {
	return table(
		[
			'Scenario',
			'Speed compared with the HTTP Request node',
			'Time compared with a bare loop',
			'Failed items: this node, HTTP Request node',
		],
		Object.entries(scenarios).map(([scenario, name]) => {
			const measured = figures[scenario] ?? {};
			return [
				name,
				times(measured.ratio_http),
				times(measured.ratio_floor),
				`${measured.failures_ours ?? '–'}, ${measured.failures_http ?? '–'}`,
			];
		}),
	);
}
