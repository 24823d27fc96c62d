import { execFile } from 'node:child_process';
import { join } from 'node:path';

import { readOptions } from '../../../scripts/drift/options';
import { contractCases } from '../../contract/cases/index';
import type { Exchange } from '../../contract/contractCase';
import { collectionOf, fileOf, folder, missingFile, openApiOf } from './vendorFiles';

const root = join(__dirname, '../../..');
const tsx = require.resolve('tsx/cli');

interface Run {
	status: number;
	stdout: string;
	stderr: string;
}

/** `npm run -s drift -- …args` */
const drift = async (...args: string[]): Promise<Run> =>
	await new Promise((resolve) => {
		const { PATH } = process.env;
		const options = { cwd: root, env: { PATH }, maxBuffer: 100_000_000 };
		execFile(
			process.execPath,
			[tsx, 'scripts/drift.ts', ...args],
			options,
			(error, stdout, stderr) => resolve({ status: Number(error?.code ?? 0), stdout, stderr }),
		);
	});

const mediaTypes = {
	none: undefined,
	json: 'application/json',
	form: 'application/x-www-form-urlencoded',
	multipart: 'multipart/form-data',
};

/** The exchanges of all rows with the API, by method and path, with `{id}` for every id. */
function ownRequests(): Map<string, Array<Exchange['request']>> {
	const requests = new Map<string, Array<Exchange['request']>>();
	const rows = contractCases.filter(({ operation }) => operation !== 'apiRequest.send');
	for (const { request } of rows.flatMap((row) => [...(row.before ?? []), row])) {
		if (request.origin !== undefined) continue;
		const path = request.path.replace(
			/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}|CVE-[\d-]+/gi,
			'{id}',
		);
		const key = `${request.method.toLowerCase()} ${path}`;
		requests.set(key, [...(requests.get(key) ?? []), request]);
	}
	return requests;
}

/** An OpenAPI document of exactly what the contract sends. */
function ownOpenApi() {
	const paths: Record<string, Record<string, object>> = {};
	for (const [key, requests] of ownRequests()) {
		const [method = '', path = ''] = key.split(' ');
		const query = new Set(requests.flatMap((request) => Object.keys(request.query ?? {})));
		const content = requests.flatMap(({ encoding, body }) => {
			const type = mediaTypes[encoding];
			return type === undefined ? [] : [[type, body] as const];
		});
		const properties = Object.assign({}, ...content.map(([, body]) => body)) as object;
		const schema = {
			properties: Object.fromEntries(Object.keys(properties).map((name) => [name, {}])),
		};
		paths[path] = {
			...paths[path],
			[method]: {
				parameters: [...query].map((name) => ({ name, in: 'query' })),
				...(content.length > 0 && {
					requestBody: { content: Object.fromEntries(content.map(([type]) => [type, { schema }])) },
				}),
			},
		};
	}
	return openApiOf(paths, { servers: [{ url: 'https://acme.api.kandji.io' }] });
}

describe('a file that documents what the contract sends', () => {
	it('has no drift', async () => {
		const document = ownOpenApi();
		expect(Object.keys(document.paths).length).toBeGreaterThan(80);
		expect(await drift(fileOf(document))).toEqual({
			status: 0,
			stdout: '0 new, 0 gone, 0 changed\n',
			stderr: '',
		});
	});

	it('has drift with one operation more, one less, and one that is not the same', async () => {
		const { paths, ...document } = ownOpenApi();
		const { '/api/v1/tags/{id}': tag, ...others } = paths;
		const users = paths['/api/v1/users'] ?? {};
		const parameters = [{ name: 'department', in: 'query' }];
		const changed = {
			...others,
			'/api/v1/labels': { get: { summary: 'List labels' } },
			'/api/v1/tags/{tag_id}': { patch: tag?.patch },
			'/api/v1/users': { ...users, parameters },
		};
		const file = fileOf({ ...document, paths: changed });
		const { status, stdout, stderr } = await drift(file, '--json');
		expect([status, stderr]).toEqual([1, '']);
		expect(JSON.parse(stdout)).toEqual({
			new: [{ method: 'GET', path: '/api/v1/labels', title: 'List labels' }],
			gone: [{ method: 'DELETE', path: '/api/v1/tags/{tagId}', operations: ['tag.delete'] }],
			changed: [
				{
					method: 'GET',
					path: '/api/v1/users',
					operations: expect.arrayContaining(['user.getAll', 'device.assignUser']),
					differences: [{ part: 'query', documented: ['department'], sent: [] }],
				},
			],
		});
	});
});

describe('the command', () => {
	it('reads a Postman collection and prints tables', async () => {
		const request = { method: 'GET', url: '{{baseUrl}}/tags?search=' };
		const { status, stdout } = await drift(fileOf(collectionOf([{ name: 'List tags', request }])));
		expect(status).toBe(1);
		expect(stdout).toMatch(/^Gone: /);
		expect(stdout).toMatch(/│ PATCH \/api\/v1\/tags\/\{tagId\} +│ tag\.update +│/);
		expect(stdout).toMatch(/\n0 new, \d\d+ gone, 0 changed\n$/);
	});

	it('prints its help', async () => {
		const { status, stdout } = await drift('--help');
		expect(status).toBe(0);
		expect(stdout).toContain('npm run -s drift -- FILE');
	});

	it.each([
		['is missing', missingFile, 'There is no such file'],
		['is a folder', folder, 'It is a folder'],
		['is neither', fileOf({ a: 1 }, 'neither.json'), 'It is neither an OpenAPI 3 file nor'],
		[
			'is no JSON and no YAML',
			fileOf('{ "openapi":', 'broken.json'),
			'It is neither JSON nor YAML',
		],
	])('says that a file %s', async (_what, file, message) => {
		const { status, stdout, stderr } = await drift(file);
		expect([status, stdout]).toEqual([2, '']);
		expect(stderr).toContain(`${file} cannot be used. ${message}`);
		expect(stderr).not.toMatch(/^\s+at /m);
	});

	it('refuses arguments that it does not know', async () => {
		const { status, stdout, stderr } = await drift('--fast', 'x.json');
		expect([status, stdout]).toEqual([2, '']);
		expect(stderr).toMatch(/^Unknown option '--fast'/);
		expect(stderr).not.toMatch(/^\s+at /m);
	});
});

describe('arguments', () => {
	it('are one file, and perhaps how to print', () => {
		expect(readOptions(['a.json'])).toEqual({ help: false, json: false, file: 'a.json' });
		expect(readOptions(['--json', 'a.json'])).toMatchObject({ json: true, file: 'a.json' });
		expect(readOptions(['-h'])).toMatchObject({ help: true, file: '' });
	});

	it.each([[[]], [['']], [['a.json', 'b.json']]])('are not %j', (args) => {
		expect(() => readOptions(args)).toThrow('Name one vendor file');
	});
});
