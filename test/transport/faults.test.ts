import type { INodeParameters } from 'n8n-workflow';

import type { FaultRule } from '../../simulator/tenant';
import { errorText, useTestTenant, withTenant } from './support';

const whole = { resource: 'device', operation: 'getAll', returnAll: true };

describe('invalid responses', () => {
	const testTenant = useTestTenant({ devices: 700, latencyMs: 0 });

	const getDevice = () => ({
		resource: 'device',
		operation: 'get',
		deviceId: { mode: 'id', value: testTenant.current.devices(1)[0]!.device_id, __rl: true },
	});

	it.each<[string, FaultRule, RegExp]>([
		['truncated JSON', { kind: 'truncate' }, /^Kandji’s response was cut off \|/],
		['another type', { kind: 'contentType' }, /^Kandji returned text\/plain instead of data \|/],
		[
			'a web page',
			{ kind: 'html', status: 200, execute: true },
			/^Kandji returned text\/html instead of data \| .*Kandji’s response: The response was a web page/,
		],
		[
			'a web page with a status',
			{ kind: 'html', status: 500 },
			/^The response was a web page instead of data \| Try again later/,
		],
		[
			'a 200 with an error in it',
			{ kind: 'errorBody', body: { detail: 'Something went wrong.' } },
			/^Kandji returned an error instead of data \| .*Kandji’s response: Something went wrong\.$/,
		],
		['nothing', { kind: 'empty' }, /^Kandji returned an empty response \|/],
		[
			'a redirect',
			{ kind: 'redirect', location: 'http://127.0.0.2:1/elsewhere' },
			/^Kandji responded with a redirect, which was not followed .*Check Subdomain, Region and API URL/,
		],
	])('%s: a clear error for a list and for a record', async (_name, fault, text) => {
		for (const parameters of [whole, getDevice()]) {
			testTenant.current.tenant.reset();
			testTenant.current.tenant.faults.add(fault);
			const result = await testTenant.current.run(parameters);
			expect(result.items).toEqual([]);
			expect(errorText(result)).toMatch(text);
			expect(errorText(result)).toMatch(/\(Device › Get( Many)? \[item 0\]/);
			expect(testTenant.current.tenant.counters.total.received).toBe(1);
		}
	});

	it.each<[string, FaultRule, RegExp]>([
		['a web page', { kind: 'html', status: 200, execute: true }, /^Kandji returned text\/html/],
		[
			'something without a type',
			{ kind: 'contentType', type: '' },
			/^Kandji returned a response w/,
		],
		['half a response', { kind: 'truncate' }, /^Kandji’s response was cut off/],
		['an error', { kind: 'errorBody', body: { detail: 'No.' } }, /^Kandji returned an error/],
		['a 408', { kind: 'status', status: 408 }, /^Kandji did not finish the request in time/],
		['a 503', { kind: 'status', status: 503 }, /./],
	])('%s in answer to a write is an unknown outcome', async (_name, fault, text) => {
		const { tenant, run, devices } = testTenant.current;
		tenant.faults.add({ ...fault, method: 'POST' });
		const lock = { ...getDevice(), resource: 'deviceAction', operation: 'lock' };
		const result = await run(lock, { input: devices(3).map(() => ({})) });
		expect(errorText(result)).toMatch(text);
		expect(errorText(result)).toContain(
			'It is not known whether Kandji carried out the request, so it was not sent again.',
		);
		expect(tenant.counters.total.received).toBe(1);
	});

	it('a read without a type is no data', async () => {
		testTenant.current.tenant.faults.add({ kind: 'contentType', type: '' });
		const result = await testTenant.current.run(getDevice());
		expect(errorText(result)).toMatch(/^Kandji returned a response without a type/);
	});

	it('JSON is asked for', async () => {
		await testTenant.current.run(getDevice());
		const [request] = testTenant.current.tenant.counters.log;
		expect(request!.headers.accept).toBe('application/json');
	});

	it('half a list is never the whole one, wherever it breaks', async () => {
		for (const fault of ['truncate', 'empty', 'contentType', 'errorBody'] as const) {
			testTenant.current.tenant.reset();
			testTenant.current.tenant.faults.add({ kind: fault, after: 2 });
			const result = await testTenant.current.run(whole);
			expect([result.status, result.items]).toEqual(['error', []]);
		}
	});

	it('the token does not follow a redirect', async () => {
		await withTenant({ devices: 1 }, async (elsewhere) => {
			testTenant.current.tenant.faults.add({ kind: 'redirect', location: elsewhere.tenant.url });
			await testTenant.current.run(whole);
			expect(elsewhere.tenant.counters.total.received).toBe(0);
		});
	});

	it('waits for a slow body', async () => {
		testTenant.current.tenant.faults.add({ kind: 'trickle', chunkBytes: 20_000, everyMs: 20 });
		const { items } = await testTenant.current.run({ ...whole, returnAll: false, limit: 300 });
		expect(items).toHaveLength(300);
	});

	it.each<FaultRule>([
		{ kind: 'stall' },
		{ kind: 'latency', ms: 3000 },
		{ kind: 'trickle', chunkBytes: 100, everyMs: 50 },
	])(
		'a body that does not come is waited for as long as Options › Timeout says: $kind',
		async (fault) => {
			await withTenant({ devices: 300 }, async ({ tenant, run }) => {
				tenant.faults.add(fault);
				const begun = performance.now();
				const result = await run({ ...whole, requestOptions: { timeout: 400 } });
				expect(errorText(result)).toMatch(
					/^Kandji did not respond in time \| .*increase Options › Timeout/,
				);
				expect(performance.now() - begun).toBeLessThan(2500);
			});
		},
	);

	it('a host that is not there', async () => {
		const refused = await testTenant.current.run(whole, {
			credential: { ...testTenant.current.credential, apiUrl: 'http://127.0.0.1:9' },
		});
		expect(errorText(refused)).toMatch(
			/^The connection was refused \| Check API URL in the credential/,
		);
		const unknown = await testTenant.current.run(whole, {
			credential: { ...testTenant.current.credential, apiUrl: 'https://kandji.invalid' },
		});
		expect(errorText(unknown)).toMatch(
			/^The Kandji host was not found \| Check Subdomain and Region/,
		);
	});

	it('permission and token lost half way', async () => {
		testTenant.current.tenant.faults.add({ kind: 'permissionLoss', after: 2, times: 1 });
		const forbidden = await testTenant.current.run(whole);
		expect(forbidden.items).toEqual([]);
		expect(errorText(forbidden)).toMatch(
			/^The API token is missing a permission, or Kandji rejected it \| In Kandji › Settings › Access, .*GET \/api\/v1\/devices/,
		);
		testTenant.current.tenant.reset();
		testTenant.current.tenant.faults.add({ kind: 'tokenRevoked', after: 2, times: 1 });
		const revoked = await testTenant.current.run(whole);
		expect(revoked.items).toEqual([]);
		expect(errorText(revoked)).toMatch(
			/^Kandji rejected the API token, or it is missing a permission \| .*Create a new token.*GET \/api\/v1\/devices.*subscription/,
		);
	});
});

describe('an error names the operation as the form shows it', () => {
	const testTenant = useTestTenant({ devices: 5 });

	it.each<[string, INodeParameters]>([
		['In-House App › Get Many', { resource: 'inHouseApp', operation: 'getAll' }],
		['ADE Integration › Get Many', { resource: 'adeIntegration', operation: 'getAll' }],
		['API Request › Send', { resource: 'apiRequest', method: 'GET', path: '/api/v1/tags' }],
		[
			'Device Secret › Get FileVault Key',
			{ resource: 'deviceSecret', operation: 'getFileVaultKey' },
		],
	])('%s', async (title, parameters) => {
		const { tenant, run, devices } = testTenant.current;
		tenant.faults.add({ kind: 'status', status: 400 });
		const deviceId = { mode: 'id', value: devices(1)[0]!.device_id, __rl: true };
		const isOnDevice = parameters.resource === 'deviceSecret';
		const result = await run({ ...parameters, ...(isOnDevice && { deviceId }) });
		expect(errorText(result)).toContain(`(${title} [item 0]`);
	});
});

describe('what the API says reaches the user as text', () => {
	const testTenant = useTestTenant({ devices: 20 });

	it.each<[string, unknown, string]>([
		['detail', { detail: 'Bad thing.' }, 'Bad thing.'],
		['message', { message: 'Bad thing.', request_id: 'abc' }, 'Bad thing.'],
		['error', { error: 'Bad thing.' }, 'Bad thing.'],
		['error in error', { error: { message: 'Bad thing.' } }, 'Bad thing.'],
		['errors', { errors: ['Bad thing.', 'Other.'] }, 'Bad thing.'],
		[
			'a field',
			{ user: ['Invalid pk "1" - object does not exist.'] },
			'user: Invalid pk "1" - object does not exist.',
		],
		['a field in a field', { file: { name: ['Too long.'] } }, 'file: name: Too long.'],
		['an array', ['Device is not in lost mode.'], 'Device is not in lost mode.'],
		['a string', 'This device is already locked.', 'This device is already locked.'],
		['many lines', { detail: 'Bad\n\n   thing.' }, 'Bad thing.'],
		['nothing', {}, 'Kandji rejected the request with status 400'],
		['null', { detail: null }, 'Kandji rejected the request with status 400'],
		['something long', { detail: 'x'.repeat(5000) }, 'x'.repeat(500)],
	])('%s', async (_name, body, message) => {
		testTenant.current.tenant.faults.add({ kind: 'status', status: 400, body });
		const { error } = await testTenant.current.run(whole);
		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '400', message });
	});

	it('a 404 names what was not found', async () => {
		const deviceId = '00000000-0000-4000-8000-000000000000';
		const result = await testTenant.current.run({
			resource: 'device',
			operation: 'get',
			deviceId: { mode: 'id', value: deviceId, __rl: true },
		});
		expect(errorText(result)).toMatch(
			new RegExp(`^Kandji found no device ${deviceId} \\| Check the ID: .*Not found\\.$`),
		);
	});

	it("the gateway's 404 sends the user to the credential", async () => {
		testTenant.current.tenant.faults.add({
			kind: 'status',
			status: 404,
			body: { message: 'no Route matched with those values', request_id: 'abc' },
		});
		const result = await testTenant.current.run(whole);
		expect(errorText(result)).toMatch(
			/^Kandji has no endpoint at this path \| Check the path, or Subdomain and Region .*\(Device › Get Many \[item 0\]\)/,
		);
	});
});
