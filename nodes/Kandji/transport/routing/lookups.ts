import type { IDataObject, IExecuteSingleFunctions, NodeApiError } from 'n8n-workflow';

import { asAbsence } from '../http/absence';
import type { ApiContext } from '../http/context';
import { isTool } from '../http/context';
import { inputError } from '../http/errors';
import { listEndpoints, listUpTo } from '../lists/listAll';
import type { Pagination } from '../lists/pagination';
import { listsOfRun, numberOfItems } from './itemQueue';
import type { Matcher } from './matching';
import {
	byName,
	currentRecord,
	describeDevices,
	deviceMatchers,
	groupBy,
	isCalled,
	nameKey,
	queryFor,
} from './matching';

/** How a record is found by what people call it: its name, an email or a serial number. */
export interface Lookup extends Matcher {
	/** What it is, and what it is found by, in a sentence. */
	noun: string;
	plural: string;
	what: string;
	/** `path` is the URL as the API documents it, if IDs are filled in; `qs` is what the API needs in any case. */
	lists: Array<{ url: string; path?: string; qs?: IDataObject; pagination: Pagination }>;
	/** True where operations need more of a row than what tells it apart. */
	keepsRows?: boolean;
	idOf: (row: IDataObject) => string;
	/** The one that is meant among several matches, if that can be told. */
	choose: (rows: IDataObject[]) => IDataObject | undefined;
	/** The matches as an error lists them. */
	describe: (rows: IDataObject[]) => string;
}

/** Up to this many items, each record is asked for by itself; for more, its list is read once. */
const mostSingleLookups = 3;

const onlyOne = (rows: IDataObject[]): IDataObject | undefined =>
	rows.length === 1 ? rows[0] : undefined;

const describeNamed = (rows: IDataObject[]): string =>
	rows
		.slice(0, 10)
		.map(({ id, name, email, server_name: serverName }) => {
			const text = String(name ?? email ?? serverName ?? '').slice(0, 60);
			return `${String(id)} ("${text}")`;
		})
		.join(', ');

