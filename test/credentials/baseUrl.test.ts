import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { checkToken, getBaseUrl as baseUrlOf, regionHosts } from '../../credentials/baseUrl';
import { runNode } from '../../simulator/engine/engine';

const getBaseUrl = (credential: object) => baseUrlOf(credential as ICredentialDataDecryptedObject);

const token = '5f6c1a52-0d3c-4b4e-9a3e-2f1f8d0c7b11';

/** The name alone, as people enter it for the tenant acme. */
const bare = ['acme', 'ACME', '  acme ', 'acme\n', 'acme.api', 'https://acme', 'acme.'];

/** What follows the name in addresses of each region: of the web app, of the API, and of the API before 2022. */
const addresses = {
	us: ['kandji.io', 'api.kandji.io', 'clients.us-1.kandji.io'],
	eu: ['eu.kandji.io', 'api.eu.kandji.io', 'clients.eu.kandji.io'],
	iruUs: ['iru.com', 'api.iru.com'],
	iruEu: ['eu.iru.com', 'api.eu.iru.com'],
};

const pastedForms = (address: string): string[] => [
	`acme.${address}`,
	` ACME.${address.toUpperCase()}\n`,
	`acme.${address}.`,
	`https://acme.${address}`,
	`https://acme.${address}/`,
	`http://acme.${address}/devices`,
	`HTTPS://ACME.${address.toUpperCase()}/API/V1/`,
	`https://acme.${address}/api/v1`,
];

/** Every pasted address with its region. */
const pasted = Object.entries(addresses).flatMap(([region, list]) =>
	list.flatMap((address) => pastedForms(address).map((subdomain) => ({ region, subdomain }))),
);

const labels = ['a', 'acme-2', '0acme', 'a'.repeat(63)];

const hostile = [
	'api.kandji.io',
	'eu.kandji.io',
	'https://api.eu.iru.com/api/v1',
	'clients.us-1.kandji.io',
	'www.kandji.io',
	'kandji.io',
	'acme.us.kandji.io',
	'acme.clients.us-1.iru.com',
	'acme.clients.us-2.kandji.io',
	'acme.gov.kandji.io',
	'acme.api.api.kandji.io',
	'',
	' ',
	'.',
	'-acme',
	'acme-',
	'a'.repeat(64),
	'acme corp',
	'acme.com',
	'acme.evil.com',
	'acme.kandji.io.evil.com',
	'acme.api.kandji.io.evil.com',
	'acme.kandji.io@evil.com',
	'acme:secret@evil.com',
	'https://evil.com/acme.kandji.io',
	'https://user@acme.kandji.io',
	'https://acme.kandji.io:8443',
	'https://acme.kandji.io?next=evil.com',
	'https://acme.kandji.io#evil.com',
	'acme#',
	'acme?',
	'acme/../evil.com@',
	'acme\\evil.com',
	'acme%2eevil.com',
	'acme\nevil.com',
	'acme\u0000',
	'ácme',
	'аcme',
	'acme。kandji.io',
	'//acme.kandji.io',
	'ftp://acme.kandji.io',
	'javascript:alert(1)',
	'127.0.0.1',
	'localhost:80',
	"acme' + $credentials.token + '",
	'acme}}{{$credentials.token}}',
	'xn--',
];

const customForms: Array<[string, string]> = [
	['https://proxy.example.com', 'https://proxy.example.com'],
	['https://proxy.example.com/', 'https://proxy.example.com'],
	['https://proxy.example.com:8443', 'https://proxy.example.com:8443'],
	[' https://proxy.example.com/kandji ', 'https://proxy.example.com/kandji'],
	['https://proxy.example.com/kandji/', 'https://proxy.example.com/kandji'],
	['https://proxy.example.com/api/v1', 'https://proxy.example.com'],
	['https://proxy.example.com/api/v1/', 'https://proxy.example.com'],
	['https://proxy.example.com/api/v2', 'https://proxy.example.com'],
	['https://proxy.example.com/api', 'https://proxy.example.com'],
	['https://proxy.example.com/kandji/api/v1/', 'https://proxy.example.com/kandji'],
	['https://10.1.2.3', 'https://10.1.2.3'],
	['http://localhost:4010', 'http://localhost:4010'],
	['http://127.0.0.1:4010/', 'http://127.0.0.1:4010'],
	['http://127.1.2.3', 'http://127.1.2.3'],
	['http://[::1]:4010/api/v1', 'http://[::1]:4010'],
];

