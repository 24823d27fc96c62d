import { readOptions } from '../../../scripts/bench/options';
import { compare, formatResults, median, ratio, toJson } from '../../../scripts/bench/report';

const run = (ms: number, failures = 0, peakMb?: number) => ({ ms, failures, peakMb });

describe('medians and ratios', () => {
	it.each([
		[[7], 7],
		[[3, 100, 1], 3],
		[[4, 1, 2, 100], 3],
		[[10, 9, 2], 9],
	])('takes the middle of %j', (values, expected) => {
		expect(median(values)).toBe(expected);
	});

	it('refuses the median of nothing, and does not sort its argument', () => {
		expect(() => median([])).toThrow(RangeError);
		const values = [3, 1, 2];
		median(values);
		expect(values).toEqual([3, 1, 2]);
	});

	it('rounds ratios to two decimals', () => {
		expect(ratio(10, 3)).toBe(3.33);
	});

	it('compares medians, with the failures of the worst run', () => {
		const ours = [run(100, 0, 500.4), run(90, 1, 510.6), run(300, 0, 400)];
		const figures = compare(ours, [run(400, 0, 700), run(500, 0, 720)], [run(80.4)]);
		expect(figures).toEqual({
			ours_ms: 100,
			ours_min_ms: 90,
			ours_max_ms: 300,
			http_node_ms: 450,
			floor_ms: 80,
			ratio_http: 4.5,
			ratio_floor: 1.25,
			failures_ours: 1,
			failures_http: 0,
			peak_rss_mb: 500,
			peak_rss_http_mb: 710,
		});
	});

	it('compares no speed with a node that failed, and no memory that was not measured', () => {
		const figures = compare([run(100)], [run(10, 1350)], [run(90)]);
		expect(figures).toMatchObject({
			ratio_http: null,
			failures_http: 1350,
			peak_rss_mb: null,
			peak_rss_http_mb: null,
		});
	});
});

describe('what is printed', () => {
	const goal = {
		text: 'within 2 s',
		isMet: ({ ms }: Record<string, number | null>) => ms! <= 2000,
	};
	const results = {
		get_2000: { figures: compare([run(1234)], [run(10, 5)], [run(1000)]), goals: [] },
		poll: { figures: { ms: 2500, peak_rss_mb: null }, goals: [goal] },
		quiet: { figures: { ms: 200 }, goals: [goal] },
	};

	it('is a table of comparisons, a table of the rest, and the goals', () => {
		const text = formatResults(results);
		expect(text).toMatch(
			/│ get_2000 │ +1,234 │ +1,234 │ +1,234 │ +10 │ +1,000 │ +– │ +1\.23 │ +0 │ +5 │ +– │ +– │/,
		);
		expect(text).toMatch(/│ poll +│ +ms │ +2,500 │/);
		expect(text).toMatch(/│ poll +│ +peak_rss_mb │ +– │/);
		expect(text).toMatch(/poll\n {2}MISSED +within 2 s\nquiet\n {2}reached +within 2 s$/);
	});

	it('is in JSON an object by scenario', () => {
		const json = toJson(results);
		expect(Object.keys(json)).toEqual(['get_2000', 'poll', 'quiet']);
		expect(json.poll).toEqual({ ms: 2500, peak_rss_mb: null, reached: 0 });
		expect(json.quiet).toEqual({ ms: 200, reached: 1 });
		expect(json.get_2000).toMatchObject({ ours_ms: 1234, ratio_http: null });
	});
});

describe('arguments', () => {
	const known = ['growth', 'get_2000'];

	it('runs every scenario three times by default', () => {
		expect(readOptions([], known)).toEqual({
			help: false,
			json: false,
			scenarios: known,
			runs: 3,
		});
	});

	it('takes some scenarios, a number of runs, and JSON', () => {
		const args = ['--scenario', 'get_2000', '--runs', '5', '--json'];
		expect(readOptions(args, known)).toMatchObject({
			scenarios: ['get_2000'],
			runs: 5,
			json: true,
		});
	});

	it('runs a few scenarios once for a change', () => {
		const { scenarios, runs } = readOptions(['--quick'], known);
		expect(scenarios).toContain('return_all_30000');
		expect(runs).toBe(1);
		expect(readOptions(['--quick', '--runs', '2'], known).runs).toBe(2);
	});

	it.each([
		[['--scenario', 'speed'], 'There is no scenario speed; there are growth, get_2000'],
		[['--runs', '0'], '--runs must be'],
		[['--runs', 'many'], '--runs must be'],
		[['--fast'], "Unknown option '--fast'"],
	])('refuses %j', (args, message) => {
		expect(() => readOptions(args, known)).toThrow(message);
	});
});
