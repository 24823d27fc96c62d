import { readVendorFile } from '../../../scripts/drift/file';
import type { VendorOperation } from '../../../scripts/drift/vendor';
import { collectionOf, fileOf } from './vendorFiles';

const read = async (item: unknown[], more: object = {}) =>
	await readVendorFile(fileOf(collectionOf(item, more)));

const withBody = async (body: object, more: object = {}) => {
	const request = { method: 'POST', url: '{{baseUrl}}/x', body, ...more };
	const [operation] = await read([{ name: 'X', request }]);
	const { encodings, fields } = operation as VendorOperation;
	return { encodings, fields };
};

describe('a Postman collection', () => {
	it('is read through folders in folders, with URLs as text and in parts', async () => {
		const list = {
			name: 'List tags',
			request: { method: 'GET', url: '{{baseUrl}}/tags/?search=&limit=300' },
		};
		const update = {
			name: 'Update tag',
			request: {
				method: 'PATCH',
				url: {
					raw: 'https://{{subDomain}}.api.kandji.io/api/v1/tags/:tag_id',
					protocol: 'https',
					host: ['{{subDomain}}', 'api', 'kandji', 'io'],
					path: ['api', 'v1', 'tags', ':tag_id'],
					query: [{ key: 'force', value: '', disabled: true }],
				},
			},
		};
		const none = { encodings: [], fields: [] };
		expect(await read([{ name: 'A', item: [{ name: 'B', item: [list] }, update] }])).toEqual([
			{
				...none,
				method: 'GET',
				path: '/api/v1/tags',
				title: 'List tags',
				query: ['search', 'limit'],
			},
			{
				...none,
				method: 'PATCH',
				path: '/api/v1/tags/{tag_id}',
				title: 'Update tag',
				query: ['force'],
			},
		]);
	});

	it('fills in the variable that holds the base, and no other', async () => {
		const variable = [
			{ key: 'baseUrl', value: 'https://{{subDomain}}.api.kandji.io/api/v2' },
			{ key: 'device_id', value: 'a/b' },
		];
		const request = { method: 'GET', url: '{{baseUrl}}/devices/{{device_id}}' };
		const [operation] = await read([{ name: 'Get device', request }], { variable });
		expect(operation?.path).toBe('/api/v2/devices/{device_id}');
	});

	it('may have URLs that are not taken apart', async () => {
		const url = { raw: '{{baseUrl}}/tags/:tag_id?force=1' };
		const [operation] = await read([{ name: 'Delete tag', request: { method: 'DELETE', url } }]);
		expect(operation).toMatchObject({ path: '/api/v1/tags/{tag_id}', query: ['force'] });
	});

	it('may be wrapped as Postman’s own API sends it', async () => {
		const collection = collectionOf([{ name: 'X', request: '{{baseUrl}}/tags' }]);
		const [operation] = await readVendorFile(fileOf({ collection }));
		expect(operation).toMatchObject({ method: 'GET', path: '/api/v1/tags' });
	});

	it('knows fields of forms, also those that are switched off', async () => {
		const fields = [
			{ key: 'name', value: 'x' },
			{ key: 'source.id', value: '', disabled: true },
		];
		expect(await withBody({ mode: 'urlencoded', urlencoded: fields })).toEqual({
			encodings: ['form'],
			fields: ['name', 'source.id'],
		});
		const file = { key: 'file', type: 'file', src: null };
		expect(await withBody({ mode: 'formdata', formdata: [...fields, file] })).toEqual({
			encodings: ['multipart'],
			fields: ['name', 'source.id', 'file'],
		});
	});

	it.each([
		['by its content', ' { "a": {{a}} }', {}, 'json', ['a']],
		[
			'by its language',
			'// all of it\n{ "a": 1 }',
			{ options: { raw: { language: 'json' } } },
			'json',
			['a'],
		],
		['not at all', 'a=1', {}, 'text/plain', []],
	])('knows JSON %s', async (_how, raw, more, encoding, fields) => {
		expect(await withBody({ mode: 'raw', raw, ...more })).toEqual({
			encodings: [encoding],
			fields,
		});
	});

	it('knows JSON by its header, and what else there may be', async () => {
		const header = [{ key: 'content-type', value: 'application/json; charset=utf-8' }];
		const body = { mode: 'raw', raw: '// "a": 1\n{ "b": 1 }' };
		expect(await withBody(body, { header })).toEqual({ encodings: ['json'], fields: ['b'] });
		expect(await withBody({ mode: 'file', file: { src: 'x' } })).toEqual({
			encodings: ['file'],
			fields: [],
		});
		expect(await withBody({ mode: 'raw', raw: '' })).toEqual({ encodings: [], fields: [] });
	});

	it('finds fields in comments and leaves deeper ones out', async () => {
		const raw = `{
			"name": "a", // "not": "a field"?
			// "script": "b",
			/* "active": true,
			   "restart": true */
			"deep": { "no": 1, // "neither": 1
			}
		}`;
		const { fields } = await withBody({ mode: 'raw', raw });
		expect(fields).toEqual(['name', 'not', 'script', 'active', 'restart', 'deep']);
	});

	it('adds what saved examples send in the same way', async () => {
		const json = (raw: string) => ({ mode: 'raw', raw });
		const url = '{{baseUrl}}/devices/:device_id';
		const example = (more: object) => ({
			name: 'x',
			originalRequest: { method: 'PATCH', ...more },
		});
		const [operation] = await read([
			{
				name: 'Update device',
				request: { method: 'PATCH', url, body: json('{ "user": null }') },
				response: [
					example({
						url: 'https://a.example/api/v1/devices/1?dry=1',
						body: json('{ "tags": [] }'),
					}),
					example({ url, body: { mode: 'formdata', formdata: [{ key: 'file' }] } }),
					{ name: 'without a request' },
				],
			},
		]);
		expect(operation).toEqual({
			method: 'PATCH',
			path: '/api/v1/devices/{device_id}',
			title: 'Update device',
			query: ['dry'],
			encodings: ['json'],
			fields: ['user', 'tags'],
		});
	});
});

describe('a Postman collection that cannot be used', () => {
	it('is empty, or of nothing but notes', async () => {
		await expect(read([])).rejects.toThrow('It documents no operations');
		await expect(read([{ name: 'note' }])).rejects.toThrow('It documents no operations');
	});

	it('is malformed', async () => {
		const request = { method: 'GET', url: { host: {}, path: {} } };
		await expect(read([{ name: 'X', request }])).rejects.toThrow('A request in it is malformed');
	});

	it('is of another version', async () => {
		const schema = 'https://schema.getpostman.com/json/collection/v1.0.0/collection.json';
		await expect(read([], { info: { name: 'x', schema } })).rejects.toThrow(
			'It is neither an OpenAPI 3 file',
		);
	});
});
