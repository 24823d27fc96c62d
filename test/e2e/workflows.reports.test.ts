import { CsvReader } from '../../nodes/Kandji/shared/storage/csv';
import { outputOf } from '../../scripts/n8n/client';
import { traits } from '../../simulator/tenant/state';
import type { Device } from '../../simulator/tenant/state/types';
import { startInbox, type Inbox } from './services/inbox';
import { expectExactNote, expectSuccess, runExample } from './support/example';
import { startKandji, type Kandji } from './support/kandji';

describe('reports', () => {
	let kandji: Kandji;
	let inbox: Inbox;

	beforeAll(async () => {
		[kandji, inbox] = await Promise.all([startKandji({ devices: 400 }), startInbox()]);
	});
	beforeEach(() => {
		kandji.tenant.reset();
		inbox.received.length = 0;
	});
	afterAll(async () => await Promise.all([kandji.tenant.close(), inbox.close()]));

	const devices = () => [...kandji.tenant.state.devices.values()];
	const tokens = () => ({ 'Report webhook': inbox.token, 'File store': inbox.token });
	const run = async (file: string, settings: Record<string, string>) =>
		expectSuccess(await runExample(kandji, file, { settings, tokens: tokens() }));
	const changedNothing = () => kandji.tenant.counters.log.every(({ method }) => method === 'GET');
	const rowsOf = (text: unknown) => {
		const reader = new CsvReader();
		const [header = [], ...records] = [...reader.push(String(text)), ...reader.end()];
		return records.map((record) =>
			Object.fromEntries(header.map((name, index) => [name, record[index]])),
		);
	};

	it('reads the whole fleet and the FileVault status of every Mac', async () => {
		const execution = await runExample(kandji, 'device-inventory');
		expectSuccess(execution);
		const serials = (node: string) =>
			outputOf(execution, node)
				.map(({ json }) => String(json.serial_number))
				.sort();
		const serialsOf = (found: Device[]) => found.map(({ serial_number }) => serial_number).sort();
		const macs = devices().filter(({ platform }) => platform === 'Mac');
		expect(serials('Get all devices')).toEqual(serialsOf(devices()));
		expect(serials('Get FileVault status')).toEqual(serialsOf(macs));
		expect(changedNothing()).toBe(true);
	});

	describe('OS version report by blueprint', () => {
		const report = async (settings: Record<string, string> = {}) => {
			await run('os-version-report', { ...settings, fileUrl: `${inbox.url}/files/os.csv` });
			expect(inbox.files()).toHaveLength(1);
			return rowsOf(inbox.files()[0]?.body);
		};
		const sumOf = (rows: Array<Record<string, string | undefined>>, column: string) =>
			rows.reduce((sum, row) => sum + Number(row[column]), 0);

		it('compares versions as numbers and counts every device', async () => {
			const macs = devices().filter(({ platform }) => platform === 'Mac');
			const blueprint = macs[0]!.blueprint_name;
			const versions = ['15.9', '15.10', '15.10.1', '9.15', '15.1'];
			for (const [index, mac] of macs.entries()) mac.os_version = versions[index % 5]!;
			const rows = await report({ mac: '15.10' });
			const mine = macs.filter(({ blueprint_name }) => blueprint_name === blueprint);
			const behind = mine.filter(({ os_version }) => ['15.9', '9.15', '15.1'].includes(os_version));
			expect(rows.find((row) => row.blueprint === blueprint && row.platform === 'Mac')).toEqual({
				blueprint,
				platform: 'Mac',
				devices: String(mine.length),
				behind: String(behind.length),
				unknown: '0',
				percent_behind: String(Math.round((behind.length / mine.length) * 100)),
			});
			expect(sumOf(rows, 'devices')).toBe(400);
			const counts = rows.map((row) => Number(row.behind));
			expect(counts).toEqual([...counts].sort((one, other) => other - one));
			expect(changedNothing()).toBe(true);
		});

		it('counts devices of other platforms, and those that have not told a version, apart', async () => {
			const [mac] = devices().filter(({ platform }) => platform === 'Mac');
			for (const device of devices()) device.os_version = '1';
			mac!.os_version = '';
			const rows = await report();
			const checked = devices().filter(({ platform }) =>
				['Mac', 'iPhone', 'iPad'].includes(platform),
			);
			expect(sumOf(rows, 'behind')).toBe(checked.length - 1);
			expect(sumOf(rows, 'unknown')).toBe(1);
			expect(sumOf(rows, 'devices')).toBe(400);
			const others = rows.filter(({ platform }) => !['Mac', 'iPhone', 'iPad'].includes(platform!));
			expect(sumOf(others, 'devices')).toBe(400 - checked.length);
			expect(sumOf(others, 'behind')).toBe(0);
		});

		it('counts the devices when none is behind', async () => {
			for (const device of devices()) device.os_version = '99.2';
			const rows = await report();
			expect(rows.every(({ behind }) => behind === '0')).toBe(true);
			expect(sumOf(rows, 'devices')).toBe(400);
		});
	});

	describe('FileVault escrow audit', () => {
		const audit = async () =>
			await run('filevault-escrow-audit', { reportUrl: `${inbox.url}/reports` });
		const state = (device: Device) => traits(kandji.tenant.state, device);
		const macs = () => devices().filter(({ platform }) => platform === 'Mac');

		it('reports every Mac without an escrowed key, and why', async () => {
			await audit();
			const bad = macs().filter(
				(mac) => !state(mac).filevault_enabled || !state(mac).filevault_escrowed,
			);
			const off = bad.filter((mac) => !state(mac).filevault_enabled);
			const [report] = inbox.reports() as [{ rows: Array<Record<string, string>> }];
			const serials = report.rows.map((row) => row.serial_number);
			expect(serials.sort()).toEqual(bad.map((mac) => mac.serial_number).sort());
			const saidOff = report.rows.filter(({ problem }) => problem === 'FileVault is off');
			expect(saidOff).toHaveLength(off.length);
			expect(off.length * (bad.length - off.length)).toBeGreaterThan(0);
			expect(changedNothing()).toBe(true);
			const secrets = kandji.tenant.counters.log.filter(({ url }) => url.includes('/secrets/'));
			expect(secrets).toEqual([]);
		});

		it('sends nothing when every key is escrowed', async () => {
			const escrowed = { filevault_enabled: true, filevault_escrowed: true };
			for (const mac of macs()) kandji.tenant.state.traits.set(mac.device_id, escrowed);
			await audit();
			expect(inbox.reports()).toEqual([]);
		});
	});

	it('sends a Prism category as the CSV file that Kandji made', async () => {
		kandji.tenant.mutate({ op: 'exportRules', rules: { afterPolls: 2 } });
		await run('prism-export-to-csv', { fileUrl: `${inbox.url}/files/apps.csv` });
		const [file] = inbox.files();
		const rows = rowsOf(file?.body);
		const [job] = [...kandji.tenant.state.exports.values()];
		expect(job?.record).toMatchObject({ category: 'apps', args: { device_families: ['Mac'] } });
		expect(new Set(rows.map((row) => row.serial_number))).toEqual(
			new Set(
				devices()
					.filter(({ platform }) => platform === 'Mac')
					.map(({ serial_number }) => serial_number),
			),
		);
		expect(kandji.tenant.counters.operations['POST /api/v1/prism/export']?.executed).toBe(1);
	});

	it.each([
		'device-inventory',
		'filevault-escrow-audit',
		'os-version-report',
		'prism-export-to-csv',
	])('%s uses every permission that its note names, and no other', expectExactNote);
});
