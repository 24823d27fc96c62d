import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../api';
import { Coverage } from './coverage';
import type { FleetDiff } from './diff';
import { deviceList } from './list';
import { deviceId, fleetId } from './record';

/** Reads one device from the list, which needs no further permission. The API's filter means "contains". */
async function findDevice(api: Api, id: string): Promise<IDataObject | undefined> {
	const { body } = await api.get(deviceList.path, { device_id: deviceId(id), limit: 1 });
	if (!Array.isArray(body))
		api.fail(deviceList.path, 'Kandji’s response contains no list of records');
	return (body as IDataObject[]).find((row) => fleetId(row) === id);
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
				const id =
					fleetId(row) ?? api.fail(deviceList.path, 'Kandji returned a device without an ID');
				diff.add(id, row, api.now());
			}
			return rows.length;
		},
		restart: () => {
			pages = 0;
			coverage.restart();
			diff.restart();
		},
	});
	coverage.end();

	const gone = new Set<string>();
	let lookups = 0;
	for (const id of diff.missing()) {
		if (coverage.covers(id)) gone.add(id);
		else if (lookups++ < pages) {
			const row = await findDevice(api, id);
			if (row === undefined) gone.add(id);
			else diff.add(id, row, api.now());
		}
	}
	return (id) => gone.has(id);
}
