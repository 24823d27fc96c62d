import { parseArgs } from 'node:util';

import { UsageError } from '../usageError';

/** Scenarios that show in three minutes whether a change made something slower. */
const quick = ['return_all_30000', 'compliance_3000', 'sync_3000', 'poll_50000'];

export const help = (
	scenarios: readonly string[],
) => `Measures the Kandji node inside a real n8n against a simulated tenant, as ratios.

  npm run -s bench                          every scenario, three runs each: an hour
  npm run -s bench -- --quick               ${quick.join(', ')}, one run each: three minutes
  npm run -s bench -- --scenario NAME       one scenario; can be repeated
  npm run -s bench -- --runs N              medians of N runs (3)
  npm run -s bench -- --json                one JSON object on stdout, progress on stderr
  npm run -s bench -- --help                this text

Scenarios: ${scenarios.join(', ')}

Each is run by the Kandji node, by n8n's own HTTP Request node set up with its pagination as a user would, and by
a bare fetch loop with as many requests at a time: the floor. Times are the nodes' own execution times in n8n.
ratio_http says how many times faster the Kandji node is than the HTTP Request node, ratio_floor how many times
slower than the floor. Run nothing else on the machine meanwhile.`;

export interface BenchOptions {
	help: boolean;
	json: boolean;
	/** Names of the scenarios to run. */
	scenarios: string[];
	/** Runs per scenario and contender. */
	runs: number;
}

/** @throws UsageError when an argument cannot be used */
export function readOptions(args: string[], known: readonly string[]): BenchOptions {
	let values: { scenario: string[]; runs: string; json: boolean; quick: boolean; help: boolean };
	try {
		({ values } = parseArgs({
			args,
			options: {
				scenario: { type: 'string', multiple: true, default: [] },
				runs: { type: 'string', default: '' },
				quick: { type: 'boolean', default: false },
				json: { type: 'boolean', default: false },
				help: { type: 'boolean', default: false, short: 'h' },
			},
		}));
	} catch (error) {
		throw new UsageError(`${(error as Error).message}\n\n${help(known)}`);
	}
	const unknown = values.scenario.find((name) => !known.includes(name));
	if (unknown !== undefined) {
		throw new UsageError(`There is no scenario ${unknown}; there are ${known.join(', ')}`);
	}
	const runs = values.runs || (values.quick ? '1' : '3');
	if (!/^[1-9]\d?$/.test(runs)) {
		throw new UsageError('--runs must be an integer from 1 to 99');
	}
	return {
		help: values.help,
		json: values.json,
		scenarios: values.scenario.length > 0 ? values.scenario : [...(values.quick ? quick : known)],
		runs: Number(runs),
	};
}
