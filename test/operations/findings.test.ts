import type { INodeParameters } from 'n8n-workflow';

import { runNode, type KandjiCredential } from '../../simulator/engine/engine';
import { startTenant, type Tenant } from '../../simulator/tenant/index';

const byId = (value: unknown) => ({ __rl: true, mode: 'id', value: String(value) });

describe('Threat, Behavioral Detection and Vulnerability', () => {
	let tenant: Tenant;
	let credential: KandjiCredential;

	beforeAll(async () => {
		const sizes = { threats: 2500, behavioralDetections: 1200, vulnerabilities: 400 };
		tenant = await startTenant({ devices: 120, sizes });
		credential = { region: 'custom', apiUrl: tenant.url, token: tenant.token };
	});
	beforeEach(() => tenant.reset());
	afterAll(async () => await tenant.close());

	const run = async (resource: string, operation: string, parameters: INodeParameters = {}) =>
		await runNode({ resource, operation, ...parameters }, { credential });

	const sortedBy = (field: string, direction = 'ascending') => ({
		sort: { fields: { field, direction } },
	});

	it('returns all threats once, over several pages', async () => {
		const { items } = await run('threat', 'getAllLegacy', { returnAll: true });
		const expected = tenant.state.threats.map(({ file_hash, device_id }) => file_hash + device_id);
		expect(items.map(({ json }) => `${json.file_hash}${json.device_id}`).sort()).toEqual(
			expected.sort(),
		);
		expect(items).toHaveLength(2500);
	});

	it('returns the threats of a device, found by its serial number', async () => {
		const { device_id, device_serial_number } = tenant.state.threats[0]!;
		const { items } = await run('threat', 'getAllLegacy', {
			returnAll: true,
			simplify: false,
			filters: {
				deviceId: { __rl: true, mode: 'serial', value: device_serial_number },
				classification: 'malware',
			},
		});
		const expected = tenant.state.threats.filter(
			(threat) => threat.device_id === device_id && threat.classification === 'MALWARE',
		);
		expect(items).toHaveLength(expected.length);
		expect(items.length).toBeGreaterThan(0);
		expect(items.every(({ json }) => json.device_id === device_id)).toBe(true);
	});

	it('returns threats of version 2 by state and severity', async () => {
		const { items } = await run('threat', 'getAll', {
			statuses: ['quarantined', 'released'],
			returnAll: true,
			filters: { severities: ['high', 'critical'], managementState: ['open'] },
			options: sortedBy('detection_date', 'descending'),
		});
		const expected = tenant.state.threats.filter(
			({ status, severity, management_state }) =>
				['QUARANTINED', 'RELEASED'].includes(status) &&
				['high', 'critical'].includes(severity) &&
				management_state === 'open',
		);
		const dates = items.map(({ json }) => String(json.detection_date));
		expect(items.map(({ json }) => json.id).sort()).toEqual(expected.map(({ id }) => id).sort());
		expect(dates).toEqual([...dates].sort().reverse());
		expect(dates.length).toBeGreaterThan(5);
	});

	it('limits threats of version 2 to a date range', async () => {
		const dates = tenant.state.threats.map(({ detection_date }) => detection_date).sort();
		const [from, to] = [dates[500]!, dates[1500]!].map((date) => `${date.slice(0, 19)}Z`);
		const { items } = await run('threat', 'getAll', {
			statuses: ['not_quarantined', 'quarantined', 'released', 'resolved'],
			returnAll: true,
			filters: { detectedAfter: from, detectedBefore: to },
		});
		expect(Math.abs(items.length - 1000)).toBeLessThanOrEqual(2);
	});

	it('returns behavioral detections with flat processes', async () => {
		const { items } = await run('behavioralDetection', 'getAll', { returnAll: true });
		const byKey = new Map(tenant.state.behavioralDetections.map((row) => [row.id, row]));
		expect(items).toHaveLength(byKey.size);
		for (const { json } of items) {
			expect(json.target_process_name).toBe(byKey.get(String(json.id))?.target_process.name);
		}
	});

	it('returns the behavioral detections of one device from version 2', async () => {
		const device = tenant.state.behavioralDetections[0]!.device_info;
		const { items } = await run('behavioralDetection', 'getEvents', {
			deviceId: byId(device.id),
			returnAll: true,
			filters: { classifications: ['mal', 'sus'] },
		});
		const expected = tenant.state.behavioralDetections.filter(
			({ device_info }) => device_info.id === device.id,
		);
		expect(items.map(({ json }) => json.id).sort()).toEqual(expected.map(({ id }) => id).sort());
	});

	it('leads from a vulnerability to its devices, its software and its detections', async () => {
		const all = await run('vulnerability', 'getAll', {
			returnAll: true,
			options: sortedBy('device_count', 'descending'),
		});
		expect(all.items.map(({ json }) => json.cve_id).sort()).toEqual(
			[...tenant.state.vulnerabilities.keys()].sort(),
		);
		const { cve_id: cveId, device_count } = all.items[0]!.json as Record<string, string | number>;
		const detections = tenant.state.vulnerabilityDetections.filter((row) => row.cve_id === cveId);
		const read = async (operation: string, parameters: INodeParameters = {}) =>
			(await run('vulnerability', operation, { returnAll: true, ...parameters })).items;

		const get = await run('vulnerability', 'get', { cveId: cveId! });
		expect(get.items[0]?.json).toMatchObject({ cve_id: cveId, device_count });
		expect(await read('getAffectedDevices', { cveId: cveId! })).toHaveLength(Number(device_count));
		const software = await read('getAffectedSoftware', { cveId: cveId! });
		expect(software.map(({ json }) => json.name).sort()).toEqual(
			[...new Set(detections.map(({ name }) => name))].sort(),
		);
		const filter = JSON.stringify({ cve_id: { in: [cveId] } });
		expect(await read('getDetections', { filters: { filter } })).toHaveLength(detections.length);
	});

	it('returns all detections of vulnerabilities with pagination by `after`', async () => {
		const { items } = await run('vulnerability', 'getDetections', { returnAll: true });
		expect(items).toHaveLength(tenant.state.vulnerabilityDetections.length);
		expect(items.length).toBeGreaterThan(300);
	});

	it.each([
		['threat', 'getAll', { statuses: '={{ [] }}' }, 'Statuses is empty'],
		[
			'threat',
			'getAllLegacy',
			{ filters: { searchTerm: '={{ $json.none }}' } },
			'Search Term is empty',
		],
		[
			'threat',
			'getAllLegacy',
			{ filters: { deviceId: byId('={{ $json.none }}') } },
			'Device is empty',
		],
		[
			'threat',
			'getAll',
			{ filters: { detectedAfter: 'yesterday' } },
			'The filter Detected After is not a date: "yesterday"',
		],
		[
			'behavioralDetection',
			'getAll',
			{ filters: { detectedAfter: 'yesterday' } },
			'The filter Detected After is not a date: "yesterday"',
		],
		[
			'behavioralDetection',
			'getEvents',
			{ deviceId: byId('={{ $json.none }}') },
			'Device is empty',
		],
		['vulnerability', 'get', { cveId: '../devices' }, 'CVE ID is not a valid ID: "../devices"'],
		['vulnerability', 'get', { cveId: '={{ $json.none }}' }, 'CVE ID is empty'],
		[
			'vulnerability',
			'getAll',
			{ filters: { filter: 'severity = High' } },
			'Filter is not a JSON object',
		],
	])('%s %s refuses %j before any request', async (resource, operation, parameters, message) => {
		const { error } = await run(resource, operation, parameters as INodeParameters);
		expect(error?.message).toBe(message);
		expect(tenant.counters.total.received).toBe(0);
	});

	it('says that the subscription may lack what answers 403', async () => {
		const operation = 'GET /api/v1/vulnerability-management/vulnerabilities';
		tenant.mutate({ op: 'permission', operation, allowed: false });
		const { error } = await run('vulnerability', 'getAll');
		expect(error?.message).toBe('The API token is missing a permission, or Kandji rejected it');
		expect(error?.description).toContain('not part of the subscription');
	});
});
