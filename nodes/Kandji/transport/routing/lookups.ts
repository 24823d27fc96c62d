import type { IDataObject } from 'n8n-workflow';

import type { ApiContext } from '../http/context';
import { inputError } from '../http/errors';
import { listAll, listEndpoints } from '../lists/listAll';
import type { Pagination } from '../lists/pagination';
import { listsOfRun, numberOfItems } from './itemQueue';
import {
	currentRecord,
	describeDevices,
	nameKey,
	searchableText,
	serialKey,
	serialOf,
} from './matching';

/** How a record is found by what people call it: its name, an email or a serial number. */
export interface Lookup {
	/** What it is, and what it is found by, in a sentence. */
	noun: string;
	plural: string;
	what: string;
	lists: Array<{ url: string; pagination: Pagination }>;
	/** The query that keeps every record which may match; the API's filters mean "contains". */
	query: (text: string) => IDataObject;
	/** What a row is compared by. It is '' for a row without it, which matches nothing. */
	keyOf: (row: IDataObject) => string;
	/** As {@link keyOf}, for what the user entered. */
	keyOfText: (text: string) => string;
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
	query: Lookup['query'] = () => ({}),
): Lookup => ({
	noun,
	plural: noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`,
	what: 'name',
	lists,
	query,
	keyOf: ({ name }) => nameKey(name),
	keyOfText: nameKey,
	idOf: ({ id }) => String(id),
	choose: onlyOne,
	describe: describeNamed,
});

const byPage: Pagination = {
	pageSize: 300,
	items: 'results',
	key: 'id',
	first: () => ({ page: 1 }),
};

const libraryLists = {
	customApp: { url: '/api/v1/library/custom-apps', pagination: byPage },
	customProfile: { url: '/api/v1/library/custom-profiles', pagination: byPage },
	customScript: { url: '/api/v1/library/custom-scripts', pagination: byPage },
	inHouseApp: { url: '/api/v1/library/ipa-apps', pagination: byPage },
};

const filled = (key: string, text: string): IDataObject => (text === '' ? {} : { [key]: text });

const device: Omit<Lookup, 'keyOf' | 'keyOfText' | 'query' | 'what'> = {
	noun: 'device',
	plural: 'devices',
	lists: [{ url: '/api/v1/devices', pagination: listEndpoints.devices }],
	idOf: ({ device_id: id }) => String(id),
	choose: currentRecord,
	describe: describeDevices,
};

const userEmailOf = ({ user }: IDataObject): unknown => (user as IDataObject | null)?.email;

const serial = {
	what: 'serial number',
	query: (text: string) => ({ serial_number: text }),
	keyOf: (row: IDataObject) => serialKey(serialOf(row) ?? ''),
	keyOfText: serialKey,
};

/** The modes of a locator in which a record is found by what people call it. */
export const lookups = {
	adeDevice: {
		serial: {
			...named('ADE device', [
				{ url: '/api/v1/integrations/apple/ade/devices', pagination: byPage },
			]),
			...serial,
			describe: (rows) => rows.map(({ id }) => String(id)).join(', '),
		},
	},
	blueprint: {
		name: named(
			'blueprint',
			[{ url: '/api/v1/blueprints', pagination: listEndpoints.blueprints }],
			(text) => filled('name', searchableText(text)),
		),
	},
	customApp: { name: named('custom app', [libraryLists.customApp]) },
	customProfile: { name: named('custom profile', [libraryLists.customProfile]) },
	customScript: { name: named('custom script', [libraryLists.customScript]) },
	device: {
		email: {
			...device,
			what: "user's email",
			query: (text) => filled('user_email', searchableText(text)),
			keyOf: (row) => nameKey(userEmailOf(row)),
			keyOfText: nameKey,
		},
		name: {
			...device,
			what: 'name',
			query: (text) => filled('device_name', searchableText(text)),
			keyOf: ({ device_name: name }) => nameKey(name),
			keyOfText: nameKey,
		},
		serial: { ...device, ...serial },
	},
	inHouseApp: { name: named('in-house app', [libraryLists.inHouseApp]) },
	libraryItem: { name: named('library item', Object.values(libraryLists)) },
	selfServiceCategory: {
		name: named('Self Service category', [
			{
				url: '/api/v1/self-service/categories',
				pagination: { pageSize: 300, items: '', key: 'id', first: () => ({}) },
			},
		]),
	},
	tag: {
		name: named('tag', [{ url: '/api/v1/tags', pagination: listEndpoints.tags }], (text) =>
			filled('search', searchableText(text)),
		),
	},
	user: {
		email: {
			...named('user', [{ url: '/api/v1/users', pagination: listEndpoints.users }], (text) =>
				filled('email', searchableText(text)),
			),
			what: 'email',
			keyOf: ({ email }) => nameKey(email),
			// A person who comes back leaves an archived record behind.
			choose: (rows) => onlyOne(rows) ?? onlyOne(rows.filter((row) => row.is_archived !== true)),
		},
	},
} satisfies Record<string, Record<string, Lookup>>;

/** Rows by their key, each with no more than what tells it apart: a run keeps them until it ends. */
type Index = Map<string, IDataObject[]>;

const kept = [
	'device_id',
	'device_name',
	'email',
	'id',
	'is_archived',
	'is_missing',
	'is_removed',
	'last_check_in',
	'name',
	'serial_number',
];

async function readIndex(context: ApiContext, lookup: Lookup, query: IDataObject): Promise<Index> {
	const index: Index = new Map();
	for (const { url, pagination } of lookup.lists) {
		for (const row of await listAll(context, url, query, pagination)) {
			const key = lookup.keyOf(row);
			const rows = index.get(key) ?? [];
			rows.push(
				Object.fromEntries(kept.filter((name) => name in row).map((name) => [name, row[name]])),
			);
			index.set(key, rows);
		}
	}
	return index;
}

/** The index that contains the matches for `text`: of the whole list, once per run, when many items look up. */
async function indexFor(context: ApiContext, lookup: Lookup, text: string): Promise<Index> {
	const known = 'getItemIndex' in context ? listsOfRun(context) : undefined;
	const isWhole = 'getItemIndex' in context && numberOfItems(context) > mostSingleLookups;
	const query = isWhole ? {} : lookup.query(text);
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
