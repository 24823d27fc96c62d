import { ask } from '../../../simulator/tenant/client';
import { startTenant, type Tenant } from '../../../simulator/tenant/index';

interface Export {
	id: string;
	status: string;
	error_msg: string | null;
	signed_url: string | null;
}

describe('Prism exports and filters', () => {
	let tenant: Tenant;

	beforeAll(async () => {
		tenant = await startTenant({ devices: 120, rateLimit: false });
	});
	beforeEach(() => tenant.reset());
	afterAll(() => tenant.close());

	const start = (body: object) => ask(tenant, 'POST /api/v1/prism/export', { body });
	const look = async (id: string) =>
		(await ask(tenant, `GET /api/v1/prism/export/${id}`)).json<Export>();
	const finished = async (body: object) => {
		const { id } = (await start(body)).json<Export>();
		expect((await look(id)).status).toBe('pending');
		return look(id);
	};

	it('becomes a CSV file in storage that needs no token', async () => {
		const done = await finished({ category: 'device_information', device_families: ['Mac'] });
		expect(done.status).toBe('success');
		const macs = [...tenant.state.devices.values()].filter(({ platform }) => platform === 'Mac');
		const text = await (await fetch(done.signed_url!)).text();
		const lines = text.trimEnd().split('\r\n');
		expect(lines[0]).toMatch(/^device_id,device__name,/);
		expect(lines).toHaveLength(macs.length + 1);
		const headers = { Authorization: `Bearer ${tenant.token}` };
		expect((await fetch(done.signed_url!, { headers })).status).toBe(400);
		const forged = done.signed_url!.replace(/Signature=\w/, 'Signature=!');
		expect((await fetch(forged)).status).toBe(403);
	});

	it('fails with the configured reason', async () => {
		tenant.mutate({ op: 'exportRules', rules: { error: 'Query timed out' } });
		expect(await finished({ category: 'apps' })).toMatchObject({
			status: 'failed',
			error_msg: 'Query timed out',
			signed_url: null,
		});
	});

	it('serves the requested number of bytes', async () => {
		tenant.mutate({ op: 'exportRules', rules: { minBytes: 2_000_000 } });
		const { signed_url } = await finished({ category: 'apps' });
		const { byteLength } = await (await fetch(signed_url!)).arrayBuffer();
		expect(byteLength).toBeGreaterThan(2_000_000);
	});

	it('has faults in storage that leave the API alone, and the other way round', async () => {
		tenant.faults.add({ kind: 'status', status: 503, path: '/storage/', times: 1 });
		tenant.faults.add({ kind: 'cut', path: '/storage/', after: 1, times: 1 });
		const { signed_url } = await finished({ category: 'apps' });
		tenant.faults.add({ kind: 'status', status: 500 });
		expect((await fetch(signed_url!)).status).toBe(503);
		await expect(fetch(signed_url!).then((answer) => answer.text())).rejects.toThrow();
		expect((await fetch(signed_url!)).status).toBe(200);
		const seen = tenant.counters.log.filter(({ origin }) => origin === 'storage');
		expect(seen.length).toBeGreaterThanOrEqual(2);
	});

	it.each(['application_firewall', 'cellular', 'certificates', 'filevault', 'nonsense'])(
		'does not export %s',
		async (category) => {
			const answer = await start({ category });
			expect([answer.status, answer.json()]).toEqual([
				400,
				{ detail: `Invalid category: ${category}` },
			]);
		},
	);

	const query = async (filter: object, more = '') => {
		const text = encodeURIComponent(JSON.stringify(filter));
		return ask(tenant, `GET /api/v1/prism/device_information?limit=300&filter=${text}${more}`);
	};
	const rows = async (filter: object, more = '') =>
		(await query(filter, more)).json<{ data: Array<Record<string, unknown>> }>().data;

	it('filters and sorts', async () => {
		const macs = await rows({ apple_silicon: { eq: true } }, '&sort_by=-serial_number');
		const serials = macs.map(({ serial_number }) => String(serial_number));
		expect(serials).toEqual([...serials].sort().reverse());
		const [mac] = macs;
		const name = String(mac!.device__name);
		expect(await rows({ device__name: { in: [name] } })).toContainEqual(mac);
		expect(await rows({ device__name: { not_in: [name] } })).not.toContainEqual(mac);
		expect(await rows({ device__name: { like: [name.slice(1, 5).toUpperCase()] } })).toContainEqual(
			mac,
		);
		const recent = new Date(Date.now() - 86_400_000).toISOString();
		const seen = await rows({ last_checkin: { gte: recent } });
		const unseen = await rows({ last_checkin: { lt: recent } });
		expect(seen.length).toBeGreaterThan(0);
		expect(unseen.length).toBeGreaterThan(0);
		const either = await rows({
			device_capacity: { or: [{ lt: 200 }, { gt: 1000 }] },
		});
		expect(new Set(either.map((row) => row.device_capacity))).toEqual(new Set([128, 1024]));
		const blueprint = String(mac!.blueprint_id);
		const there = await rows({}, `&blueprint_ids=${blueprint}&device_families=Mac,tvOS`);
		expect(there.every((row) => row.blueprint_id === blueprint)).toBe(true);
	});

	it.each([{ nothing: { eq: 1 } }, { device__name: { near: 'x' } }, { device__name: 'x' }])(
		'refuses the filter %j',
		async (filter) => {
			expect((await query(filter)).status).toBe(400);
		},
	);
});
