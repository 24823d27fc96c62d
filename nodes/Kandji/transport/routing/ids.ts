import type {
	IDataObject,
	IExecuteSingleFunctions,
	INodeParameterResourceLocator,
} from 'n8n-workflow';

import type { ApiContext } from '../http/context';
import { inputError } from '../http/errors';
import { baseUrlOf } from '../http/request';
import { listAll, listEndpoints } from '../lists/listAll';
import { idsOfItem } from './itemQueue';
import { currentRecord, describeDevices, hasSerial } from './matching';
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
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const uuidParameter = (displayName: string, apiName: string, page?: Page): IdParameter => ({
	displayName,
	apiName,
	shape: uuid,
	example: '3de7b283-1a44-47ef-bde1-2f556a8a32f7',
	page,
});

/** The node's parameters that a path template such as `/api/v1/devices/{{deviceId}}` may name. */
const idParameters = {
	adeDeviceId: uuidParameter('ADE Device', 'device_id', 'ade-devices'),
	adeIntegrationId: uuidParameter('ADE Integration', 'ade_token_id', 'integrations'),
	blueprintId: uuidParameter('Blueprint', 'blueprint_id', 'blueprints'),
	category: {
		displayName: 'Category',
		apiName: 'category',
		shape: /^[a-z_]+$/,
		example: 'device_information',
	},
	customAppId: uuidParameter('Custom App', 'library_item_id', 'library'),
	customProfileId: uuidParameter('Custom Profile', 'library_item_id', 'library'),
	customScriptId: uuidParameter('Custom Script', 'library_item_id', 'library'),
	cveId: {
		displayName: 'CVE ID',
		apiName: 'cve_id',
		shape: /^CVE-\d{4}-\d{4,19}$/i,
		example: 'CVE-2024-27804',
	},
	deviceId: uuidParameter('Device', 'device_id', 'devices'),
	exportId: uuidParameter('Export ID', 'export_id'),
	inHouseAppId: uuidParameter('In-House App', 'library_item_id', 'library'),
	libraryItemId: uuidParameter('Library Item', 'library_item_id', 'library'),
	noteId: uuidParameter('Note ID', 'note_id'),
	selfServiceCategoryId: uuidParameter(
		'Self Service Category',
		'self_service_category_id',
		'self-service',
	),
	// Only names the device in the path of Sync From Table, which finds it in the device list.
	serialNumber: {
		displayName: 'Serial Number',
		apiName: 'device_id',
		shape: /\S/,
		example: 'FVHHFKF7Q6L4',
	},
	tagId: uuidParameter('Tag', 'tag_id', 'tags'),
	userId: uuidParameter('User', 'user_id', 'users'),
} satisfies Record<string, IdParameter>;

/** Name of a parameter of the node that identifies a record. */
export type IdParameterName = keyof typeof idParameters;

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

/**
 * The ID in a locator: from the URL of the record's page, or the text itself.
 *
 * @throws NodeOperationError naming the field when it is empty or malformed
 */
async function checkedId(
	context: ApiContext,
	{ displayName, shape, example, page }: IdParameter,
	{ mode, value }: { mode: string; value: string },
): Promise<string> {
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
			`Nothing was sent. An ID looks like ${example}.`,
		);
	}
	return value;
}

/**
 * The device with exactly this serial number. The API's own filter means "contains".
 *
 * @throws NodeOperationError when there is none, or several of which not exactly one is present
 */
async function deviceBySerialNumber(
	context: ApiContext,
	serialNumber: string,
): Promise<IDataObject> {
	const candidates = await listAll(
		context,
		'/api/v1/devices',
		{ serial_number: serialNumber },
		listEndpoints.devices,
	);
	const devices = candidates.filter((row) => hasSerial(row, serialNumber));
	const device = currentRecord(devices);
	if (device !== undefined) return device;
	const quoted = `the serial number "${serialNumber.slice(0, 80)}"`;
	if (devices.length === 0) {
		throw inputError(
			context,
			`There is no device with ${quoted}`,
			'The full serial number is required. Check the Device field.',
		);
	}
	throw inputError(
		context,
		`${devices.length} devices have ${quoted}`,
		`Nothing was sent. Choose one By ID: ${describeDevices(devices)}.`,
	);
}

/**
 * The ID of the record that a parameter identifies: a locator in any of its modes, or plain text.
 *
 * @param value the parameter's value
 * @throws NodeOperationError naming the field when it is empty or malformed, or when not exactly one record matches
 */
export async function idOf(
	context: ApiContext,
	parameter: IdParameterName,
	value: unknown,
): Promise<string> {
	const locator = locatorOf(value);
	const id =
		locator.mode === 'serial' && locator.value !== ''
			? String((await deviceBySerialNumber(context, locator.value)).device_id)
			: locator.value;
	const mode = locator.mode === 'serial' ? 'id' : locator.mode;
	return await checkedId(context, idParameters[parameter], { mode, value: id });
}

/**
 * As {@link idOf}, for a parameter of an item. What it identifies is found once: the check, the request, the wait and
 * the note are about one record, even if another one takes its serial number meanwhile.
 */
async function idOfItem(
	context: IExecuteSingleFunctions,
	parameter: IdParameterName,
	getParameter: (name: string) => unknown,
): Promise<string> {
	const known = idsOfItem(context);
	const id = known.get(parameter) ?? idOf(context, parameter, getParameter(parameter));
	known.set(parameter, id);
	return await id;
}

/** Where a request goes. */
export interface Target {
	/** The path with its IDs filled in and encoded. */
	url: string;
	/** The path as the API documents it, for error messages. */
	path: string;
	/** The IDs in the path, by their API names. */
	ids: IDataObject;
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
	const ids: IDataObject = {};
	let url = template;
	for (const name of namesIn(template)) {
		const id = await idOfItem(context, name, getParameter);
		ids[idParameters[name].apiName] = id;
		url = url.replace(`{{${name}}}`, encodeURIComponent(id));
	}
	return { url, path: apiPath(template), ids };
}
