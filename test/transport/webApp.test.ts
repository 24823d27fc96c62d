import { idInUrl, webAppUrl, type Page } from '../../nodes/Kandji/transport/routing/webApp';

const id = '3de7b283-1a44-47ef-bde1-2f556a8a32f7';
const other = '8f0a2b14-77de-4c3c-9d0e-54a1d9f3b6aa';
const us = 'https://acme.api.kandji.io';
const eu = 'https://acme.api.eu.kandji.io';
const iru = 'https://acme.api.iru.com';
const proxy = 'https://proxy.example.com:8443/kandji';

describe('the ID in the URL of a page', () => {
	it.each<[string, Page, string]>([
		[`https://acme.kandji.io/devices/${id}`, 'devices', us],
		[`https://acme.kandji.io/devices/${id}/`, 'devices', us],
		[`  https://acme.kandji.io/devices/${id}/library-items?tab=apps#top \n`, 'devices', us],
		[`HTTPS://ACME.KANDJI.IO/devices/${id}/general`, 'devices', us],
		[`https://acme.kandji.io./devices/${id}`, 'devices', us],
		[`acme.kandji.io/devices/${id}`, 'devices', us],
		[`https://acme.kandji.io/devices/${id}/status/${id}`, 'devices', us],
		[`https://acme.iru.com/devices/${id}`, 'devices', us],
		[`https://acme.kandji.io/devices/${id}`, 'devices', iru],
		[`https://acme.eu.kandji.io/blueprints/${id}/assignments`, 'blueprints', eu],
		[`https://acme.kandji.io/library/custom-scripts/${id}`, 'library', us],
		[`https://acme.kandji.io/library/${id}`, 'library', us],
		[`https://acme.kandji.io/users/${id}`, 'users', us],
		[`https://acme.kandji.io/tags/${id}`, 'tags', us],
		[`https://whoever.kandji.io/devices/${id}`, 'devices', proxy],
		[`https://proxy.example.com:8443/devices/${id}`, 'devices', proxy],
		[`http://127.0.0.1:4010/devices/${id}`, 'devices', 'http://127.0.0.1:4010'],
	])('%s', (text, page, baseUrl) => {
		expect(idInUrl(text, page, baseUrl)).toEqual({ id });
	});

	it.each<[string, string, Page, string]>([
		['another tenant', `https://globex.kandji.io/devices/${id}`, 'devices', us],
		['another tenant', `https://acme.eu.kandji.io/devices/${id}`, 'devices', us],
		['another tenant', `https://acme.kandji.io/devices/${id}`, 'devices', eu],
		['another tenant', `https://acme.kandji.io.evil.example/devices/${id}`, 'devices', us],
		['another tenant', `https://evil.example/acme.kandji.io/devices/${id}`, 'devices', us],
		['another tenant', `https://acme.kandji.io:444/devices/${id}`, 'devices', us],
		['another tenant', `http://acme.kandji.io/devices/${id}`, 'devices', us],
		['another tenant', `https://evil.example/devices/${id}`, 'devices', proxy],
		['another tenant', `https://proxy.example.com/devices/${id}`, 'devices', proxy],
		['not a URL', `https://acme@evil.example/devices/${id}`, 'devices', us],
		['not a URL', `https://acme:x@acme.kandji.io/devices/${id}`, 'devices', us],
		['not a URL', `https://acme.kandji.io\\devices\\${id}`, 'devices', us],
		['not a URL', `see https://acme.kandji.io/devices/${id}`, 'devices', us],
		['not a URL', 'https://', 'devices', us],
		['another tenant', id, 'devices', us],
		['no page of this kind', `https://acme.kandji.io/users/${id}`, 'devices', us],
		['no page of this kind', `https://acme.kandji.io/devices/${id}`, 'users', us],
		['no page of this kind', `https://acme.kandji.io/${id}`, 'devices', us],
		['no page of this kind', `https://acme.kandji.io/?devices/${id}`, 'devices', us],
		['no page of this kind', `https://acme.kandji.io/#/devices/${id}`, 'devices', us],
		['no page of this kind', `https://acme.kandji.io/devices/all/${id}`, 'devices', us],
		['no page of this kind', `https://acme.kandji.io/blueprints/devices/${id}`, 'devices', us],
		['no page of this kind', `https://acme.kandji.io/devices/blueprints/${id}`, 'blueprints', us],
		['no page of this kind', `https://acme.kandji.io/ade-devices/${id}`, 'devices', us],
		['no page of this kind', `https://acme.kandji.io/devices/x${id}`, 'devices', us],
		['no page of this kind', 'https://acme.kandji.io/devices/42', 'devices', us],
		['several IDs', `https://acme.kandji.io/devices/${id}/devices/${other}`, 'devices', us],
		['several IDs', `https://acme.kandji.io/blueprints/${other}/devices/${id}`, 'devices', us],
		['several IDs', `https://acme.kandji.io/devices/${id}?device=${other}`, 'devices', us],
		['several IDs', `https://acme.kandji.io/devices/${id}#${other}`, 'devices', us],
	])('is refused (%s): %s', (problem, text, page, baseUrl) => {
		expect(idInUrl(text, page, baseUrl)).toEqual({ problem });
	});
});

it.each([
	[us, 'https://acme.kandji.io'],
	[eu, 'https://acme.eu.kandji.io'],
	[iru, undefined],
	[proxy, undefined],
	['https://acme.api.kandji.io.evil.example', undefined],
])('the web app of %s is %s', (baseUrl, expected) => {
	expect(webAppUrl(baseUrl)).toBe(expected);
});
