import { createHash } from 'node:crypto';

import { sleep } from 'n8n-workflow';
import waitFor from 'p-wait-for';

import { byId, itemWithFile, onTenant } from './onTenant';

const bytes = Buffer.from('\u0000package \r\n--boundary\r\n'.repeat(50_000));
const sha256 = createHash('sha256').update(bytes).digest('hex');
const input = [itemWithFile('Portal ü.pkg', bytes)];
const create = { name: 'Portal & more' };

describe('Custom App', () => {
	const on = onTenant('customApp');
	const sent = () => on.tenant.counters.log.map(({ operation }) => operation);
	const toStorage = () => on.tenant.counters.log.filter(({ origin }) => origin === 'storage');

	it('is created from a file, read, changed and deleted', async () => {
		const [created = {}] = await on.json('create', create, { input });
		expect(created).toMatchObject({ name: 'Portal & more', sha256, file_size: bytes.length });
		expect(sent()).toEqual([
			'POST /api/v1/library/custom-apps/upload',
			'POST /storage/uploads',
			'POST /api/v1/library/custom-apps',
		]);
		const customAppId = byId(created.id);
		const [changed] = await on.json(
			'update',
			{ customAppId, updateFields: { binaryPropertyName: 'data', name: 'Portal 2' } },
			{ input: [itemWithFile('Portal.pkg', Buffer.from('second version'))] },
		);
		expect(changed).toMatchObject({ name: 'Portal 2', file_size: 14 });
		expect(await on.json('get', { customAppId, simplify: false })).toEqual([changed]);
		expect(await on.json('delete', { customAppId })).toEqual([{ deleted: true }]);
		expect(on.tenant.state.library.customApps.has(String(created.id))).toBe(false);
	});

	it('never sends the token to storage', async () => {
		await on.json('create', create, { input });
		expect(toStorage()).toHaveLength(1);
		expect(JSON.stringify(toStorage())).not.toContain(on.tenant.token);
		expect(toStorage()[0]?.headers.authorization).toBeUndefined();
	});

	it('waits while the upload is processed, and uploads once', async () => {
		on.tenant.mutate({ op: 'uploadRules', rules: { processingAnswers: 2 } });
		const [created] = await on.json('create', create, { input });
		expect(created).toMatchObject({ sha256 });
		expect(toStorage()).toHaveLength(1);
		expect(on.tenant.counters.operations['POST /api/v1/library/custom-apps']).toMatchObject({
			received: 3,
			executed: 1,
		});
	});

	it('says that storage refused the file, and creates nothing', async () => {
		on.tenant.mutate({ op: 'uploadRules', rules: { storageStatus: 403 } });
		const { error } = await on.run('create', create, { input });
		expect(error?.message).toBe('Storage rejected the file with status 403: Access Denied');
		expect(error?.description).toContain('Nothing was changed in the library');
		expect(JSON.stringify(error)).not.toMatch(/x-amz|policy/i);
		expect(sent()).not.toContain('POST /api/v1/library/custom-apps');
	});

	it('says that the connection to storage broke, and does not upload twice', async () => {
		on.tenant.faults.add({ kind: 'resetBefore', path: '/storage/' });
		const { error } = await on.run('create', create, { input });
		expect(error?.message).toBe(
			'The connection to storage was lost before the upload was complete',
		);
		expect(JSON.stringify(error)).not.toMatch(/x-amz|policy/i);
		expect(sent()).not.toContain('POST /api/v1/library/custom-apps');
	});

	it.each([
		'http://storage.example/',
		'https://storage.example/',
		'https://10.0.0.1/',
		'ftp://127.0.0.1/',
		'not an address',
	])('sends no file to %s', async (post_url) => {
		on.tenant.faults.add({
			kind: 'status',
			status: 201,
			body: { post_url, post_data: {}, file_key: 'key' },
			path: '/api/v1/library/custom-apps/upload',
		});
		const { error } = await on.run('create', create, { input });
		expect(error?.message).toMatch(/unsafe upload URL/);
		expect(sent()).toEqual(['POST /api/v1/library/custom-apps/upload']);
	});

	it('uploads nothing in a dry run', async () => {
		const [plan] = await on.json('create', { ...create, dryRun: true }, { input });
		expect(plan!.request).toMatchObject({
			method: 'POST',
			path: '/api/v1/library/custom-apps',
			body: { name: 'Portal & more', file_key: `(key of Portal ü.pkg, ${bytes.length} bytes)` },
		});
		expect(on.tenant.counters.total.received).toBe(0);
	});

	it('stops waiting when the execution is stopped', async () => {
		on.tenant.mutate({ op: 'uploadRules', rules: { processingAnswers: 1_000 } });
		const stop = new AbortController();
		const running = on.run('create', create, { input, signal: stop.signal });
		await waitFor(() => sent().includes('POST /api/v1/library/custom-apps'));
		stop.abort();
		expect((await running).status).toBe('canceled');
	});

	it('uploads nothing for items after a failed one', async () => {
		const { error } = await on.run('create', create, { input: [{ json: {} }, ...input] });
		expect(error?.message).toBe('The item has no file in the field "data"');
		expect(on.tenant.counters.total.received).toBe(0);
	});

	it.each([
		[
			{ installEnforcement: 'continuously_enforce' },
			'Audit Script is required when Install Enforcement is Continuously Enforce',
		],
		[{ installType: 'zip' }, 'Unzip Location is required when Install Type is ZIP File'],
		[
			{ additionalFields: { showInSelfService: true } },
			'Self Service Category is required when Show in Self Service is on',
		],
	])('refuses %j before any request', async (parameters, message) => {
		const { error } = await on.run('create', { ...create, ...parameters }, { input });
		expect(error?.message).toBe(message);
		expect(on.tenant.counters.total.received).toBe(0);
	});

	it('refuses a malformed id before it uploads', async () => {
		const { error } = await on.run(
			'update',
			{ customAppId: byId('={{ "../x" }}'), updateFields: { binaryPropertyName: 'data' } },
			{ input },
		);
		expect(error?.message).toContain('Custom App is not a valid ID');
		expect(on.tenant.counters.total.received).toBe(0);
	});

	it('lists every app', async () => {
		const apps = await on.json('getAll', { returnAll: true });
		expect(apps.map(({ id }) => id)).toEqual([...on.tenant.state.library.customApps.keys()]);
	});
});

// A tenant of its own: its rate limiter remembers times of the fake clock, which would block later tests.
describe('Custom App with a fake clock', () => {
	const on = onTenant('customApp');
	const sent = () => on.tenant.counters.log.map(({ operation }) => operation);

	it('fails when the processing takes too long', async () => {
		on.tenant.mutate({ op: 'uploadRules', rules: { processingAnswers: 1_000 } });
		jest.useFakeTimers({ doNotFake: notClocks });
		try {
			const running = on.run('create', create, { input });
			await waitFor(() => sent().includes('POST /api/v1/library/custom-apps'));
			jest.advanceTimersByTime(301_000);
			const { error } = await running;
			expect(error?.message).toBe('The upload is still being processed.');
			expect(error?.description).toContain('five minutes');
		} finally {
			// The rate limiter's last check waits on this clock.
			jest.advanceTimersByTime(1_000);
			await sleep(50);
			jest.useRealTimers();
		}
	});
});

const notClocks = [
	'hrtime',
	'nextTick',
	'queueMicrotask',
	'setImmediate',
	'clearImmediate',
	'setInterval',
	'clearInterval',
	'setTimeout',
	'clearTimeout',
] as const satisfies string[];
