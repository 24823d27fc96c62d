import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

import manifest from '../../package.json';
import { PINNED_N8N_VERSION } from '../../scripts/n8n/versions';

const page = readFileSync(join(__dirname, '../../docs/queue-mode.md'), 'utf8');

const block = (language: string): string => {
	const text = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1];
	if (text === undefined) throw new Error(`docs/queue-mode.md has no ${language}`);
	return text;
};

interface Service {
	image?: string;
	build?: string;
	environment?: Record<string, string>;
	volumes?: string[];
	depends_on?: Record<string, { condition: string }>;
	healthcheck?: object;
}

interface Compose {
	services: Record<string, Service>;
	volumes: Record<string, null>;
}

describe('the files for queue mode', () => {
	const { services, volumes } = parse(block('yaml'), { merge: true }) as Compose;

	it('install this version of the package into the n8n that is tested', () => {
		expect(block('dockerfile')).toContain(`FROM docker.n8n.io/n8nio/n8n:${PINNED_N8N_VERSION}\n`);
		expect(block('dockerfile')).toContain(` ${manifest.name}@${manifest.version} `);
	});

	it('wait for services that exist and can be asked for their health', () => {
		const awaited = Object.values(services).flatMap((service) =>
			Object.keys(service.depends_on ?? {}),
		);
		expect(awaited.length).toBeGreaterThan(2);
		for (const name of awaited) expect(services[name]?.healthcheck).toBeDefined();
	});

	it('give main process and workers the same environment, and every secret a value', () => {
		expect(services.main?.environment).toMatchObject({
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: 'redis',
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: 'postgres',
		});
		expect(services.worker?.environment).toEqual(services.main?.environment);
		const used = [...block('yaml').matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name);
		const set = [...block('ini').matchAll(/^(\w+)=./gm)].map(([, name]) => name);
		expect(new Set(used)).toEqual(new Set(set));
	});

	it('keep what must be kept in volumes that are declared', () => {
		const mounted = Object.values(services).flatMap((service) => service.volumes ?? []);
		expect(mounted.map((mount) => mount.split(':')[0]).sort()).toEqual(Object.keys(volumes).sort());
	});
});
