import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../api';
import { Coverage } from './coverage';
import type { FleetDiff } from './diff';
import { deviceList } from './list';
import { deviceId, fleetId, serialOfRow } from './record';

/** Reads one device from the list, which needs no further permission. The API's filter means "contains". */
async function findDevice(api: Api, id: string): Promise<IDataObject | undefined> {
	const { body } = await api.get(deviceList.path, { device_id: deviceId(id), limit: 1 });
	if (!Array.isArray(body))
		api.fail(deviceList.path, 'Kandji’s response contains no list of records');
	return (body as IDataObject[]).find((row) => fleetId(row) === id);
}

/** The records of a sweep that have no ID. Each may be a known device, which then is not missing. */
class UnnamedDevices {
	rows: IDataObject[] = [];

	/** Whether a known device, by the serial number that was stored of it, may be one of them. */
	mayInclude(serial: string): boolean {
		return this.rows.some((row) => {
			const other = serialOfRow(row);
			return serial === '' || other === '' || serial === other;
		});
	}
}

/**
 * Adds all devices to `diff`. A known device that may have slipped through between two pages is looked up on its own: at
 * most as many as there are pages, the others are left to the next sweep.
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
				else diff.add(id, row, api.now());
			}
			return rows.length;
		},
		restart: () => {
			pages = 0;
			unnamed.rows = [];
			coverage.restart();
			diff.restart();
		},
	});
	coverage.end();
	api.warnOfUnnamed(deviceList.path, unnamed.rows);

	const gone = new Set<string>();
	let lookups = 0;
	for (const id of diff.missing()) {
		if (unnamed.mayInclude(diff.serialNumberOf(id))) continue;
		if (coverage.covers(id)) gone.add(id);
		else if (lookups++ < pages) {
			const row = await findDevice(api, id);
			if (row === undefined) gone.add(id);
			else diff.add(id, row, api.now());
		}
	}
	return (id) => gone.has(id);
}
