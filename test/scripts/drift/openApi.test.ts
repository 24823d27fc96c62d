import { readVendorFile } from '../../../scripts/drift/file';
import { fileOf, openApiOf } from './vendorFiles';

const yaml = `
openapi: 3.1.0
info: { title: Kandji API, version: '1' }
servers:
  - url: https://{subdomain}.api.kandji.io/{base}
    variables:
      subdomain: { default: acme }
      base: { default: api/v1 }
paths:
  /tags/:
    parameters:
      - $ref: '#/components/parameters/Search'
    get:
      summary: List tags
      parameters:
        - { name: ordering, in: query, schema: { type: string } }
        - { name: X-Trace, in: header, schema: { type: string } }
    post:
      operationId: createTag
      requestBody:
        $ref: '#/components/requestBodies/Tag'
  /tags/{tag_id}:
    $ref: '#/components/pathItems/Tag'
components:
  parameters:
    Search: { name: search, in: query, schema: { type: string } }
  requestBodies:
    Tag:
      content:
        application/json:
          schema: { $ref: '#/components/schemas/Tag' }
  pathItems:
    Tag:
      servers: [{ url: https://acme.api.kandji.io/api/v2 }]
      delete: { summary: Delete tag }
  schemas:
    Named: { properties: { name: { type: string } } }
    Tag:
      type: object
      properties:
        id: { type: string, readOnly: true }
        color: { type: string }
        parent: { $ref: '#/components/schemas/Tag' }
      allOf:
        - $ref: '#/components/schemas/Named'
      anyOf:
        - $ref: '#/components/schemas/Tag'
        - properties: { note: { type: string } }
`;

const bodyOf = async (content: object) => {
	const paths = { '/x': { post: { requestBody: { content } } } };
	const [operation] = await readVendorFile(fileOf(openApiOf(paths)));
	return { encodings: operation?.encodings, fields: operation?.fields };
};

const properties = (...names: string[]) => ({
	type: 'object',
	properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
});

describe('an OpenAPI file', () => {
	it('is read as YAML, with servers, common parameters and references', async () => {
		const none = { query: [], encodings: [], fields: [] };
		expect(await readVendorFile(fileOf(yaml, 'vendor.yaml'))).toEqual([
			{
				...none,
				method: 'GET',
				path: '/api/v1/tags',
				title: 'List tags',
				query: ['search', 'ordering'],
			},
			{
				method: 'POST',
				path: '/api/v1/tags',
				title: 'createTag',
				query: ['search'],
				encodings: ['json'],
				fields: ['color', 'parent', 'name', 'note'],
			},
			{ ...none, method: 'DELETE', path: '/api/v2/tags/{tag_id}', title: 'Delete tag' },
		]);
	});

	it('is read as JSON, with operations that are documented twice as one', async () => {
		const form = { 'application/x-www-form-urlencoded': { schema: properties('name') } };
		const json = { 'application/vnd.kandji+json; charset=utf-8': { schema: properties('icon') } };
		const paths = {
			'/api/v1/blueprints': { post: { requestBody: { content: form } } },
			'/api/v1/blueprints/': { post: { requestBody: { content: json } } },
		};
		expect(await readVendorFile(fileOf(openApiOf(paths)))).toEqual([
			{
				method: 'POST',
				path: '/api/v1/blueprints',
				title: '',
				query: [],
				encodings: ['form', 'json'],
				fields: ['name', 'icon'],
			},
		]);
	});

	it('names dotted form fields as they are', async () => {
		const schema = properties('name', 'enrollment_code.is_active');
		expect(await bodyOf({ 'application/x-www-form-urlencoded': { schema } })).toEqual({
			encodings: ['form'],
			fields: ['name', 'enrollment_code.is_active'],
		});
	});

	it('knows multipart and other bodies', async () => {
		const content = {
			'multipart/form-data': { schema: properties('file') },
			'application/octet-stream': {},
		};
		expect(await bodyOf(content)).toEqual({
			encodings: ['multipart', 'application/octet-stream'],
			fields: ['file'],
		});
	});

	it('takes fields from examples of any kind', async () => {
		const content = {
			'application/json': {
				schema: { type: 'array', items: { type: 'object', example: { a: 1, deep: { not: 2 } } } },
				example: '{ "b": {{b}}, // required\n "deep": { "not": [] }, // "c": 1,\n }',
				examples: { one: { value: { d: 1 } }, several: { value: [{ e: 1 }, { f: 1 }] } },
			},
		};
		const { fields } = await bodyOf(content);
		expect(fields).toEqual(['a', 'deep', 'b', 'c', 'd', 'e', 'f']);
	});
});

describe('an OpenAPI file that cannot be used', () => {
	const get = { get: { summary: 'x' } };

	it.each([
		['another file', { '/x': { $ref: 'paths.yaml#/x' } }, 'It refers to "paths.yaml#/x"'],
		[
			'the network',
			{ '/x': { $ref: 'http://127.0.0.1:9/x' } },
			'It refers to "http://127.0.0.1:9/x"',
		],
		['nothing', { '/x': { $ref: '#/components/x' } }, 'Missing $ref pointer "#/components/x"'],
	])('refers to %s', async (_what, paths, message) => {
		await expect(readVendorFile(fileOf(openApiOf(paths)))).rejects.toThrow(message);
	});

	it.each([
		[{ paths: undefined }, 'paths: Required'],
		[{ paths: {} }, 'It documents no operations'],
		[{ openapi: '2.9.0' }, 'Unsupported OpenAPI version: 2.9.0'],
		[
			{ paths: { '/x': { get: { parameters: {} } } } },
			'paths › /x › get › parameters: Expected array',
		],
	])('as %j', async (part, message) => {
		const file = fileOf(openApiOf({ '/x': get }, part));
		await expect(readVendorFile(file)).rejects.toThrow(message);
		await expect(readVendorFile(file)).rejects.toThrow(`${file} cannot be used. `);
	});
});