const named = (
	noun: string,
	lists: Lookup['lists'],
	filter = '',
	nameOf: (row: IDataObject) => unknown = ({ name }) => name,
): Lookup => ({
	...byName(filter, nameOf),
	noun,
	plural: noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`,
	what: 'name',
	lists,
	idOf: ({ id }) => String(id),
	choose: onlyOne,
	describe: describeNamed,
});

const libraryList = (name: string): Lookup['lists'][number] => ({
	url: `/api/v1/library/${name}`,
	pagination: listEndpoints.libraryItems,
});

const libraryLists = {
	customApp: libraryList('custom-apps'),
	customProfile: libraryList('custom-profiles'),
	customScript: libraryList('custom-scripts'),
	inHouseApp: libraryList('ipa-apps'),
};

const device: Omit<Lookup, keyof Matcher | 'what'> = {
	noun: 'device',
	plural: 'devices',
	lists: [{ url: '/api/v1/devices', pagination: listEndpoints.devices }],
	keepsRows: true,
	idOf: ({ device_id: id }) => String(id),
	choose: currentRecord,
	describe: describeDevices,
};

/** The modes of a locator in which a record is found by what people call it. */
export const lookups = {
	adeDevice: {
		serial: {
			...named('ADE device', [
				{
					url: '/api/v1/integrations/apple/ade/devices',
					pagination: listEndpoints.adeDevices,
				},
			]),
			...deviceMatchers.serial,
			what: 'serial number',
			keepsRows: true,
			describe: (rows) => rows.map(({ id }) => String(id)).join(', '),
		},
	},
	adeIntegration: {
		name: named(
			'ADE integration',
			[{ url: '/api/v1/integrations/apple/ade', pagination: listEndpoints.adeIntegrations }],
			'',
			({ server_name: name }) => name,
		),
	},
	blueprint: {
		name: named(
			'blueprint',
			[{ url: '/api/v1/blueprints', pagination: listEndpoints.blueprints }],
			'name',
		),
	},
	customApp: { name: named('custom app', [libraryLists.customApp]) },
	customProfile: { name: named('custom profile', [libraryLists.customProfile]) },
	customScript: { name: named('custom script', [libraryLists.customScript]) },
	device: {
		email: { ...device, ...deviceMatchers.email, what: "user's email" },
		name: { ...device, ...deviceMatchers.name, what: 'name' },
		serial: { ...device, ...deviceMatchers.serial, what: 'serial number' },
	},
	deviceNote: {
		text: {
			...named(
				'note of the device',
				[{ url: '/api/v1/devices/{device_id}/notes', pagination: listEndpoints.deviceNotes }],
				'',
				({ content }) => content,
			),
			plural: 'notes of the device',
			what: 'text',
			keepsRows: true,
			idOf: ({ note_id: id }) => String(id),
			describe: (rows) =>
				rows
					.slice(0, 10)
					.map(({ note_id: id, created_at: date }) => `${String(id)} (of ${String(date)})`)
					.join(', '),
		},
	},
	inHouseApp: { name: named('in-house app', [libraryLists.inHouseApp]) },
	libraryItem: { name: named('library item', Object.values(libraryLists)) },
	selfServiceCategory: {
		name: named('Self Service category', [
			{
				url: '/api/v1/self-service/categories',
				pagination: listEndpoints.selfServiceCategories,
			},
		]),
	},
	tag: {
		name: named(
			'tag',
			[{ url: '/api/v1/tags', qs: { search: '' }, pagination: listEndpoints.tags }],
			'search',
		),
	},
	user: {
		email: {
			...named(
				'user',
				[{ url: '/api/v1/users', pagination: listEndpoints.users }],
				'email',
				({ email }) => email,
			),
			what: 'email',
			// A person who comes back leaves an archived record behind.
			choose: (rows) => onlyOne(rows) ?? onlyOne(rows.filter((row) => row.archived !== true)),
		},
	},
} satisfies Record<string, Record<string, Lookup>>;

/** A lookup in a list whose path has IDs, such as the notes of a device. */
export const underPath = (lookup: Lookup, ids: IDataObject): Lookup => ({
	...lookup,
	lists: lookup.lists.map((list) => ({
		...list,
		path: list.url,
		url: list.url.replace(/\{(\w+)\}/g, (_match, name: string) =>
			encodeURIComponent(String(ids[name])),
		),
	})),
});

/** Rows by their key. */
type Index = Map<string, IDataObject[]>;

/** The rows of a lookup's lists for one query. */
interface Reading {
	/** On the monotonic clock, in ms. */
	startedAt: number;
	/** Undefined when the lists are longer than they may be. */
	rows: Promise<IDataObject[] | undefined>;
	/** By what the rows are found by. */
	indexes: Map<string, Index>;
}

/** What is kept of a row until the run ends, where a list has large ones, such as scripts. */
const kept = ['archived', 'email', 'id', 'name', 'serial_number', 'server_name'];

const essence = (row: IDataObject): IDataObject =>
	Object.fromEntries(kept.filter((name) => name in row).map((name) => [name, row[name]]));

/** @param mostPages more pages than these are not read */
async function readRows(
	context: ApiContext,
	{ lists, keepsRows = false }: Lookup,
	query: IDataObject,
	mostPages = Infinity,
): Promise<IDataObject[] | undefined> {
	const all: IDataObject[] = [];
	for (const { url, path, qs, pagination } of lists) {
		const most = mostPages * pagination.pageSize - all.length;
		const rows = await listUpTo(most, context, url, { ...qs, ...query }, pagination, { path });
		if (rows === undefined) return undefined;
		for (const row of rows) all.push(keepsRows ? row : essence(row));
	}
	return all;
}

/** What was read for the context's run, by lists and query. */
const readingsFor = (context: ApiContext): Map<string, Reading> =>
	'getItemIndex' in context ? (listsOfRun(context) as Map<string, Reading>) : new Map();

/**
 * Reads the rows for a query once for all items of a run.
 *
 * @returns the rows by their key; undefined when they have more than `mostPages` pages
 */
async function indexFor(
	context: ApiContext,
	lookup: Lookup,
	query: IDataObject,
	{ mostPages = Infinity, maxAgeMs = Infinity } = {},
): Promise<Index | undefined> {
	const known = readingsFor(context);
	const name = JSON.stringify([lookup.lists.map(({ url }) => url), query, mostPages]);
	let reading = known.get(name);
	if (reading === undefined || performance.now() - reading.startedAt > maxAgeMs) {
		const rows = readRows(context, lookup, query, mostPages);
		const started: Reading = { startedAt: performance.now(), rows, indexes: new Map() };
		known.set(name, started);
		// A failed read is not kept: the next item tries again.
		rows.catch(() => known.get(name) === started && known.delete(name));
		reading = started;
	}
	const rows = await reading.rows;
	if (rows === undefined) return undefined;
	const index = reading.indexes.get(lookup.what) ?? groupBy(rows, lookup.keyOf);
	reading.indexes.set(lookup.what, index);
	return index;
}

/**
 * The whole list by its key, read once for all items of a run.
 *
 * @returns undefined when the run has so few items, or the list so many pages, that each item better asks by itself
 */
async function wholeIndex(
	context: ApiContext,
	lookup: Lookup,
	maxAgeMs?: number,
): Promise<Index | undefined> {
	if (!('getItemIndex' in context)) return undefined;
	const items = numberOfItems(context);
	return items > mostSingleLookups
		? await indexFor(context, lookup, {}, { mostPages: items, maxAgeMs })
		: undefined;
}

/**
 * The records that are called `text`, from the whole list where many items look up, else from one that is read for it
 * alone. Their list keeps them for other items: what is changed must be a copy.
 */
export async function recordsCalled(
	context: ApiContext,
	lookup: Lookup,
	text: string,
): Promise<IDataObject[]> {
	// Without a filter of the API, an item that asks by itself reads the whole list too.
	const whole = lookup.filter === '' ? undefined : await wholeIndex(context, lookup);
	const index = whole ?? (await indexFor(context, lookup, queryFor(lookup, text)));
	const rows = index?.get(lookup.keyOfText(text)) ?? [];
	return rows.filter((row) => isCalled(lookup, row, text));
}

/** How old the list may be, in ms, that a device is taken from to change it. */
const freshMs = 60_000;

const deviceById: Lookup = {
	...device,
	filter: '',
	ask: () => '',
	keyOf: ({ device_id: id }) => nameKey(id),
	keyOfText: nameKey,
	what: 'ID',
};

/**
 * The device with an ID from the list of all devices, which is read once a minute for all items of the run. What an
 * item changes in it, the next items find.
 *
 * @returns undefined when the run has so few items, or the tenant so many devices, that each is better read by itself
 */
export async function listedDevice(
	context: IExecuteSingleFunctions,
	id: string,
): Promise<IDataObject | undefined> {
	return (await wholeIndex(context, deviceById, freshMs))?.get(nameKey(id))?.[0];
}

/** The error of a text that several records are called. */
const severalError = (
	context: ApiContext,
	displayName: string,
	{ plural, what, describe }: Lookup,
	text: string,
	rows: IDataObject[],
): NodeApiError =>
	inputError(
		context,
		`${rows.length} ${plural} have the ${what} "${text.slice(0, 80)}"`,
		isTool(context)
			? `Nothing was sent. Ask which one is meant, and give its ID: ${describe(rows)}.`
			: `Nothing was sent. Choose one By ID in the ${displayName} field: ${describe(rows)}.`,
	);

/**
 * The record that is called `text`.
 *
 * @param displayName the field, as the editor shows it
 * @param ways how it may be called, such as by its serial number, name or user's email
 * @throws NodeOperationError when there is none, or several of which not exactly one can be meant
 */
export async function lookUp(
	context: ApiContext,
	displayName: string,
	ways: [Lookup, ...Lookup[]],
	text: string,
): Promise<IDataObject> {
	const [{ noun, plural, idOf, choose }] = ways;
	const found = await Promise.all(
		ways.map(async (lookup) => await recordsCalled(context, lookup, text)),
	);
	const rows = [...new Map(found.flat().map((row) => [idOf(row), row])).values()];
	const row = choose(rows);
	if (row !== undefined) return row;
	const what = ways.map((lookup) => lookup.what).join(' or ');
	if (rows.length > 0) {
		throw severalError(context, displayName, { ...ways[0], what }, text, rows);
	}
	throw asAbsence(
		inputError(
			context,
			`There is no ${noun} with the ${what} "${text.slice(0, 80)}"`,
			isTool(context)
				? `Nothing was sent. The full ${what} is required. Look it up with a tool that lists ${plural}.`
				: `Nothing was sent. The full ${what} is required. Check the ${displayName} field.`,
		),
	);
}

/**
 * The records that the entries of a list name, by their IDs or by what people call them. The records are read once per
 * run.
 *
 * @param displayName the field, as the editor shows it
 * @throws NodeOperationError when there is none for an entry, or several of which not exactly one can be meant
 */
export async function recordsByEntries(
	context: ApiContext,
	displayName: string,
	lookup: Lookup,
	entries: string[],
): Promise<IDataObject[]> {
	const index: Index = (await indexFor(context, lookup, {})) ?? new Map();
	const byId = groupBy([...index.values()].flat(), (row) => nameKey(lookup.idOf(row)));
	return entries.map((entry) => {
		const called = index.get(lookup.keyOfText(entry)) ?? [];
		const rows = called.filter((row) => isCalled(lookup, row, entry));
		// Two tags may differ by the case of a letter: then the one that is written as entered is meant.
		const asEntered = rows.filter(({ name, email }) => entry === name || entry === email);
		const row = byId.get(nameKey(entry))?.[0] ?? lookup.choose(asEntered) ?? lookup.choose(rows);
		if (row !== undefined) return row;
		if (rows.length > 0) throw severalError(context, displayName, lookup, entry, rows);
		throw inputError(
			context,
			`${displayName}: there is no ${lookup.noun} with the ${lookup.what} or ID "${entry.slice(0, 80)}"`,
			`Nothing was sent. The full ${lookup.what} is required. Check the ${displayName} field.`,
		);
	});
}
