import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { KandjiApi } from '../../credentials/KandjiApi.credentials';
import { Kandji } from '../../nodes/Kandji/Kandji.node';
import manifest from '../../package.json';
import { testedVersions } from '../../scripts/n8n/versions';
import { startTenant } from '../../simulator/tenant';
import { operationsOf } from '../structure/description';
import { read, root, section, tablesOf } from './pages';

const readme = read('README.md');

const tableWith = (heading: string, column: string): string[][] => {
	const table = tablesOf(section('README.md', heading)).find(({ head }) => head[0] === column);
	if (table === undefined) throw new Error(`"${heading}" has no table of ${column}`);
	return table.rows;
};

describe('the tables of the README', () => {
	it('are generated or checked below', () => {
		expect(tablesOf(readme).map(({ head }) => head[0])).toEqual([
			'To use',
			'Field',
			'Resource',
			'Operation',
			'Event',
			'Devices',
			'What n8n shows',
			'n8n',
		]);
	});

	it('name permissions of the API', async () => {
		const tenant = await startTenant({ devices: 0, users: 0 });
		await tenant.close();
		const rows = tableWith('Credential', 'To use').map((row) => row.join(' '));
		const named = rows.flatMap((row) => [...row.matchAll(/`([A-Z]+) (\/[^`…]+)(…?)`/g)]);
		expect(named.length).toBeGreaterThanOrEqual(rows.length);
		const unknown = named.filter(([, method, path, more]) => {
			const operation = `${method} /api/v1${path}`;
			return more === '…'
				? !tenant.operations.some((known) => known.startsWith(operation))
				: !tenant.operations.includes(operation);
		});
		expect(unknown.map(([permission]) => permission)).toEqual([]);
	});

	it('name the fields of the credential in their order', () => {
		const shown = new KandjiApi().properties.filter(
			({ displayOptions }) => displayOptions?.show === undefined,
		);
		const named = tableWith('Credential', 'Field').map(([field]) => field);
		expect(named).toEqual(shown.map(({ displayName }) => displayName));
	});

	it('name operations that exist', () => {
		const known = operationsOf(new Kandji().description).map(
			({ resource, operation }) => `${resource.name} › ${operation.name}`,
		);
		const named = tableWith('Operations', 'Operation').flatMap(([cell = '']) => {
			const [resource = '', operations = ''] = cell.replace(/ › any.*/, ' › Lock').split(' › ');
			return operations.split(', ').map((operation) => `${resource} › ${operation}`);
		});
		expect(named.filter((operation) => !known.includes(operation))).toEqual([]);
	});

	it.each([
		'Add Device Note',
		'Dry Run',
		'Maximum Items',
		'Platform',
		'Redact Personal Data',
		'Return All',
		'Simplify',
		'Wait for Completion',
	])('and the text name %s as the editor does', (field) => {
		expect(readme).toContain(field);
		expect(JSON.stringify(new Kandji().description.properties)).toContain(
			`"displayName":"${field}"`,
		);
	});

	it('quote errors that the node or the API gives', () => {
		const sources = globSync('{nodes,simulator}/**/*.ts', { cwd: root })
			.map((file) => readFileSync(join(root, file), 'utf8'))
			.join('\n')
			.replace(/[’']/g, "'");
		const parts = tableWith('Troubleshooting', 'What n8n shows').flatMap(([message = '']) =>
			message.split('…').map((part) => part.trim()),
		);
		expect(parts.filter((part) => !sources.includes(part.replace(/[’']/g, "'")))).toEqual([]);
	});
});

describe('what the README requires', () => {
	const minimum = /^>=(.+)$/.exec(manifest.engines.node)?.[1];

	it.each(['README.md', 'CONTRIBUTING.md'])('%s asks for the Node.js of package.json', (page) => {
		const named = [...read(page).matchAll(/Node\.js (\d+(?:\.\d+)*) or later/g)];
		expect(named.map(([, version]) => version)).toEqual([minimum]);
	});

	it('is the oldest n8n that was run', () => {
		const [required] = /n8n (\S+) or later is required/.exec(readme)?.slice(1) ?? [];
		expect(required).toBe(Object.keys(testedVersions).at(-1));
	});
});

it('the contents of the README lead to every section', () => {
	const headings = [...readme.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
	const contents = /\*\*Contents\*\*:([\s\S]*?)\n\n/.exec(readme)?.[1] ?? '';
	const linked = [...contents.matchAll(/\[([^\]]+)\]/g)].map(([, name]) => name);
	const [last, ...others] = headings.reverse();
	expect(last).toBe('License');
	expect(others.reverse()).toEqual(linked);
});

it('the README installs this package', () => {
	expect(readme).toContain(`npm install ${manifest.name}\n`);
	expect(readme).toContain(`enter \`${manifest.name}\``);
});
