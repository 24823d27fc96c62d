import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';

import { stringify } from 'flatted';
import type { NodeApiError } from 'n8n-workflow';

import { createPoller } from '../../simulator/engine/poller';
import { searchList } from '../../simulator/engine/searchList';
import type { FaultRule } from '../../simulator/tenant';
import {
	eventually,
	errorText,
	useTestTenant,
	withTenant,
	withoutPauses,
	type TestTenant,
} from './support';

const markers = {
	token: 'b0b0cafe-5ec2-4e75-9999-c0ffee123456',
	pin: '739184',
	password: 'correct horse 77 battery',
};

const folder = mkdtempSync(join(tmpdir(), 'kandji-log-'));
const logFile = join(folder, 'n8n.log');

// Before n8n-core is loaded: everything that it would log at the finest level goes into a file.
process.env.N8N_LOG_LEVEL = 'debug';
process.env.N8N_LOG_OUTPUT = 'file';
process.env.N8N_LOG_FILE_LOCATION = logFile;

afterAll(() => rmSync(folder, { recursive: true }));

/** Everything of a run that n8n stores, shows or hands to an error workflow, in every form that it may take. */
const traces = (result: Awaited<ReturnType<TestTenant['run']>>): string => {
	const { error, run } = result;
	return [
		stringify(run),
		inspect(run, { depth: null, showHidden: true, maxStringLength: null }),
		inspect(error, { depth: null, showHidden: true, maxStringLength: null }),
		JSON.stringify(error),
		error?.stack,
	].join('\n');
};

const erase = ({ devices }: TestTenant) => ({
	resource: 'deviceAction',
	operation: 'erase',
	deviceId: { mode: 'id', value: devices(1)[0]!.device_id, __rl: true },
	confirmSerialNumber: devices(1)[0]!.serial_number,
	// The PIN is made by the expression: n8n stores a workflow's fields and items as they are.
	additionalFields: { pin: `={{ '${markers.pin.slice(0, 3)}' + '${markers.pin.slice(3)}' }}` },
});

const resetPasscode = ({ devices }: TestTenant) => ({
	resource: 'deviceAction',
	operation: 'resetWorkProfilePasscode',
	deviceId: { mode: 'id', value: devices(1)[0]!.device_id, __rl: true },
	additionalFields: { newPasscode: markers.password },
});

const log = () => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : '');

/** What the API repeats when it is as careless as can be. */
const echo = `Authorization: Bearer ${markers.token} PIN=${markers.pin}`;

const failures: FaultRule[] = [
	{ kind: 'status', status: 400, body: { detail: echo } },
	{ kind: 'status', status: 400, body: { PIN: [`${markers.pin} is not good`] } },
	{ kind: 'status', status: 400, body: { detail: `${'x'.repeat(480)} ${echo}` } },
	{ kind: 'status', status: 401, body: echo },
	{ kind: 'status', status: 403, body: [echo] },
	{ kind: 'status', status: 404, body: { message: echo } },
	{ kind: 'status', status: 500, body: { error: { message: echo } } },
	{ kind: 'status', status: 503, body: { detail: echo } },
	{ kind: 'errorBody', body: { detail: echo } },
	{ kind: 'contentType', type: 'text/html' },
	{ kind: 'html' },
	{ kind: 'resetBefore' },
	{ kind: 'resetAfter' },
	{ kind: 'truncate' },
	{ kind: 'redirect', location: `http://127.0.0.2:1/?token=${markers.token}` },
];

