import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';

import { stringify } from 'flatted';
import type { NodeApiError } from 'n8n-workflow';

import type { FaultRule } from '../../simulator/tenant';
import type * as ErrorText from '../../nodes/Kandji/transport/http/errorText';
import {
	builtModule,
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
				/^Kandji rejected the API token \| It may be mistyped or revoked\. Create a new token/,
			);
		});
	});

	it('of a form or of bytes are found as well', () => {
		const { errorText, secretsOf } = builtModule<typeof ErrorText>('transport/http/errorText.js');
		const form = new URLSearchParams({ name: 'visible', 'enrollment.secret': 'hush-hush' });
		const secrets = secretsOf(form, 'the-token');
		expect(secrets).toEqual(['the-token', 'hush-hush']);
		const body = Buffer.from(JSON.stringify({ detail: 'the-token says hush-hush to visible' }));
		expect(errorText(body, secrets)).toBe('[hidden] says [hidden] to visible');
	});
});
