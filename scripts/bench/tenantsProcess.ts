import { startTenant } from '../../simulator/tenant';

/** Starts so many tenants, and prints their URLs and tokens. */
async function main(count: number): Promise<void> {
	const tenants = await Promise.all(
		Array.from({ length: count }, async (_, index) =>
			startTenant({ devices: 900, latencyMs: 150, seed: index + 1 }),
		),
	);
	process.stdout.write(`${JSON.stringify(tenants.map(({ url, token }) => ({ url, token })))}\n`);
}

void main(Number(process.argv[2]));
