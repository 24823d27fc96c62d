import { parseArgs, type ParseArgsConfig } from 'node:util';

import { startTenant, type FaultRule, type TenantOptions } from '../simulator/tenant';

const HELP = `A simulated Kandji tenant on this machine.

  --port N           port of the API (4010)
  --devices N        size of the fleet (600)
  --users N          directory users (seven for every ten devices)
  --latency MS       added to every answer (0)
  --jitter MS        random addition of up to this many ms (0)
  --seed N           the same seed gives the same fleet (1)
  --now DATE         the tenant's clock at the start (now)
  --token UUID       its API token (made from the seed)
  --no-rate-limit    no limits; otherwise --per-second N (50) and --per-hour N (10000)
  --no-totals        the list of devices does not tell how many there are
  --no-rate-headers  limits without the RateLimit-* headers
  --fault RULE       a fault to inject; can be repeated. Either JSON or key=value pairs:
                     kind=latency,ms=500  kind=status,status=503,times=3  kind=rateLimit,percent=5
                     kind=truncate,path=/api/v1/devices,after=2,times=1
  --help             this text

Press Ctrl-C to stop it. GET /_control/counters returns the request counts; POST /_control/mutate changes the state.
`;

const ARGUMENTS = {
	allowNegative: true,
	options: {
		port: { type: 'string', default: '4010' },
		devices: { type: 'string' },
		users: { type: 'string' },
		latency: { type: 'string' },
		jitter: { type: 'string' },
		seed: { type: 'string' },
		now: { type: 'string' },
		token: { type: 'string' },
		'rate-limit': { type: 'boolean', default: true },
		'per-second': { type: 'string' },
		'per-hour': { type: 'string' },
		'rate-headers': { type: 'boolean', default: true },
		totals: { type: 'boolean', default: true },
		fault: { type: 'string', multiple: true, default: [] },
		help: { type: 'boolean' },
	},
} as const satisfies ParseArgsConfig;

type Values = ReturnType<typeof parseArgs<typeof ARGUMENTS>>['values'];

/** An integer from the command line; undefined when it was not given, an error for anything else. */
function number(values: Values, name: keyof Values): number | undefined {
	const value = values[name];
	if (value === undefined) return undefined;
	if (!/^\d+$/.test(String(value))) throw new Error(`--${name} must be an integer`);
	return Number(value);
}

/** A fault rule from JSON or from `key=value,…`. */
function fault(text: string): FaultRule {
	if (text.startsWith('{')) return JSON.parse(text) as FaultRule;
	const pairs = text.split(',').map((pair) => {
		const [key, value = ''] = pair.split('=') as [string, string?];
		return [key, /^\d+$/.test(value) ? Number(value) : value] as const;
	});
	return Object.fromEntries(pairs) as unknown as FaultRule;
}

function options(values: Values): TenantOptions {
	const now = values.now === undefined ? undefined : Date.parse(values.now);
	if (Number.isNaN(now)) throw new Error('--now must be a date, e.g. 2026-01-31');
	return {
		port: number(values, 'port'),
		devices: number(values, 'devices'),
		users: number(values, 'users'),
		latencyMs: number(values, 'latency'),
		jitterMs: number(values, 'jitter'),
		seed: number(values, 'seed'),
		now,
		totals: values.totals,
		token: values.token,
		rateLimit: values['rate-limit'] && {
			perSecond: number(values, 'per-second') ?? 50,
			perHour: number(values, 'per-hour') ?? 10_000,
			headers: values['rate-headers'],
		},
	};
}

async function main(): Promise<void> {
	const { values } = parseArgs(ARGUMENTS);
	if (values.help) {
		process.stdout.write(HELP);
		return;
	}
	const tenant = await startTenant(options(values));
	for (const rule of values.fault) tenant.faults.add(fault(rule));
	process.stdout.write(`${tenant.url}\ntoken ${tenant.token}\n`);
	process.stdout.write(`${tenant.state.devices.size} devices, ${tenant.state.users.size} users\n`);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void tenant.close());
	}
}

main().catch((error: Error) => {
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 1;
});
