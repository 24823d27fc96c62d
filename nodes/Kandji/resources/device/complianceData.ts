import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
} from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { apiError } from '../../transport/http/errors';
import type { ApiResponse } from '../../transport/http/request';
import { send } from '../../transport/http/request';
import { listEndpoints } from '../../transport/lists/listAll';
import type { Pagination } from '../../transport/lists/pagination';
import { readList } from '../../transport/lists/readList';
import { sendRouted, targetOf } from '../../transport/routing/singleRequest';
import { narrowDevices } from './filters';
import type { Rule } from './complianceRules';
import type { Source, SourceList } from './complianceSources';

/** Rows of a source by the ID of their device, in lower case. */
type RowsByDevice = Map<string, IDataObject[]>;

/** The rows of a source, or why it cannot be used. */
export type SourceRows = RowsByDevice | { reason: string };

/** What was read for the rules. */
export type Inventory = Map<Source, SourceRows>;

/** The fields of a device that rules and the output need; nothing else of it is kept. */
const deviceColumns = [
	'device_id',
	'device_name',
	'serial_number',
	'platform',
	'os_version',
	'full_software_version',
	'last_check_in',
	'user',
	'blueprint_id',
	'blueprint_name',
	'tags',
	'mdm_enabled',
	'agent_installed',
	'agent_version',
];

/** Up to this many devices are named in a filter of Prism, which then has a page of them, not of the fleet. */
const maxNamedDevices = 200;

/** Statuses if the token lacks a permission, or the subscription the feature. */
const withoutPermission = ['401', '403'];

/** The named fields of a row that are there. */
const kept = (row: IDataObject, columns: string[]): IDataObject =>
	Object.fromEntries(
		columns.filter((name) => row[name] !== undefined).map((name) => [name, row[name]]),
	);

/** Reads a list page by page, and keeps of it what `add` keeps; `restart` forgets that. */
async function eachRow(
	context: IExecutePaginationFunctions,
	{ url, path = url, ids, pagination }: Pick<SourceList, 'url' | 'path' | 'ids' | 'pagination'>,
	fetch: (query: IDataObject) => Promise<ApiResponse>,
	{ add, restart }: { add: (row: IDataObject) => void; restart: () => void },
): Promise<void> {
	await readList({
		pagination,
		wanted: Infinity,
		fetch,
		receive: async (rows) => {
			for (const row of rows) add(row);
			return rows.length;
		},
		restart,
		fail: (problem) => {
			throw apiError(context, { path, ids, problem });
		},
	});
}

/** The devices that the operation's filters let through. */
export async function readDevices(
	context: IExecutePaginationFunctions,
	requestData: DeclarativeRestApiSettings.ResultOptions,
): Promise<IDataObject[]> {
	const target = await targetOf(context, requestData);
	const { query: narrowed, passes = () => true } = await narrowDevices(context, requestData);
	const pagination: Pagination = listEndpoints.devices;
	let devices: IDataObject[] = [];
	await eachRow(
		context,
		{ ...target, pagination },
		async (query) =>
			await sendRouted(
				context,
				requestData,
				target,
				{ ordering: 'device_id', ...narrowed, ...query },
				{ isPage: true },
			),
		{
			add: (row) => {
				if (passes(row)) devices.push(kept(row, deviceColumns));
			},
			restart: () => {
				devices = [];
			},
		},
	);
	return devices;
}

/**
 * Adds the rows of a list to those of its source.
 *
 * @returns false if a row names no device, so that nothing is known about any
 */
async function addRows(
	context: IExecutePaginationFunctions,
	list: SourceList,
	serialNumbers: string[] | undefined,
	all: RowsByDevice,
): Promise<boolean> {
	const { url, path = url, ids, filter } = list;
	const qs = { ...list.qs };
	if (filter !== undefined) {
		const named = serialNumbers === undefined ? {} : { serial_number: { in: serialNumbers } };
		const conditions = { ...filter, ...named };
		if (Object.keys(conditions).length > 0) qs.filter = JSON.stringify(conditions);
	}
	let found: Array<[id: unknown, row: IDataObject]> = [];
	await eachRow(
		context,
		list,
		async (query) =>
			await send(
				context,
				{ method: 'GET', url, qs: { ...qs, ...query } },
				{ path, ids, isPage: true },
			),
		{
			add: (row) => {
				if (list.isUsable?.(row) !== false)
					found.push([list.deviceIdOf(row), kept(row, list.columns)]);
			},
			restart: () => {
				found = [];
			},
		},
	);
	for (const [id, row] of found) {
		if (typeof id !== 'string' || id === '') return false;
		const rows = all.get(id.toLowerCase());
		if (rows === undefined) all.set(id.toLowerCase(), [row]);
		else rows.push(row);
	}
	return true;
}

const isPermissionError = (error: unknown): boolean =>
	error instanceof NodeApiError && withoutPermission.includes(error.httpCode ?? '');

/** Reads the lists of a source that can have rows of these platforms. */
async function readSource(
	context: IExecutePaginationFunctions,
	{ lists }: Source,
	platforms: Set<unknown>,
	serialNumbers: string[] | undefined,
): Promise<SourceRows> {
	const rows: RowsByDevice = new Map();
	for (const list of lists) {
		const isNeeded = list.platforms?.some((platform) => platforms.has(platform)) ?? true;
		if (isNeeded && !(await addRows(context, list, serialNumbers, rows))) {
			return { reason: 'Kandji’s response does not name the devices' };
		}
	}
	return rows;
}

/**
 * Reads what the rules need besides the device list, several lists at a time. Its requests grow with the pages of
 * the lists, not with the number of devices.
 *
 * @param isNarrow true if `devices` are only a part of all devices
 * @param ifPermissionMissing whether rules become unknown without a permission
 * @throws NodeApiError if a list cannot be read, except without permission
 */
export async function readInventory(
	context: IExecutePaginationFunctions,
	rules: Rule[],
	devices: IDataObject[],
	{ isNarrow, ifPermissionMissing }: { isNarrow: boolean; ifPermissionMissing: unknown },
): Promise<Inventory> {
	const platforms = new Set(devices.map(({ platform }) => platform));
	const sources = new Set(
		rules
			.filter((rule) => rule.platforms?.some((platform) => platforms.has(platform)) ?? true)
			.flatMap(({ source }) => source ?? []),
	);
	const serialNumbers = devices.map(({ serial_number: serial }) => String(serial ?? ''));
	const canName = isNarrow && devices.length <= maxNamedDevices && !serialNumbers.includes('');
	const outcomes = await Promise.allSettled(
		[...sources].map(
			async (source) =>
				await readSource(context, source, platforms, canName ? serialNumbers : undefined),
		),
	);
	const inventory: Inventory = new Map();
	for (const [index, source] of [...sources].entries()) {
		const outcome = outcomes[index]!;
		if (outcome.status === 'fulfilled') inventory.set(source, outcome.value);
		else if (ifPermissionMissing === 'unknown' && isPermissionError(outcome.reason)) {
			inventory.set(source, { reason: `The API token has no permission for ${source.name}` });
		} else throw outcome.reason;
	}
	return inventory;
}
