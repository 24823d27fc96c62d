import { bestMatch, normalPath, wordsFor } from '../../../scripts/drift/path';

describe('a path', () => {
	it.each([
		['', '/api/v1/devices/{device_id}', '/api/v1/devices/{device_id}'],
		['https://acme.api.kandji.io/api/v1', '/devices', '/api/v1/devices'],
		['https://acme.api.kandji.io/api/v1/', 'devices/', '/api/v1/devices'],
		[
			'https://acme.api.kandji.io/api',
			'/v2/threat/threat-details',
			'/api/v2/threat/threat-details',
		],
		['{{subDomain}}.api.kandji.io', '/api/v1/tags', '/api/v1/tags'],
		['{{baseUrl}}', '/tags', '/api/v1/tags'],
		['{{baseUrl}}', '/v2/threat/threat-details', '/api/v2/threat/threat-details'],
		['{{host}}api', '/v1/tags', '/api/v1/tags'],
		['', '/tags//{tag_id}//', '/api/v1/tags/{tag_id}'],
		['', '/tags/{{tag_id}}', '/api/v1/tags/{tag_id}'],
		['', '/tags/:tag_id', '/api/v1/tags/{tag_id}'],
		['', '/tags/71dd53f1-104e-41a2-82ca-43a375b7f63d', '/api/v1/tags/{id}'],
		['', '/tags/?search=a/b', '/api/v1/tags'],
	])('after %j, %j is %j', (base, path, expected) => {
		expect(normalPath(base, path)).toBe(expected);
	});

	const templates = [
		{ method: 'GET', path: '/api/v1/prism/{category}' },
		{ method: 'GET', path: '/api/v1/prism/count' },
		{ method: 'GET', path: '/api/v1/{any}/count' },
		{ method: 'POST', path: '/api/v1/prism/{category}' },
	];

	it.each([
		['GET', '/api/v1/prism/apps', templates[0]],
		['GET', '/api/v1/prism/count', templates[1]],
		['POST', '/api/v1/prism/count', templates[3]],
		['GET', '/api/v1/prism', undefined],
		['GET', '/api/v1/prism/apps/count', undefined],
		['GET', '/api/v1/tags/apps', undefined],
	])('%s %s is the most specific template that it fits', (method, path, expected) => {
		expect(bestMatch(templates, { method, path })).toBe(expected);
	});

	it('may have words where another has placeholders', () => {
		expect(wordsFor('/api/v1/{a}/{b}', '/api/v1/tags/{tag_id}')).toBe(1);
		expect(wordsFor('/api/v1/tags/{b}', '/api/v1/tags/{tag_id}')).toBe(0);
	});
});
