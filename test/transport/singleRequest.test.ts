import type { FaultRule } from '../../simulator/tenant';
import { errorText, useTestTenant, withTenant, writes, type TestTenant } from './support';

const erase = (testTenant: TestTenant, rest: object = {}) => {
	const [device] = testTenant.devices(1);
	return {
		resource: 'deviceAction',
		operation: 'erase',
		deviceId: { mode: 'id', value: device!.device_id, __rl: true },
		confirmSerialNumber: device!.serial_number,
		...rest,
	};
};

const destructive = {
	'erase, a POST': erase,
	'delete, a DELETE': (testTenant: TestTenant) => ({
		...erase(testTenant),
		resource: 'device',
		operation: 'delete',
	}),
	'update, a PATCH': ({ devices }: TestTenant) => ({
		resource: 'device',
		operation: 'update',
		deviceId: { mode: 'id', value: devices(1)[0]!.device_id, __rl: true },
		updateFields: { assetTag: 'A-1' },
	}),
};

const outcomeUnknown = /It is not known whether Kandji carried out the request/;

/** What can go wrong with a write, whether it was executed anyway, and the error message. */
const failures: Array<[string, FaultRule, number, RegExp]> = [
	['a reset before it was executed', { kind: 'resetBefore' }, 0, outcomeUnknown],
	['a reset after it was executed', { kind: 'resetAfter' }, 1, outcomeUnknown],
	['an answer cut off', { kind: 'truncate' }, 1, outcomeUnknown],
	['a 500 before', { kind: 'status', status: 500 }, 0, outcomeUnknown],
	['a 500 after', { kind: 'status', status: 500, execute: true }, 1, outcomeUnknown],
	['a 502 before', { kind: 'status', status: 502 }, 0, outcomeUnknown],
	['a 502 after', { kind: 'html', status: 502, execute: true }, 1, outcomeUnknown],
	['a 503 before', { kind: 'status', status: 503 }, 0, outcomeUnknown],
	['a 503 after', { kind: 'status', status: 503, execute: true }, 1, outcomeUnknown],
	['a 504 before', { kind: 'status', status: 504 }, 0, outcomeUnknown],
	['a 504 after', { kind: 'status', status: 504, execute: true }, 1, outcomeUnknown],
	['a 401', { kind: 'status', status: 401 }, 0, /rejected the API token/],
	['a 403', { kind: 'status', status: 403 }, 0, /The API token is missing a permission/],
	['a redirect', { kind: 'redirect', location: 'http://127.0.0.2:1/elsewhere' }, 1, /redirect/],
];

describe.each(Object.entries(destructive))('%s', (name, parametersOf) => {
	const testTenant = useTestTenant({ devices: 20 });

	// The PATCH alone answers with a body that can be cut off.
	const possible = failures.filter(
		([, fault]) => fault.kind !== 'truncate' || name.includes('PATCH'),
	);

	it.each(possible)('is sent once: %s', async (_name, fault, executed, message) => {
		const { tenant, run } = testTenant.current;
		for (const onError of ['stopWorkflow', 'continueRegularOutput'] as const) {
			tenant.reset();
			const parameters = parametersOf(testTenant.current);
			for (const method of ['POST', 'PATCH', 'DELETE']) tenant.faults.add({ ...fault, method });
			const result = await run(parameters, { onError });
			expect(writes(tenant).map((entry) => entry.executed)).toEqual([executed === 1]);
			if (onError === 'stopWorkflow') {
				expect(result.status).toBe('error');
				expect(errorText(result)).toMatch(message);
			} else {
				expect(result.items).toEqual([
					{
						json: expect.objectContaining({ error: expect.any(String) }),
						pairedItem: { item: 0 },
					},
				]);
			}
		}
	});

	it('is sent once: no answer in time', async () => {
		const { tenant, run } = testTenant.current;
		const parameters = {
			...parametersOf(testTenant.current),
			requestOptions: { timeout: 300 },
		};
		for (const method of ['POST', 'PATCH', 'DELETE']) {
			tenant.faults.add({ kind: 'latency', ms: 800, method });
		}
		const result = await run(parameters);
		expect(errorText(result)).toMatch(/^Kandji did not respond in time \| It is not known whether/);
		expect(writes(tenant)).toHaveLength(1);
	});
});

describe("n8n's batching", () => {
	it.each([
		['stopWorkflow', 2],
		['continueRegularOutput', 3],
	] as const)('sends each item once and in order, %s', async (onError, sent) => {
		await withTenant({ devices: 20 }, async ({ tenant, run, devices }) => {
			const input = devices(3).map(({ device_id, serial_number }) => ({
				device_id,
				serial_number,
			}));
			tenant.faults.add({ kind: 'resetAfter', method: 'POST', after: 1, times: 1 });
			const result = await run(
				{
					resource: 'deviceAction',
					operation: 'erase',
					deviceId: { mode: 'id', value: '={{ $json.device_id }}', __rl: true },
					confirmSerialNumber: '={{ $json.serial_number }}',
					requestOptions: { batching: { batch: { batchSize: 1, batchInterval: 50 } } },
				},
				{ input, onError },
			);
			expect(writes(tenant).map(({ url }) => url)).toEqual(
				input.slice(0, sent).map(({ device_id }) => `/api/v1/devices/${device_id}/action/erase`),
			);
			if (onError === 'stopWorkflow') {
				expect(errorText(result)).toMatch(/Item 0 was done before it; 1 after it was not sent\.$/);
			}
		});
	});
});
