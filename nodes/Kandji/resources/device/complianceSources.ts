import type { IDataObject } from 'n8n-workflow';

import { listEndpoints } from '../../transport/lists/listAll';
import type { Pagination } from '../../transport/lists/pagination';
import { offsetStyle } from '../../transport/lists/styles';

/** A list of the tenant whose rows name a device. */
export interface SourceList {
	url: string;
	/** The API's path, to name the permission in an error; the URL when left out. */
	path?: string;
	ids?: IDataObject;
	qs?: IDataObject;
	/** Prism's filter. A list that has one can be narrowed down to some serial numbers. */
	filter?: IDataObject;
	/** The platforms whose devices can have rows; all when left out. */
	platforms?: string[];
	pagination: Pagination;
	/** The ID of a row's device. */
	deviceIdOf: (row: IDataObject) => unknown;
	/** Whether a row counts. */
	isUsable?: (row: IDataObject) => boolean;
	/** The fields that rules read; nothing else of a row is kept. */
	columns: string[];
}

/** What rules need besides the device list: one or several lists of the tenant. */
export interface Source {
	/** What the editor calls it. */
	name: string;
	lists: SourceList[];
}

/** Prism, page after page along its cursor, which misses no row. */
export const prismPages: Pagination = {
	pageSize: 300,
	items: 'data',
	first: (limit) => ({ limit, cursor: '' }),
};

const prismList = (category: string, columns: string[]): SourceList & { filter: IDataObject } => ({
	url: `/api/v1/prism/${category}`,
	filter: {},
	pagination: prismPages,
	deviceIdOf: ({ device_id: id }) => id,
	columns: [...columns, 'last_collected_at'],
});

/** A category of Prism with one row for each Mac. */
export const prismSource = (name: string, category: string, columns: string[]): Source => ({
	name: `Prism › ${name}`,
	lists: [{ ...prismList(category, columns), platforms: ['Mac'] }],
});

/** An app that every Mac has: a Mac without it has no inventory of its apps. */
const appOfEveryMac = 'com.apple.Safari';

/** Apple's other devices do not report built-in apps: there, any inventory stands for that of the apps. */
const mobileInventory: SourceList = {
	...prismList('device_information', []),
	platforms: ['AppleTV', 'iPad', 'iPhone'],
	qs: { device_families: 'iPhone,iPad,tvOS' },
	isUsable: ({ last_collected_at: date }) => Boolean(date),
};

/**
 * The apps of devices, without all the others they have: a Mac has some two hundred. A device whose apps are known
 * has at least one row, even if it has none of `apps`.
 *
 * @param apps names or bundle IDs
 */
export function appsSource(apps: string[]): Source {
	const wanted = [...new Set(apps.map((app) => app.trim().replace(/\.app$/i, '')))];
	const appList = (column: string, texts: string[]): SourceList => ({
		...prismList('apps', ['name', 'bundle_id', 'version']),
		platforms: ['AppleTV', 'iPad', 'iPhone', 'Mac'],
		// "like" ignores case, where "in" could miss an app that is there; rules compare the whole name.
		filter: { [column]: { like: texts } },
	});
	const bundleIds = wanted.filter((app) => /^[\w-]+(\.[\w-]+)+$/.test(app));
	return {
		name: 'Prism › Apps',
		lists: [
			appList('name', wanted),
			appList('bundle_id', [...bundleIds, appOfEveryMac]),
			mobileInventory,
		],
	};
}

/** The statuses of a library item on the devices that it is assigned to. */
export const libraryItemSource = (id: string): Source => ({
	name: 'Library Item › Get Statuses',
	lists: [
		{
			url: `/api/v1/library/library-items/${encodeURIComponent(id)}/status`,
			path: '/api/v1/library/library-items/{library_item_id}/status',
			ids: { library_item_id: id },
			pagination: { ...listEndpoints.devices, items: 'results', key: 'id' },
			deviceIdOf: ({ computer }) => (computer as IDataObject | undefined)?.id,
			columns: ['status'],
		},
	],
});

/** Threats that no analyst has closed. Version 2 of the API documents no response; version 1 has these fields. */
export const threatsSource: Source = {
	name: 'Threat › Get Many',
	lists: [
		{
			url: '/api/v2/threat/threat-details',
			qs: {
				statuses: 'not_quarantined,quarantined,released,resolved',
				management_state: 'open',
			},
			platforms: ['Mac'],
			pagination: { ...offsetStyle({ pageSize: 1000 }), items: 'results' },
			deviceIdOf: ({ device_id: id }) => id,
			columns: ['management_state'],
		},
	],
};
