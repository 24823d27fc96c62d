import type { INodeParameters } from 'n8n-workflow';

import { runNode, type KandjiCredential, type RunNodeOptions } from '../../simulator/engine/engine';
import { startTenant, type Tenant } from '../../simulator/tenant/index';
import type { ExportJob } from '../../simulator/tenant/state/exports';
import { useFastClock } from '../fastClock';

const request = 'POST /api/v1/prism/export';

describe('Prism › Export', () => {
	useFastClock();
	let tenant: Tenant;
	let credential: KandjiCredential;

	beforeAll(async () => {
		tenant = await startTenant({ devices: 90, rateLimit: false });
		credential = { region: 'custom', apiUrl: tenant.url, token: tenant.token };
	});
	beforeEach(() => tenant.reset());
	afterAll(async () => await tenant.close());

	const run = async (parameters: INodeParameters, options: Partial<RunNodeOptions> = {}) =>
		await runNode(
			{ resource: 'prism', operation: 'export', ...parameters },
			{
				credential,
				...options,
			},
		);
	const requested = () => tenant.counters.operations[request]?.executed ?? 0;
	const downloads = () => tenant.counters.log.filter(({ origin }) => origin === 'storage');
	// Prism reports on Apple's devices only.
	const reported = () =>
		[...tenant.state.devices.values()].filter(
			({ platform }) => platform !== 'Windows' && platform !== 'Android',
		);
	const macs = () =>
		[...tenant.state.devices.values()].filter(({ platform }) => platform === 'Mac');

	it('returns the file, without the token or the signed URL', async () => {
		const { items, error } = await run({ additionalFields: { deviceFamilies: ['Mac'] } });
		expect(error).toBeUndefined();
		const [item] = items;
		expect(item!.json).toMatchObject({
			export_id: expect.any(String),
			category: 'device_information',
			file_name: expect.stringMatching(/^export-.*\.csv$/),
		});
		expect(JSON.stringify(item!.json)).not.toContain('Signature');
		expect(item!.binary!.data).toMatchObject({
			mimeType: 'text/csv',
			fileName: item!.json.file_name,
		});
		const text = Buffer.from(item!.binary!.data!.data, 'base64').toString();
		expect(text.trimEnd().split('\r\n')).toHaveLength(macs().length + 1);
		expect(downloads().map(({ headers }) => headers.authorization)).toEqual([undefined]);
		expect(requested()).toBe(1);
	});

	it('returns items that are the rows of the file', async () => {
		const [device] = macs();
		device!.device_name = 'Ana "A", the\r\nfirst';
		const { items } = await run({
			additionalFields: { deviceFamilies: ['Mac'], sortBy: 'serial_number' },
			exportOutput: 'items',
		});
		expect(items).toHaveLength(macs().length);
		const row = items.find(({ json }) => json.device_id === device!.device_id);
		expect(row!.json.device__name).toBe('Ana "A", the\r\nfirst');
		const serials = items.map(({ json }) => String(json.serial_number));
		expect(serials).toEqual([...serials].sort());
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(items.map(() => ({ item: 0 })));
	});

	it('returns no item for a category without rows', async () => {
		const nothing = { filter: '{"device__name": {"in": ["nobody"]}}' };
		const { items, error } = await run({ additionalFields: nothing, exportOutput: 'items' });
		expect([items, error]).toEqual([[], undefined]);
	});

	it('polls several exports together', async () => {
		tenant.mutate({ op: 'exportRules', rules: { afterPolls: 2 } });
		const { items } = await run(
			{ category: '={{ $json.category }}', exportOutput: 'items' },
			{ input: [{ category: 'apps' }, { category: 'local_users' }] },
		);
		expect(new Set(items.map(({ pairedItem }) => JSON.stringify(pairedItem))).size).toBe(2);
		const order = tenant.counters.log.map(({ operation }) => operation);
		expect(order.lastIndexOf(request)).toBeLessThan(
			order.findLastIndex((operation) => operation.startsWith('GET /api/v1/prism/export')),
		);
		expect(order.filter((operation) => operation === request)).toHaveLength(2);
	});

	it('refuses to return a file with personal data that should be masked', async () => {
		const options = { redactPersonalData: true };
		const { error } = await run({ options });
		expect(error!.message).toBe('Redact Personal Data cannot change a file');
		expect(requested()).toBe(0);
		const { items } = await run({ options, exportOutput: 'items' });
		expect(new Set(items.map(({ json }) => json.device__name))).toEqual(new Set(['[redacted]']));
	});

	it('says why it failed', async () => {
		tenant.mutate({ op: 'exportRules', rules: { error: 'Query timed out' } });
		const { error } = await run({});
		expect(error!.message).toBe('The export failed: Query timed out');
		expect(requested()).toBe(1);
	});

	it.each(['failed', 'FAILED', 'Error', 'error'])(
		'ends the wait at the status %s',
		async (status) => {
			tenant.mutate({ op: 'exportRules', rules: { error: '', finalStatus: status } });
			const { error } = await run({ options: { timeoutMinutes: 1000 } });
			expect(error!.message).toBe('The export failed: Kandji gave no reason');
			expect(requested()).toBe(1);
		},
	);

	it.each(['SUCCESS', 'Completed'])('downloads the file at the status %s', async (status) => {
		tenant.mutate({ op: 'exportRules', rules: { finalStatus: status } });
		const { items } = await run({ exportOutput: 'items' });
		expect(items).toHaveLength(reported().length);
	});

	it('fails after the timeout, names the export, and does not request another', async () => {
		tenant.mutate({ op: 'exportRules', rules: { afterPolls: 1_000_000 } });
		const { error } = await run({ options: { timeoutMinutes: 0.01 } });
		const [id] = tenant.state.exports.keys();
		expect(error!.message).toBe('The export was not ready within 0.01 minutes');
		expect(error!.description).toContain(id);
		expect(requested()).toBe(1);
	});

	it('says that the download URL has expired', async () => {
		await run({});
		const [{ record }] = [...tenant.state.exports.values()] as [ExportJob];
		const body = { ...record, signed_url: record.signed_url!.replace(/Date=\d+/, 'Date=0') };
		tenant.faults.add({ kind: 'errorBody', body, path: '/api/v1/prism/export/{export_id}' });
		const { error } = await run({});
		expect(error!.message).toBe('The download URL has expired');
		expect(error!.description).toContain('48 hours');
	});

	it.each([
		[
			'rejects the download',
			{ kind: 'status', status: 403 },
			'Storage rejected the download with status 403: We encountered an internal error.',
			1,
		],
		[
			'stays down',
			{ kind: 'status', status: 503 },
			'Storage rejected the download with status 503: We encountered an internal error.',
			3,
		],
		[
			'breaks off',
			{ kind: 'cut' },
			'The connection to storage was lost before the download was complete',
			3,
		],
		[
			'does not answer',
			{ kind: 'resetBefore' },
			'The connection to storage was lost before the download was complete',
			3,
		],
	] as const)('fails when storage %s', async (_name, fault, message, tries) => {
		const id = tenant.faults.add({ ...fault, path: '/storage/' });
		const { error, items } = await run({});
		expect(error!.message).toBe(message);
		expect(`${error!.message} ${error!.description}`).not.toMatch(/Signature|127\.0\.0\.1/);
		expect(items).toEqual([]);
		expect(tenant.faults.list().find((rule) => rule.id === id)!.hits).toBe(tries);
		expect(requested()).toBe(1);
	});

	it.each(['file', 'items'])('retries when storage breaks off once, as %s', async (output) => {
		tenant.faults.add({ kind: 'cut', path: '/storage/', times: 1 });
		tenant.faults.add({ kind: 'status', status: 500, path: '/storage/', after: 1, times: 1 });
		const { items, error } = await run({ exportOutput: output });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(output === 'items' ? reported().length : 1);
		expect(requested()).toBe(1);
	});

	it.each(
		['file', 'items'].flatMap((output) => [
			[output, { kind: 'html' }] as const,
			[output, { kind: 'status', status: 200 }] as const,
		]),
	)('takes no web page and no error for the file, as %s: %j', async (output, fault) => {
		tenant.faults.add({ ...fault, path: '/storage/' });
		const { items, error } = await run({ exportOutput: output });
		expect(error!.message).toBe('Storage returned a web page or an error instead of the CSV file');
		expect(items).toEqual([]);
	});

	it.each([
		'../../x/a/../../../etc/passwd',
		'a\\..\\.csv',
		'x\u202Evsc.exe',
		'.',
		`${'a'.repeat(9_000)}.csv`,
	])('saves the file %j under a safe name', async (path) => {
		await run({});
		const [{ record }] = [...tenant.state.exports.values()] as [ExportJob];
		const body = { ...record, path };
		tenant.faults.add({ kind: 'errorBody', body, path: '/api/v1/prism/export/{export_id}' });
		const { items } = await run({});
		const name = String(items[0]!.json.file_name);
		expect(name).toMatch(/^[a-z_]{1,196}\.csv$/);
		expect(items[0]!.binary!.data!.fileName).toBe(name);
	});

	it.each([
		'http://storage.example/x.csv',
		'https://storage.example/x.csv',
		'https://169.254.169.254/latest/meta-data/',
		'https://localtest.me/x',
		'file:///etc/passwd',
		'ftp://127.0.0.1/x',
		'nonsense',
	])('does not fetch %s', async (url) => {
		tenant.faults.add({
			kind: 'errorBody',
			body: { id: 'x', status: 'success', signed_url: url },
			path: '/api/v1/prism/export/{export_id}',
		});
		const { error } = await run({});
		expect(error!.message).toBe('Kandji returned an unsafe download URL');
		expect(error!.description).toContain('Storage Hosts');
		expect(downloads()).toEqual([]);
	});

	it.each(['application_firewall', 'cellular', 'certificates', 'filevault', 'x/../count'])(
		'refuses the category %s, which cannot be exported',
		async (category) => {
			const { error } = await run({ category: '={{ $json.c }}' }, { input: [{ c: category }] });
			expect(error!.message).toMatch(/^Category must be one of activation_lock, /);
			expect(tenant.counters.total.received).toBe(0);
		},
	);

	it('returns the request only in a dry run', async () => {
		const { items } = await run({ dryRun: true, additionalFields: { deviceFamilies: ['iPad'] } });
		expect(items.map(({ json }) => json)).toEqual([
			{
				dry_run: true,
				summary: expect.stringMatching(/^Export inventory records, Category Device Information, /),
				request: {
					method: 'POST',
					path: '/api/v1/prism/export',
					query: {},
					body: { category: 'device_information', device_families: ['iPad'] },
				},
			},
		]);
		expect(tenant.counters.total.received).toBe(0);
	});

	it('stops polling when the execution is stopped', async () => {
		tenant.mutate({ op: 'exportRules', rules: { afterPolls: 1_000_000 } });
		const stop = new AbortController();
		const running = run({}, { signal: stop.signal });
		while (requested() === 0) await new Promise(setImmediate);
		stop.abort();
		expect((await running).status).toBe('canceled');
		expect(requested()).toBe(1);
	});

	it('aborts a stalled download when the execution is stopped', async () => {
		tenant.faults.add({ kind: 'stall', path: '/storage/' });
		const stop = new AbortController();
		const running = run({}, { signal: stop.signal });
		while (!tenant.faults.list().some(({ hits }) => hits > 0)) await new Promise(setImmediate);
		stop.abort();
		expect((await running).status).toBe('canceled');
		expect(tenant.faults.list().map(({ hits }) => hits)).toEqual([1]);
	});
});
