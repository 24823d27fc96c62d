import type { IDataObject } from 'n8n-workflow';

import type { Pagination } from '../../transport/lists/pagination';
import type { Api } from '../api';
import { Coverage } from './coverage';
import { deviceId, fleetId } from './record';
import type { FleetDiff } from './diff';

export const devicesPath = '/api/v1/devices';

/** `GET /devices`: at most 300 rows from any row on. */
export const deviceList: Pagination = {
	pageSize: 300,
	items: '',
	key: 'device_id',
	overlaps: true,
	range: (offset, limit) => ({ limit, offset }),
};

/** Reads one device from the list, which needs no other permission; the filter means "contains". */
async function findDevice(api: Api, id: string): Promise<IDataObject | undefined> {
	const { body } = await api.get(devicesPath, { device_id: deviceId(id), limit: 1 });
	if (!Array.isArray(body)) api.fail(devicesPath, 'Kandji’s answer holds no list');
	return (body as IDataObject[]).find((row) => fleetId(row) === id);
}

/**
 * Shows all devices to `diff`. A device that may have slipped through between two pages is asked for apart:
 * at most as many as there are pages, others are left to the next sweep.
 *
 * @param query narrows the sweep down to devices that no change can bring in or out, such as one platform's
 * @returns tells whether a device that was not seen is gone for certain
 * @throws when the sweep is not complete
 */
export async function sweepDevices(
	api: Api,
	diff: FleetDiff,
	query: IDataObject,
): Promise<(id: string) => boolean> {
	const coverage = new Coverage();
	let pages = 0;
	await api.readList({
		path: devicesPath,
		query: { ordering: 'device_id', ...query },
		pagination: deviceList,
		overlap: 'none',
		receive: async (rows, page) => {
			pages++;
			coverage.add(page.rows);
			for (const row of rows) {
				const id = fleetId(row) ?? api.fail(devicesPath, 'Kandji sent a device without an ID');
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
	let asked = 0;
	for (const id of diff.missing()) {
		if (coverage.covers(id)) gone.add(id);
		else if (asked++ < pages) {
			const row = await findDevice(api, id);
			if (row === undefined) gone.add(id);
			else diff.add(id, row, api.now());
		}
	}
	return (id) => gone.has(id);
}
