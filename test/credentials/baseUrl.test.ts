import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import {
	baseUrlExpression,
	checkToken,
	getBaseUrl as baseUrlOf,
	regionHosts,
} from '../../credentials/baseUrl';
import { runNode } from '../../simulator/engine/engine';
import { createNodeWorkflow, withIsolate } from '../../simulator/engine/nodeWorkflow';

const getBaseUrl = (credential: object) => baseUrlOf(credential as ICredentialDataDecryptedObject);

const token = '5f6c1a52-0d3c-4b4e-9a3e-2f1f8d0c7b11';

/** Everything that people paste for the subdomain acme. */
const pasted = [
	'acme',
	'ACME',
	'  acme ',
	'acme\n',
	'acme.api',
	'acme.kandji.io',
	'acme.eu.kandji.io',
	'acme.api.kandji.io',
	'acme.api.eu.kandji.io',
	'acme.iru.com',
	'acme.eu.iru.com',
	'acme.api.iru.com',
	'acme.api.eu.iru.com',
	'https://acme.kandji.io',
	'https://acme.kandji.io/',
	'https://acme.kandji.io/devices',
	'http://acme.kandji.io',
	'HTTPS://ACME.API.KANDJI.IO/API/V1/',
	'https://acme.api.kandji.io/api/v1/',
	'https://acme.api.eu.kandji.io/api/v1',
	'https://acme.api.iru.com/api/v1/devices',
];

const labels = ['a', 'acme-2', '0acme', 'a'.repeat(63)];

const hostile = [
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
	'https://proxy.example.com\nHost: evil.com',
	'https://',
	'https:///evil.com',
	'ftp://proxy.example.com',
	'file:///etc/passwd',
];

const strangeRegions = ['', 'mars', 'toString', '__proto__', 'constructor', 'US', 'us ', 'us|eu'];

describe('the host that the token goes to', () => {
	const regions = Object.entries(regionHosts);

	it.each(regions)('region %s: every pasted form of the subdomain', (region, host) => {
		for (const subdomain of pasted) {
			expect([subdomain, getBaseUrl({ region, subdomain })]).toEqual([
				subdomain,
				`https://acme.${host}`,
			]);
		}
		for (const subdomain of labels) {
			expect(getBaseUrl({ region, subdomain })).toBe(`https://${subdomain}.${host}`);
		}
	});

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

describe("n8n's expression for the same host", () => {
	const parameters = { resource: 'device', operation: 'getAll' };

	/** What n8n's own expression engine makes of it, for each credential. */
	async function evaluate(credentials: object[]): Promise<unknown[]> {
		const { workflow, node } = await createNodeWorkflow('kandji', parameters, { token });
		return await withIsolate(workflow, async () =>
			credentials.map(($credentials) =>
				workflow.expression.getSimpleParameterValue(node, baseUrlExpression, 'internal', {
					$credentials,
				}),
			),
		);
	}

	it.each(Object.keys(regionHosts))('region %s: every pasted form', async (region) => {
		const credentials = [...pasted, ...labels].map((subdomain) => ({ region, subdomain }));
		await expect(evaluate(credentials)).resolves.toEqual(credentials.map(getBaseUrl));
	});

	it('custom: every form', async () => {
		const credentials = customForms.map(([apiUrl]) => ({ region: 'custom', apiUrl }));
		await expect(evaluate(credentials)).resolves.toEqual(customForms.map(([, url]) => url));
	});

	it.each<[string, object[]]>([
		['subdomains', hostile.map((subdomain) => ({ region: 'us', subdomain }))],
		['API URLs', hostileCustom.map((apiUrl) => ({ region: 'custom', apiUrl }))],
		['regions', strangeRegions.map((region) => ({ region, subdomain: 'acme' }))],
		['gaps', [{ region: 'us' }, { region: 'custom' }, {}]],
	])('hostile %s: a host that does not exist', async (_name, credentials) => {
		await expect(evaluate(credentials)).resolves.toEqual(
			credentials.map(() => 'https://check-subdomain-and-region.invalid'),
		);
	});
});
