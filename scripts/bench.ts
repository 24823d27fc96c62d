import { comparisons, runComparison } from './bench/comparisons';
import { runColdStart } from './bench/coldStart';
import { fleetRuns, runFleet } from './bench/fleetRuns';
import { runGrowth } from './bench/growth';
import { runLockBeside } from './bench/lockBeside';
import { runManyTenants } from './bench/manyTenants';
import { help, readOptions } from './bench/options';
import { pollScenarios, runPoll } from './bench/poll';
import { formatResults, toJson, type Result } from './bench/report';
import { build } from './n8n/build';
import { installN8n, type N8nInstallation } from './n8n/install';
import { UsageError } from './usageError';

type Run = (
	runs: number,
	installation: N8nInstallation,
	report: (progress: string) => void,
) => Promise<Result>;

const scenarios: Record<string, Run> = {
	...Object.fromEntries(
		Object.entries(comparisons).map(([name, scenario]): [string, Run] => [
			name,
			async (runs, ...more) => await runComparison(scenario, runs, ...more),
		]),
	),
	...Object.fromEntries(
		Object.entries(fleetRuns).map(([name, scenario]): [string, Run] => [
			name,
			async (runs, ...more) => await runFleet(scenario, runs, ...more),
		]),
	),
	lock_beside: runLockBeside,
	many_tenants: runManyTenants,
	cold_start: runColdStart,
	growth: runGrowth,
	...Object.fromEntries(
		Object.entries(pollScenarios).map(([name, scenario]): [string, Run] => [
			name,
			async (runs, _installation, report) => await runPoll(scenario, runs, report),
		]),
	),
};

async function main(): Promise<void> {
	const names = Object.keys(scenarios);
	const options = readOptions(process.argv.slice(2), names);
	if (options.help) {
		console.log(help(names));
		return;
	}
	await build();
	const installation = await installN8n((progress) => console.error(`n8n: ${progress}`));
	const results: Record<string, Result> = {};
	for (const name of options.scenarios) {
		const run = scenarios[name];
		if (run === undefined) continue;
		const report = (progress: string) => console.error(`${name}: ${progress}`);
		results[name] = await run(options.runs, installation, report);
	}
	if (options.json) console.log(JSON.stringify(toJson(results), null, '\t'));
	else console.log(formatResults(results));
}

main().then(
	() => process.exit(),
	(error: unknown) => {
		console.error(error instanceof UsageError ? error.message : error);
		process.exit(1);
	},
);
