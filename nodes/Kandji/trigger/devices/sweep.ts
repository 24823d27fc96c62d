import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../api';
import { Coverage } from './coverage';
import type { FleetDiff } from './diff';
import { believableCount } from './diff';
import { deviceList } from './list';
import { deviceId, fleetId, serialOfRow } from './record';

/**
 * Reads one device from the list, which needs no further permission. The API's filter means "contains". A record without
 * an ID among the few that it returns is taken for the device.
 */
async function findDevice(api: Api, id: string): Promise<IDataObject | undefined> {
	const { body } = await api.get(deviceList.path, { device_id: deviceId(id), limit: 1 });
	if (!Array.isArray(body))
		api.fail(deviceList.path, 'Kandji’s response contains no list of records');
	return (body as IDataObject[]).find((row) => (fleetId(row) ?? id) === id);
}

/** The records of a sweep that have no ID. Each may be a known device, which then is not missing. */
class UnnamedDevices {
	rows: IDataObject[] = [];

	/** Whether one of them has this serial number. */
	includes(serial: string): boolean {
		return serial !== '' && this.rows.some((row) => serialOfRow(row) === serial);
	}

	/** Whether one of them may be a device with this serial number, since one of the two has none. */
	mayInclude(serial: string): boolean {
		return this.rows.some((row) => serial === '' || serialOfRow(row) === '');
	}
}

interface Sweep {
	coverage: Coverage;
	pages: number;
	unnamed: UnnamedDevices;
}

/** Reads all devices, page by page; `restart` forgets what `add` got. */
async function readDevices(
	api: Api,
	query: IDataObject,
	add: (id: string, row: IDataObject) => void,
	restart: () => void,
): Promise<Sweep> {
	const coverage = new Coverage();
	const unnamed = new UnnamedDevices();
	let pages = 0;
	await api.readList({
		path: deviceList.path,
		query: { ordering: 'device_id', ...query },
		pagination: deviceList.pagination,
		// Coverage detects devices that slip through, so pages need not share a row.
		overlap: 'none',
		receive: async (rows, page) => {
			pages++;
			coverage.add(page.rows);
			for (const row of rows) {
				const id = fleetId(row);
				if (id === undefined) unnamed.rows.push(row);
				else add(id, row);
			}
			return rows.length;
		},
		restart: () => {
			pages = 0;
			unnamed.rows = [];
			coverage.restart();
			restart();
		},
	});
	coverage.end();
	return { coverage, pages, unnamed };
}

/** How many of the missing devices are looked up on their own before many are believed to be gone. */
const maxSamples = 8;

/**
 * Reads the list a second time, since it may have been empty or cut short by mistake: first some of the missing
 * devices on their own, then all devices.
 *
 * @returns the devices that are missing again; none as soon as one of the first is found
 */
async function stillGone(
	api: Api,
	diff: FleetDiff,
	query: IDataObject,
	gone: ReadonlySet<string>,
): Promise<Set<string>> {
	const ids = [...gone];
	const step = Math.ceil(ids.length / maxSamples);
	const samples = ids.filter((_id, index) => index % step === 0);
	const found = await Promise.all(samples.map(async (id) => await findDevice(api, id)));
	if (found.some((row) => row !== undefined)) {
		api.warn(
			`${ids.length} devices were missing from the list, but some of them still exist. Nothing is emitted for them, and the next poll reads the list again.`,
		);
		return new Set();
	}
	const listed = new Map<string, IDataObject>();
	const { coverage } = await readDevices(
		api,
		query,
		(id, row) => listed.set(id, row),
		() => listed.clear(),
	);
	for (const id of ids) {
		const row = listed.get(id);
		if (row !== undefined) diff.add(id, row, api.now());
	}
	return new Set(ids.filter((id) => !listed.has(id) && coverage.covers(id)));
}

/**
 * Adds all devices to `diff`. A known device that may have slipped through between two pages is looked up on its own: at
 * most as many as there are pages, the others are left to the next sweep. When more than a tenth of the devices is
 * missing, a second reading has to agree, and when the first sweep finds no device at all.
 *
 * @param query restricts the sweep to devices that always match or never do, such as those of one platform
 * @returns a predicate for missing devices that are certainly gone
 * @throws when the sweep is incomplete
 */
export async function sweepDevices(
	api: Api,
	diff: FleetDiff,
	query: IDataObject,
): Promise<(id: string) => boolean> {
	const read = async () =>
		await readDevices(
			api,
			query,
			(id, row) => diff.add(id, row, api.now()),
			() => diff.restart(),
		);
	let sweep = await read();
	if (diff.isBaseline && diff.foundCount === 0) {
		// If the list is empty by mistake, all devices would count as new in the next sweep.
		sweep = await read();
		if (diff.foundCount > 0) {
			api.warn('The list of devices was empty, but not when it was read once more.');
		}
	}
	const { coverage, pages, unnamed } = sweep;
	api.warnOfUnnamed(deviceList.path, unnamed.rows);
	let gone = new Set<string>();
	let lookups = 0;
	for (const id of diff.missing()) {
		const serial = diff.serialNumberOf(id);
		if (unnamed.includes(serial)) continue;
		if (coverage.covers(id) && !unnamed.mayInclude(serial)) gone.add(id);
		else if (lookups++ < pages) {
			const row = await findDevice(api, id);
			if (row === undefined) gone.add(id);
			else if (fleetId(row) !== undefined) diff.add(id, row, api.now());
		}
	}
	if (gone.size > believableCount(diff.knownCount)) {
		gone = await stillGone(api, diff, query, gone);
	}
	return (id) => gone.has(id);
}