describe('secrets', () => {
	const testTenant = useTestTenant({ devices: 30, token: markers.token });
	withoutPauses();

	it.each(failures)('are in nothing that n8n keeps of a failure: %j', async (fault) => {
		const { tenant, run } = testTenant.current;
		for (const onError of ['stopWorkflow', 'continueErrorOutput'] as const) {
			for (const method of ['POST', 'GET']) {
				tenant.reset();
				tenant.faults.add({ ...fault, method });
				const result = await run(erase(testTenant.current), { onError });
				const kept = traces(result);
				// A read has no PIN to send, so the API cannot have it from there.
				const planted = method === 'GET' ? [markers.token] : [markers.token, markers.pin];
				expect(kept.match(new RegExp(`.{0,80}(${planted.join('|')})`))).toBeNull();
			}
		}
	});

	it('of the fields are not in the node that an error carries', async () => {
		const { tenant, run } = testTenant.current;
		tenant.faults.add({ kind: 'status', status: 400, method: 'POST' });
		const { error } = await run({
			...erase(testTenant.current),
			additionalFields: { pin: markers.pin },
		});
		expect((error as NodeApiError).node.parameters).toEqual({
			resource: 'deviceAction',
			operation: 'erase',
		});
	});

	/** Each error that n8n keeps of a run: the one that stopped it, the node's own, and those of items. */
	const errorsOf = ({ run: { data } }: Awaited<ReturnType<TestTenant['run']>>) => {
		const { error, runData } = data.resultData;
		const tasks = Object.values(runData).flat();
		const items = tasks.flatMap((task) => task.data?.main?.flatMap((output) => output ?? []) ?? []);
		return [error, ...tasks.map((task) => task.error), ...items.map((item) => item.error)].filter(
			(kept) => kept !== undefined,
		);
	};

	it.each([
		['a wrong serial number', { confirmSerialNumber: 'WRONG' }],
		['an invalid ID', { deviceId: { mode: 'id', value: '={{ "nonsense" }}', __rl: true } }],
		['an invalid PIN', { additionalFields: { pin: `${markers.pin}x` } }],
	])('of the fields are in no error that n8n keeps of %s', async (_name, wrong) => {
		const { run } = testTenant.current;
		for (const onError of [
			'stopWorkflow',
			'continueErrorOutput',
			'continueRegularOutput',
		] as const) {
			const parameters = {
				...erase(testTenant.current),
				additionalFields: { pin: markers.pin },
				...wrong,
			};
			const result = await run(parameters, { onError });
			const kept = errorsOf(result);
			// An error item has the message only.
			expect(kept.length > 0).toBe(onError === 'stopWorkflow');
			expect(JSON.stringify(result.outputs)).not.toContain(markers.pin);
			for (const error of kept) {
				const { node } = error as NodeApiError;
				expect(node.parameters).toEqual({ resource: 'deviceAction', operation: 'erase' });
				expect(inspect(error, { depth: null, showHidden: true })).not.toContain(markers.pin);
			}
		}
	});

	it('of the fields are in no error of a picker, a poll or the credential', async () => {
		const { tenant, credential, run } = testTenant.current;
		const parameters = { resource: 'deviceAction', operation: 'erase', pin: markers.pin };
		const broken = { ...credential, apiUrl: 'nonsense' };
		const missing = { apiUrl: undefined };
		tenant.faults.add({ kind: 'status', status: 400, body: { detail: echo } });
		const failed: unknown[] = [];
		for (const used of [credential, broken, missing]) {
			const search = searchList('searchDevices', '', undefined, {
				credential: used,
				currentNodeParameters: parameters,
			});
			failed.push(await search.catch((error: unknown) => error));
			const poller = await createPoller({ events: ['deviceEnrolled'] }, { credential: used });
			failed.push(await poller.poll().catch((error: unknown) => error));
		}
		failed.push(...errorsOf(await run(erase(testTenant.current), { credential: broken })));
		expect(failed).toHaveLength(8);
		for (const error of failed) {
			const { message, node } = error as NodeApiError;
			expect(message).not.toBe('');
			expect(Object.keys(node.parameters)).toEqual(
				node.name === 'Kandji' ? ['resource', 'operation'] : [],
			);
			expect(inspect(error, { depth: null })).not.toMatch(`${markers.pin}|${markers.token}`);
		}
	});

	it('are in no line of the log', async () => {
		await withTenant({ devices: 30, token: markers.token }, async (testTenant) => {
			const { tenant, run } = testTenant;
			tenant.faults.add({
				kind: 'status',
				status: 503,
				body: { detail: echo },
				method: 'GET',
				times: 1,
			});
			tenant.faults.add({ kind: 'rateLimit', seconds: 0, method: 'POST', times: 1 });
			const loggedBefore = log().length;
			const parameters = { ...erase(testTenant), additionalFields: { pin: markers.pin } };
			await expect(run(parameters)).resolves.toMatchObject({ status: 'success' });
			tenant.faults.add({ kind: 'status', status: 400, body: { detail: echo }, method: 'POST' });
			await expect(run(parameters)).resolves.toMatchObject({ status: 'error' });
			const logged = () => log().slice(loggedBefore);
			await eventually(() => logged().includes('/action/erase: too many requests; try 2 in'));
			expect(logged()).toMatch(
				/Kandji: GET \/api\/v1\/devices\/\{device_id\}: status 503; try 2 in \d+ ms/,
			);
			await eventually(() => logged().includes('Workflow execution finished with error'));
			expect(logged().match(new RegExp(`.{0,80}(${markers.token}|${markers.pin})`))).toBeNull();
		});
	});

	it('of a work profile are kept out as well', async () => {
		await withTenant({ devices: 60, token: markers.token }, async (testTenant) => {
			testTenant.tenant.faults.add({
				kind: 'status',
				status: 400,
				body: { newPassword: [`${markers.password} is too short`] },
			});
			const result = await testTenant.run(resetPasscode(testTenant));
			expect(errorText(result)).toMatch(/^newPassword: \[hidden\] is too short \|/);
		});
	});

	it('that are ordinary words blank nothing of our own', async () => {
		await withTenant({ devices: 5, token: 'token' }, async ({ tenant, run }) => {
			tenant.mutate({ op: 'revokeToken' });
			const result = await run({ resource: 'device', operation: 'getAll' });
			expect(errorText(result)).toMatch(
				/^Kandji rejected the API token, or it is missing a permission \| It may be mistyped or revoked\. Create a new token/,
			);
		});
	});
});
