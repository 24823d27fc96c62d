import type { IDataObject } from 'n8n-workflow';

import type { ApiContext } from '../http/context';
import { inputError } from '../http/errors';
import { listAll, listEndpoints } from '../lists/listAll';
import type { Pagination } from '../lists/pagination';
import { listsOfRun, numberOfItems } from './itemQueue';
import type { Matcher } from './matching';
import {
	byName,
	currentRecord,
	describeDevices,
	deviceMatchers,
	groupBy,
	queryFor,
} from './matching';

/** How a record is found by what people call it: its name, an email or a serial number. */
export interface Lookup extends Matcher {
	/** What it is, and what it is found by, in a sentence. */
	noun: string;
	plural: string;
	what: string;
	/** `qs` is what the API needs in any case. */
	lists: Array<{ url: string; qs?: IDataObject; pagination: Pagination }>;
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
		.map(({ id, name, email }) => `${String(id)} ("${String(name ?? email ?? '').slice(0, 60)}")`)
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
			describe: (rows) => rows.map(({ id }) => String(id)).join(', '),
		},
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

/** Rows by their key, each with no more than what tells it apart: a run keeps them until it ends. */
type Index = Map<string, IDataObject[]>;

const kept = [
	'archived',
	'device_id',
	'device_name',
	'email',
	'id',
	'is_missing',
	'is_removed',
	'last_check_in',
	'name',
	'serial_number',
];

const essence = (row: IDataObject): IDataObject =>
	Object.fromEntries(kept.filter((name) => name in row).map((name) => [name, row[name]]));

async function readIndex(context: ApiContext, lookup: Lookup, query: IDataObject): Promise<Index> {
	const index: Index = new Map();
	for (const { url, qs, pagination } of lookup.lists) {
		const rows = await listAll(context, url, { ...qs, ...query }, pagination);
		for (const [key, group] of groupBy(rows, lookup.keyOf)) {
			index.set(key, [...(index.get(key) ?? []), ...group.map(essence)]);
		}
	}
	return index;
}

/**
 * The records that are called `text`, from a list that is read for it alone.
 *
 * @param query further parameters of the list
 */
export async function recordsCalled(
	context: ApiContext,
	lookup: Lookup,
	text: string,
	query: IDataObject = {},
): Promise<IDataObject[]> {
	const index = await readIndex(context, lookup, { ...queryFor(lookup, text), ...query });
	return index.get(lookup.keyOfText(text)) ?? [];
}

/** The index that contains the matches for `text`: of the whole list, once per run, when many items look up. */
async function indexFor(context: ApiContext, lookup: Lookup, text: string): Promise<Index> {
	const known = 'getItemIndex' in context ? listsOfRun(context) : undefined;
	const isWhole = 'getItemIndex' in context && numberOfItems(context) > mostSingleLookups;
	const query = isWhole ? {} : queryFor(lookup, text);
	const name = JSON.stringify([lookup.noun, lookup.what, query]);
	const index =
		(known?.get(name) as Promise<Index> | undefined) ?? readIndex(context, lookup, query);
	known?.set(name, index);
	// A failed read is not kept: the next item tries again.
	index.catch(() => known?.delete(name));
	return await index;
}

/**
 * The ID of the record that is called `text`.
 *
 * @param displayName the field, as the editor shows it
 * @throws NodeOperationError when there is none, or several of which not exactly one can be meant
 */
export async function idByLookup(
	context: ApiContext,
	displayName: string,
	lookup: Lookup,
	text: string,
): Promise<string> {
	const { noun, plural, what } = lookup;
	const rows = (await indexFor(context, lookup, text)).get(lookup.keyOfText(text)) ?? [];
	const row = lookup.choose(rows);
	if (row !== undefined) return lookup.idOf(row);
	const quoted = `the ${what} "${text.slice(0, 80)}"`;
	if (rows.length === 0) {
		throw inputError(
			context,
			`There is no ${noun} with ${quoted}`,
			`Nothing was sent. The full ${what} is required. Check the ${displayName} field.`,
		);
	}
	throw inputError(
		context,
		`${rows.length} ${plural} have ${quoted}`,
		`Nothing was sent. Choose one By ID in the ${displayName} field: ${lookup.describe(rows)}.`,
	);
}
