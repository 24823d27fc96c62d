import type {
	IDataObject,
	IExecuteSingleFunctions,
	INodeParameterResourceLocator,
} from 'n8n-workflow';

import type { ApiContext } from '../http/context';
import { isTool } from '../http/context';
import { inputError } from '../http/errors';
import { baseUrlOf } from '../http/request';
import type { Identified } from './itemQueue';
import { identifiedFor } from './itemQueue';
import type { Lookup } from './lookups';
import { lookUp, lookups, recordsByEntries, underPath } from './lookups';
import type { Page, UrlProblem } from './webApp';
import { idInUrl } from './webApp';

/** A parameter of the node that identifies a record. */
interface IdParameter {
	/** What the editor calls it. */
	displayName: string;
	/** What the API calls the ID in its paths, and the node in its output. */
	apiName: string;
	shape: RegExp;
	example: string;
	/** Its page in the web app, where it can be chosen by URL. */
	page?: Page;
	/** The modes of its locator in which it is found by what people call it. */
	lookups?: Record<string, Lookup>;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text has the form of Kandji's IDs. */
export const isUuid = (text: string): boolean => uuid.test(text);

const uuidParameter = (
	displayName: string,
	apiName: string,
	page?: Page,
	known?: Record<string, Lookup>,
): IdParameter => ({
	displayName,
	apiName,
	shape: uuid,
	example: '3de7b283-1a44-47ef-bde1-2f556a8a32f7',
	page,
	lookups: known,
});

/** The node's parameters that a path template such as `/api/v1/devices/{{deviceId}}` may name. */
const idParameters = {
	adeDeviceId: uuidParameter('ADE Device', 'device_id', 'ade-devices', lookups.adeDevice),
	adeIntegrationId: uuidParameter(
		'ADE Integration',
		'ade_token_id',
		'integrations',
		lookups.adeIntegration,
	),
	blueprintId: uuidParameter('Blueprint', 'blueprint_id', 'blueprints', lookups.blueprint),
	category: {
		displayName: 'Category',
		apiName: 'category',
		shape: /^[a-z_]+$/,
		example: 'device_information',
	},
	customAppId: uuidParameter('Custom App', 'library_item_id', 'library', lookups.customApp),
	customProfileId: uuidParameter(
		'Custom Profile',
		'library_item_id',
		'library',
		lookups.customProfile,
	),
	customScriptId: uuidParameter(
		'Custom Script',
		'library_item_id',
		'library',
		lookups.customScript,
	),
	cveId: {
		displayName: 'CVE ID',
		apiName: 'cve_id',
		shape: /^CVE-\d{4}-\d{4,19}$/i,
		example: 'CVE-2024-27804',
	},
	deviceId: uuidParameter('Device', 'device_id', 'devices', lookups.device),
	exportId: uuidParameter('Export ID', 'export_id'),
	inHouseAppId: uuidParameter('In-House App', 'library_item_id', 'library', lookups.inHouseApp),
	libraryItemId: uuidParameter('Library Item', 'library_item_id', 'library', lookups.libraryItem),
	noteId: uuidParameter('Note', 'note_id', undefined, lookups.deviceNote),
	selfServiceCategoryId: uuidParameter(
		'Self Service Category',
		'self_service_category_id',
		'self-service',
		lookups.selfServiceCategory,
	),
	// Only names the device in the path of Sync From Table, which finds it in the device list.
	serialNumber: {
		displayName: 'Serial Number',
		apiName: 'device_id',
		shape: /\S/,
		example: 'FVHHFKF7Q6L4',
	},
	tagId: uuidParameter('Tag', 'tag_id', 'tags', lookups.tag),
	// Only names the device in the path of Undo, whose records have its ID.
	undo: { displayName: 'Undo', apiName: 'device_id', shape: /\S/, example: '{ "device_id": … }' },
	userId: uuidParameter('User', 'user_id', 'users', lookups.user),
} satisfies Record<string, IdParameter>;

/** Name of a parameter of the node that identifies a record. */
export type IdParameterName = keyof typeof idParameters;

/** What the API calls the ID that a parameter stands for. */
export const apiNameOf = (parameter: IdParameterName): string => idParameters[parameter].apiName;

/** How a parameter finds its record in a mode of its locator; undefined in those that take an ID. */
export function lookupOf(parameter: IdParameterName, mode: string): Lookup | undefined {
	const { lookups: byMode }: IdParameter = idParameters[parameter];
	return byMode?.[mode];
}

const placeholder = /\{\{(\w+)\}\}/g;

/** The parameters that a path template names, in order. */
export const namesIn = (template: string): IdParameterName[] =>
	[...template.matchAll(placeholder)].map(({ 1: name }) => name as IdParameterName);

/** A path template as the API documents it: `/api/v1/devices/{device_id}`. */
export const apiPath = (template: string): string =>
	template.replace(
		placeholder,
		(_match, name: string) => `{${idParameters[name as IdParameterName].apiName}}`,
	);

/** A resource locator's mode and trimmed text. A plain string, as other tools may store it, is an ID. */
export function locatorOf(
	value: unknown,
): Pick<INodeParameterResourceLocator, 'mode'> & { value: string } {
	if (typeof value === 'object' && value !== null && 'value' in value) {
		const locator = value as INodeParameterResourceLocator;
		return { mode: locator.mode, value: String(locator.value ?? '').trim() };
	}
	return { mode: 'id', value: String(value ?? '').trim() };
}

const urlHints: Record<UrlProblem, string> = {
	'another tenant': 'It is no page of the web app of the tenant in the credential.',
	'no page of this kind': 'It is another kind of page.',
	'not a URL': 'It is no URL.',
	'several IDs': 'It contains several IDs.',
};

/** What to enter instead of an ID in other modes of the field. */
const otherModes = ({ lookups: byMode = {} }: IdParameter): string => {
	const words = Object.values(byMode).map(({ what }) => what);
	return words.length === 0 ? '' : ` To find it by ${words.join(' or ')}, choose that mode.`;
};

/**
 * The ID in a locator: from the URL of the record's page, or the text itself.
 *
 * @throws NodeOperationError naming the field when it is empty or malformed
 */
async function checkedId(
	context: ApiContext,
	known: IdParameter,
	{ mode, value }: { mode: string; value: string },
): Promise<string> {
	const { displayName, shape, example, page } = known;
	if (value === '') {
		throw inputError(
			context,
			`${displayName} is empty`,
			`Nothing was sent. Choose a value, or check the expression: it returned nothing for this item.`,
		);
	}
	if (mode === 'url' && page !== undefined) {
		const found = idInUrl(value, page, await baseUrlOf(context));
		if ('id' in found) return found.id;
		throw inputError(
			context,
			`${displayName} is not a valid URL: "${value.slice(0, 80)}"`,
			`Nothing was sent. ${urlHints[found.problem]} Paste the URL of the record's page in the Kandji web app, such as https://acme.kandji.io/${page}/${example}.`,
		);
	}
	if (!shape.test(value)) {
		throw inputError(
			context,
			`${displayName} is not a valid ID: "${value.slice(0, 80)}"`,
			`Nothing was sent. An ID looks like ${example}.${otherModes(known)}`,
		);
	}
	return value;
}

/** Longest text in characters that a tool looks up. */
const longestCalled = 256;

/**
 * The locator of a parameter. Where it expects an ID, a model gives whatever it knows of the record: in a tool, what is
 * no ID has mode `any`, and a URL mode `url`.
 */
export function locatorFor(
	context: ApiContext,
	parameter: IdParameterName,
	value: unknown,
): ReturnType<typeof locatorOf> {
	const locator = locatorOf(value);
	const { mode, value: text } = locator;
	const { shape, lookups: byMode, page }: IdParameter = idParameters[parameter];
	const isId = !['id', 'list'].includes(mode) || shape.test(text);
	if (!isTool(context) || isId || text === '') return locator;
	if (page !== undefined && /^https?:/i.test(text)) return { mode: 'url', value: text };
	const isCalled = byMode !== undefined && text.length <= longestCalled;
	return isCalled ? { mode: 'any', value: text } : locator;
}

/** How the record of a locator is looked up; no way where its text is the ID. */
function waysToFind(
	{ lookups: byMode = {} }: IdParameter,
	{ mode, value }: ReturnType<typeof locatorOf>,
): Lookup[] {
	if (mode !== 'any') return byMode[mode] ? [byMode[mode]] : [];
	return Object.entries(byMode)
		.filter(([name]) => name !== 'email' || value.includes('@'))
		.map(([, lookup]) => lookup);
}

/**
 * As {@link idOf}, with the record where its list was read to find it.
 *
 * @param ids the IDs of what the record belongs to, by their API names
 */
export async function identify(
	context: ApiContext,
	parameter: IdParameterName,
	value: unknown,
	ids: IDataObject = {},
): Promise<Identified> {
	const known: IdParameter = idParameters[parameter];
	const locator = locatorFor(context, parameter, value);
	const ways = waysToFind(known, locator).map((lookup) => underPath(lookup, ids));
	const [way] = ways;
	if (way === undefined || locator.value === '') {
		return { id: await checkedId(context, known, locator) };
	}
	const record = await lookUp(context, known.displayName, [way, ...ways.slice(1)], locator.value);
	const id = await checkedId(context, known, { mode: 'id', value: way.idOf(record) });
	return { id, record };
}

/**
 * The ID of the record that a parameter identifies: a locator in any of its modes, or plain text.
 *
 * @param value the parameter's value
 * @throws NodeOperationError naming the field when it is empty or malformed, or when not exactly one record matches
 */
export const idOf = async (
	context: ApiContext,
	parameter: IdParameterName,
	value: unknown,
): Promise<string> => (await identify(context, parameter, value)).id;

/**
 * The IDs of the records that the entries of a list name. Names are looked up once per run; a list of IDs needs no
 * request.
 *
 * @param displayName the list, as the editor shows it
 * @throws NodeOperationError when not exactly one record matches an entry
 */
export async function idsOfEntries(
	context: ApiContext,
	displayName: string,
	lookup: Lookup,
	entries: string[],
): Promise<string[]> {
	if (entries.every((entry) => uuid.test(entry))) return entries;
	const rows = await recordsByEntries(context, displayName, lookup, entries);
	return rows.map(lookup.idOf);
}

/**
 * As {@link identify}, for a parameter of an item. What it identifies is found once: the check, the request, the wait
 * and the note are about one record, even if another one takes its serial number meanwhile.
 */
async function identifyForItem(
	context: IExecuteSingleFunctions,
	parameter: IdParameterName,
	getParameter: (name: string) => unknown,
	ids: IDataObject,
): Promise<Identified> {
	const known = identifiedFor(context);
	const found = known.get(parameter) ?? identify(context, parameter, getParameter(parameter), ids);
	known.set(parameter, found);
	return await found;
}

/** Keeps the record that an item's parameter identifies, once it was read for the item. */
export async function keepRecord(
	context: IExecuteSingleFunctions,
	parameter: IdParameterName,
	record: IDataObject,
): Promise<void> {
	const found = await identifiedFor(context).get(parameter);
	if (found !== undefined) found.record ??= record;
}

/** What the output has of a record that a parameter identifies, besides its ID. */
const factsOf: Partial<Record<IdParameterName, (record: IDataObject) => IDataObject>> = {
	blueprintId: ({ name }) => ({ blueprint_name: name }),
	deviceId: ({ serial_number, device_name }) => ({ serial_number, device_name }),
	libraryItemId: ({ name }) => ({ library_item_name: name }),
};

/** Where a request goes. */
export interface Target {
	/** The path with its IDs filled in and encoded. */
	url: string;
	/** The path as the API documents it, for error messages. */
	path: string;
	/** The IDs in the path, by their API names. */
	ids: IDataObject;
	/** What else is known of the records in the path, as the output calls it, where they were looked up in a list. */
	facts: IDataObject;
	/** The record of the last ID in the path as its list has it, if it was looked up there. */
	record?: IDataObject;
}

/**
 * Fills a path template such as `/api/v1/devices/{{deviceId}}` from the node's parameters. It is no n8n expression
 * (it has no leading `=`), since n8n would send an empty or malformed ID as it is.
 *
 * @throws NodeOperationError before any request when an ID is empty or malformed
 */
export async function fillPath(
	context: IExecuteSingleFunctions,
	template: string,
	getParameter: (name: string) => unknown,
): Promise<Target> {
	const target: Target = { url: template, path: apiPath(template), ids: {}, facts: {} };
	for (const name of namesIn(template)) {
		const { id, record } = await identifyForItem(context, name, getParameter, target.ids);
		target.ids[idParameters[name].apiName] = id;
		target.url = target.url.replace(`{{${name}}}`, encodeURIComponent(id));
		target.record = record;
		if (record !== undefined) Object.assign(target.facts, factsOf[name]?.(record));
	}
	return target;
}
