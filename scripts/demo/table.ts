import Table from 'cli-table3';
import type { IDataObject } from 'n8n-workflow';

const day = 24 * 60 * 60 * 1000;

const ages = [
	{ name: '< 1 day', days: 1 },
	{ name: '< 7 days', days: 7 },
	{ name: '< 30 days', days: 30 },
	{ name: 'longer', days: Infinity },
];

interface Row {
	platform: string;
	version: string;
	devices: number;
	/** Devices by the age of their last check-in, as {@link ages}. */
	byAge: number[];
	never: number;
	/** Devices of which the FileVault status is known, and those where it is on. */
	fileVaultKnown: number;
	fileVaultOn: number;
}

/** Kandji's dates come with or without a zone; without one they mean UTC. */
function parseDate(text: unknown): number {
	const value = String(text ?? '');
	return Date.parse(/(?:z|[+-]\d\d:?\d\d)$/i.test(value) ? value : `${value}Z`);
}

const newRow = (platform: string, version: string): Row => ({
	platform,
	version,
	devices: 0,
	byAge: ages.map(() => 0),
	never: 0,
	fileVaultKnown: 0,
	fileVaultOn: 0,
});

/** Counts the devices by platform and release. */
export function summarise(
	devices: IDataObject[],
	fileVault: IDataObject[],
	now = Date.now(),
): Row[] {
	const fileVaultById = new Map(fileVault.map((record) => [record.device_id, record.status]));
	const rows = new Map<string, Row>();
	for (const device of devices) {
		const platform = String(device.platform);
		const version = String(device.os_version ?? '').split('.')[0] ?? '';
		const key = `${platform} ${version}`;
		const row = rows.get(key) ?? newRow(platform, version);
		rows.set(key, row);
		row.devices++;
		const age = (now - parseDate(device.last_check_in)) / day;
		const column = ages.findIndex(({ days }) => age < days);
		if (Number.isNaN(age)) row.never++;
		else row.byAge[column] = (row.byAge[column] ?? 0) + 1;
		const status = fileVaultById.get(device.device_id as string);
		if (typeof status === 'boolean') {
			row.fileVaultKnown++;
			if (status) row.fileVaultOn++;
		}
	}
	const byVersion = new Intl.Collator('en', { numeric: true });
	return [...rows.values()].sort(
		(a, b) => a.platform.localeCompare(b.platform) || byVersion.compare(b.version, a.version),
	);
}

function total(rows: Row[]): Row {
	const sum = newRow('All', '');
	for (const row of rows) {
		sum.devices += row.devices;
		sum.byAge = sum.byAge.map((count, index) => count + (row.byAge[index] ?? 0));
		sum.never += row.never;
		sum.fileVaultKnown += row.fileVaultKnown;
		sum.fileVaultOn += row.fileVaultOn;
	}
	return sum;
}

const cells = (row: Row) => [
	row.platform,
	row.version,
	row.devices,
	...row.byAge,
	row.never,
	row.fileVaultKnown === 0
		? ''
		: `${row.fileVaultOn} of ${row.fileVaultKnown} (${Math.floor((100 * row.fileVaultOn) / row.fileVaultKnown)} %)`,
];

/** The summary as a table for a terminal. */
export function formatTable(rows: Row[]): string {
	const table = new Table({
		head: ['Platform', 'OS', 'Devices', ...ages.map(({ name }) => name), 'never', 'FileVault on'],
		colAligns: ['left', 'left', 'right', ...ages.map(() => 'right' as const), 'right', 'right'],
		style: { head: process.stdout.isTTY ? ['bold'] : [], border: [], compact: true },
	});
	table.push(...[...rows, total(rows)].map(cells));
	return `Devices by platform and OS, and how long ago they checked in\n${table.toString()}`;
}