const hostileCustom = [
	'',
	'proxy.example.com',
	'http://proxy.example.com',
	'http://10.1.2.3',
	'http://localhost.evil.com',
	'http://127.0.0.1.evil.com',
	'http://127.0.0.1@evil.com',
	'http://localhost:80@evil.com',
	'https://user@proxy.example.com',
	'https://user:secret@proxy.example.com',
	'https://proxy.example.com?x=1',
	'https://proxy.example.com/#x',
	'https://proxy.example.com\\evil.com',
	'https://proxy.example.com/a b',
	'https://proxy.example.com/..',
	'https://proxy.example.com/../x',
	'https://proxy.example.com/a/../b',
	'https://proxy.example.com/a/./b',
	'https://proxy.example.com/a/. ',
	'https://proxy.example.com/a/..\n',
	'https://proxy.example.com/%2e%2e/b',
	'https://proxy.example.com/.%2E/b',
	'https://proxy.example.com/%252e%252e/b',
	'https://proxy.example.com/a\\..\\b',
	'https://proxy.example.com/.\t./b',
	'https://proxy.example.com/．．/b',
	'https://proxy.example.com/api/v1/../..',
	'https://proxy.example.com\nHost: evil.com',
	'https://',
	'https:///evil.com',
	'ftp://proxy.example.com',
	'file:///etc/passwd',
];

const strangeRegions = ['', 'mars', 'toString', '__proto__', 'constructor', 'US', 'us ', 'us|eu'];

describe('the host that the token goes to', () => {
	const regions = Object.entries(regionHosts);

	it.each(regions)('region %s: the name alone', (region, host) => {
		for (const subdomain of bare) {
			expect([subdomain, getBaseUrl({ region, subdomain })]).toEqual([
				subdomain,
				`https://acme.${host}`,
			]);
		}
		for (const subdomain of labels) {
			expect(getBaseUrl({ region, subdomain })).toBe(`https://${subdomain}.${host}`);
		}
	});

	it('is that of a pasted address where nobody chose another region', () => {
		for (const { region, subdomain } of pasted) {
			const url = `https://acme.${regionHosts[region as keyof typeof regionHosts]}`;
			expect([subdomain, getBaseUrl({ region: 'us', subdomain })]).toEqual([subdomain, url]);
			expect([subdomain, getBaseUrl({ region, subdomain })]).toEqual([subdomain, url]);
		}
	});

	it.each(['eu', 'iruEu', 'iruUs'])(
		'is none when the region %s contradicts the address',
		(chosen) => {
			for (const { region, subdomain } of pasted) {
				if (region === chosen) continue;
				expect(() => getBaseUrl({ region: chosen, subdomain })).toThrow(
					'Region in the credential does not match the address in Subdomain',
				);
			}
		},
	);

	it.each(hostile)('refuses %j as subdomain', (subdomain) => {
		for (const [region] of regions) {
			expect(() => getBaseUrl({ region, subdomain })).toThrow(
				'Subdomain in the credential is invalid',
			);
		}
	});

	it.each([...strangeRegions, undefined])('refuses %j as region', (region) => {
		expect(() => getBaseUrl({ region, subdomain: 'acme' })).toThrow(
			'Region in the credential is not set',
		);
	});

	it.each(customForms)('custom: %j is %s', (apiUrl, url) => {
		expect(getBaseUrl({ region: 'custom', apiUrl })).toBe(url);
	});

	it.each(hostileCustom)('refuses %j as API URL', (apiUrl) => {
		expect(() => getBaseUrl({ region: 'custom', apiUrl })).toThrow(
			'API URL in the credential is invalid',
		);
	});

	it('decides in no time about a long text', () => {
		const begun = performance.now();
		for (const text of ['a', 'a.', 'a-', '/a', 'https://a/', '.api', ' ']) {
			const long = text.repeat(20_000);
			for (const credential of [
				{ region: 'us', subdomain: long },
				{ region: 'us', subdomain: `acme/${long}!` },
				{ region: 'custom', apiUrl: `https://a${long}!` },
				{ region: 'custom', apiUrl: `https://a/${long}!` },
				{ region: 'custom', apiUrl: `https://a/${'../'.repeat(20_000)}` },
			]) {
				expect(() => getBaseUrl(credential)).toThrow('is invalid');
			}
		}
		expect(performance.now() - begun).toBeLessThan(2000);
	});
});

describe('the token', () => {
	it.each([token, 'x', 'a.b-c_d~e+f/g=='])('%j can be sent', (usable) => {
		expect(() => checkToken({ token: usable })).not.toThrow();
	});

	it.each(['', undefined])('%j is empty', (empty) => {
		expect(() => checkToken({ token: empty as string })).toThrow(
			'API Token in the credential is empty',
		);
	});

	it.each([
		`${token}\n`,
		` ${token}`,
		`${token}\r\nX-Injected: 1`,
		'a b',
		'a\tb',
		'a\u0000b',
		'tökén',
		'“x”',
	])('%j is refused', (wrong) => {
		expect(() => checkToken({ token: wrong })).toThrow(
			/API Token in the credential contains a space, a line break/,
		);
	});

	it.each(['', `${token}\n`, 'a b', 'tökén'])(
		'%j: the node says so and sends nothing',
		async (wrong) => {
			const { error } = await runNode(
				{ resource: 'device', operation: 'getAll' },
				{ credential: { subdomain: 'acme', token: wrong } },
			);
			expect(error?.message).toMatch(/^API Token in the credential/);
			expect(error?.description).toMatch(/Settings › Access/);
			expect(JSON.stringify(error)).not.toContain(token);
		},
	);
});
