import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

import { N8nClient } from '../../scripts/n8n/client';
import { projectFolder } from '../../scripts/n8n/environment';
import { createUserFolder, removeUserFolder } from '../../scripts/n8n/pack';
import { startN8n, type N8nProcess } from '../../scripts/n8n/server';
import { exampleWorkflows } from '../../scripts/start/workflows';
import { sharedN8n } from './support/shared';
import { runStart, type Start } from './support/start';

type Environment = Record<string, string | null>;

const file = readFileSync(path.join(projectFolder, 'scripts/container/compose.yaml'), 'utf8');
const { services } = parse(file) as {
	services: Record<'n8n' | 'tenant', { environment: Environment }>;
};

/** What a container gets: Compose leaves out what has no value, and fills in defaults. */
const given = (environment: Environment): Record<string, string> =>
	Object.fromEntries(
		Object.entries(environment)
			.filter((entry): entry is [string, string] => entry[1] !== null)
			.map(([name, value]) => [name, value.replace(/\$\{\w+:-(.*)\}/, '$1')]),
	);

describe('what the compose file starts, without its containers', () => {
	const tenant = given(services.tenant.environment);
	let userFolder: string;
	let database: string;
	let n8n: N8nProcess;
	let start: Start;

	beforeAll(async () => {
		userFolder = await createUserFolder();
		const env = given(services.n8n.environment);
		database = path.join(userFolder, path.basename(env.DB_SQLITE_DATABASE ?? ''));
		n8n = await startN8n({
			installation: sharedN8n().installation,
			userFolder,
			env: { ...env, DB_SQLITE_DATABASE: database },
		});
		start = await runStart({ env: { ...tenant, N8N_BASE_URL: n8n.url } });
	});
	afterAll(async () => {
		await start?.stop();
		await n8n?.stop();
		if (userFolder) await removeUserFolder(userFolder);
	});

	it('is an n8n with its data outside its own folder', () => {
		expect(existsSync(database)).toBe(true);
		expect(existsSync(path.join(userFolder, '.n8n', 'database.sqlite'))).toBe(false);
	});

	it('gets the account of the file, and the examples', async () => {
		const client = new N8nClient(n8n.url);
		expect(await client.isNew()).toBe(false);
		await client.signIn({ email: tenant.N8N_EMAIL!, password: tenant.N8N_PASSWORD! });
		const { length } = await exampleWorkflows();
		expect(start.text).toContain(`Added the credential and the example workflows (${length})`);
		expect(start.text).toContain(`${n8n.url}/home/workflows`);
	});

	it('has a tenant in which a Mac enrolls on command', async () => {
		const [, body, url = ''] = /curl --json '(.+)' (\S+)$/m.exec(start.text) ?? [];
		const response = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body,
		});
		expect(await response.json()).toMatchObject({ results: [[{ platform: 'Mac' }]] });
	});
});
