import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

import manifest from '../../package.json';
import { PINNED_N8N_VERSION, testedVersions } from '../../scripts/n8n/versions';

const folder = path.join(__dirname, '../../scripts/container');

interface Service {
	build: { context: string; dockerfile: string; target?: string };
	environment: Record<string, string | null>;
	command?: string;
	network_mode?: string;
	ports?: string[];
	tmpfs?: string[];
	depends_on?: Record<string, { condition: string }>;
	healthcheck?: { test: string[] };
}

const { services } = parse(readFileSync(path.join(folder, 'compose.yaml'), 'utf8')) as {
	services: Record<'n8n' | 'tenant', Service>;
};

// That the file is one that Compose accepts is checked by `npm run lint:compose`.
describe('the compose file for trying out', () => {
	const { n8n, tenant } = services;

	it.each(Object.entries(services))('builds %s from files that exist', (_, { build }) => {
		const context = path.join(folder, build.context);
		expect(existsSync(path.join(context, 'package.json'))).toBe(true);
		const dockerfile = readFileSync(path.join(context, build.dockerfile), 'utf8');
		if (build.target) expect(dockerfile).toContain(` AS ${build.target}\n`);
	});

	it('shows the editor on this machine only', () => {
		expect(n8n.ports).toEqual(['127.0.0.1:5678:5678']);
		expect(tenant.ports).toBeUndefined();
	});

	it('loads the package in n8n 3 too', () => {
		expect(n8n.environment.N8N_UNVERIFIED_PACKAGES_ENABLED).toBe('true');
	});

	it('forgets n8n’s data when it stops, as npm start does', () => {
		const [database] = n8n.tmpfs ?? [];
		expect(path.posix.dirname(n8n.environment.DB_SQLITE_DATABASE ?? '')).toBe(database);
	});

	it('adds the examples once n8n answers, on the loopback interface that both share', () => {
		expect(tenant.depends_on).toEqual({ n8n: { condition: 'service_healthy' } });
		expect(n8n.healthcheck?.test.at(-1)).toContain(`${tenant.environment.N8N_BASE_URL}/`);
		expect(tenant.network_mode).toBe('service:n8n');
	});

	it('has an account that n8n accepts', () => {
		const [, password] = /:-(.+)\}$/.exec(tenant.environment.N8N_PASSWORD ?? '') ?? [];
		expect(password).toMatch(/^(?=.*[A-Z])(?=.*\d).{8,}$/);
		expect(tenant.environment.N8N_EMAIL).toBe('owner@example.com');
	});
});

describe('the images', () => {
	const dockerfile = readFileSync(path.join(folder, 'Dockerfile'), 'utf8');

	it('are those of the n8n and the Node.js that are tested', () => {
		const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
		expect(bases).toEqual([
			`node:${testedVersions[PINNED_N8N_VERSION]?.node}`,
			`docker.n8n.io/n8nio/n8n:${PINNED_N8N_VERSION}`,
		]);
	});

	it('run only commands that exist', () => {
		const commands = [dockerfile, ...Object.values(services).map(({ command = '' }) => command)];
		const named = commands.flatMap((text) =>
			[...text.matchAll(/npm (?:run )?([\w:]+)/g)].map(([, name = '']) => name),
		);
		expect(named).toEqual(expect.arrayContaining(['build', 'start']));
		const known = [...Object.keys(manifest.scripts), 'ci', 'install', 'pack'];
		expect(named.filter((name) => !known.includes(name))).toEqual([]);
	});

	it('copy files that exist, and nothing that is built or installed here', () => {
		const [, copied = ''] = /^COPY (.*package\.json.*) \.\/$/m.exec(dockerfile) ?? [];
		const files = copied.split(' ');
		expect(files).toContain('package-lock.json');
		const root = path.join(folder, '../..');
		expect(files.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
		const ignored = readFileSync(path.join(folder, 'Dockerfile.dockerignore'), 'utf8');
		expect(ignored.trim().split('\n')).toEqual(expect.arrayContaining(['dist', 'node_modules']));
	});

	it('install the package where n8n looks for it', () => {
		const [, userFolder] = /^ENV N8N_USER_FOLDER=(\S+)$/m.exec(dockerfile) ?? [];
		expect(dockerfile).toContain(` /nodes ${userFolder}/.n8n/nodes\n`);
	});
});
