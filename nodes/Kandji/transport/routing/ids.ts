import type { IDataObject, INodeParameterResourceLocator } from 'n8n-workflow';

import type { ApiContext } from '../http/context';
import { inputError } from '../http/errors';
import { send } from '../http/request';

/** A parameter of the node that identifies a record. */
interface IdParameter {
	/** What the editor calls it. */
	displayName: string;
	/** What the API calls the ID in its paths, and the node in its output. */
	apiName: string;
	shape: RegExp;
	example: string;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const uuidInside = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

const uuidParameter = (displayName: string, apiName: string): IdParameter => ({
	displayName,
	apiName,
	shape: uuid,
	example: '3de7b283-1a44-47ef-bde1-2f556a8a32f7',
});

/** The node's parameters that a path template such as `/api/v1/devices/{{deviceId}}` may name. */
const idParameters = {
	adeDeviceId: uuidParameter('ADE Device', 'device_id'),
	adeIntegrationId: uuidParameter('ADE Integration', 'ade_token_id'),
	blueprintId: uuidParameter('Blueprint', 'blueprint_id'),
	category: {
		displayName: 'Category',
		apiName: 'category',
		shape: /^[a-z_]+$/,
		example: 'device_information',
	},
	customAppId: uuidParameter('Custom App', 'library_item_id'),
	customProfileId: uuidParameter('Custom Profile', 'library_item_id'),
	customScriptId: uuidParameter('Custom Script', 'library_item_id'),
	cveId: {
		displayName: 'CVE ID',
		apiName: 'cve_id',
		shape: /^CVE-\d{4}-\d{4,19}$/i,
		example: 'CVE-2024-27804',
	},
	deviceId: uuidParameter('Device', 'device_id'),
	exportId: uuidParameter('Export ID', 'export_id'),
	inHouseAppId: uuidParameter('In-House App', 'library_item_id'),
	libraryItemId: uuidParameter('Library Item', 'library_item_id'),
	noteId: uuidParameter('Note ID', 'note_id'),
	selfServiceCategoryId: uuidParameter('Self Service Category', 'self_service_category_id'),
	tagId: uuidParameter('Tag', 'tag_id'),
	userId: uuidParameter('User', 'user_id'),
} satisfies Record<string, IdParameter>;

/** Name of a parameter of the node that identifies a record. */
export type IdParameterName = keyof typeof idParameters;

const placeholder = /\{\{(\w+)\}\}/g;

/** The parameters that a path template names, in order. */
const namesIn = (template: string): IdParameterName[] =>
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

/**
 * The ID in a locator: extracted from a URL, or the text itself.
 *
 * @throws NodeOperationError naming the field when it is empty or malformed
 */
function checkedId(
	context: ApiContext,
	{ displayName, shape, example }: IdParameter,
	{ mode, value }: { mode: string; value: string },
): string {
	if (value === '') {
		throw inputError(
			context,
			`${displayName} is empty`,
			`Nothing was sent. Choose a value, or check the expression: it returned nothing for this item.`,
		);
	}
	const isUrl = mode === 'url';
	const id = isUrl ? (uuidInside.exec(value)?.[0] ?? '') : value;
	if (!shape.test(id)) {
		throw inputError(
			context,
			`${displayName} is not a valid ${isUrl ? 'URL' : 'ID'}: "${value.slice(0, 80)}"`,
			`Nothing was sent. ${isUrl ? `Paste the URL of the record's page in the Kandji web app; it contains an ID such as ${example}.` : `An ID looks like ${example}.`}`,
		);
	}
	return id;
}

/**
 * The device with exactly this serial number. The API's own filter means "contains".
 *
 * @throws NodeOperationError when there is none
 */
async function deviceBySerialNumber(
	context: ApiContext,
	serialNumber: string,
): Promise<IDataObject> {
	const { body } = await send(context, {
		method: 'GET',
		url: '/api/v1/devices',
		qs: { serial_number: serialNumber, limit: 300 },
	});
	const wanted = serialNumber.toUpperCase();
	const devices = Array.isArray(body) ? (body as IDataObject[]) : [];
	const device = devices.find((row) => String(row.serial_number).toUpperCase() === wanted);
	if (device === undefined) {
		throw inputError(
			context,
			`There is no device with the serial number "${serialNumber.slice(0, 80)}"`,
			'The full serial number is required. Check the Device field.',
		);
	}
	return device;
}

/**
 * The ID of the record that a parameter identifies: a locator in any of its modes, or plain text.
 *
 * @param value the parameter's value
 * @throws NodeOperationError naming the field when it is empty or malformed, or when nothing matches
 */
export async function idOf(
	context: ApiContext,
	parameter: IdParameterName,
	value: unknown,
): Promise<string> {
	const locator = locatorOf(value);
	if (locator.mode === 'serial' && locator.value !== '') {
		const device = await deviceBySerialNumber(context, locator.value);
		return String(device.device_id);
	}
	return checkedId(context, idParameters[parameter], locator);
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
	context: ApiContext,
	template: string,
	getParameter: (name: string) => unknown,
): Promise<Target> {
	const ids: IDataObject = {};
	let url = template;
	for (const name of namesIn(template)) {
		const id = await idOf(context, name, getParameter(name));
		ids[idParameters[name].apiName] = id;
		url = url.replace(`{{${name}}}`, encodeURIComponent(id));
	}
	return { url, path: apiPath(template), ids };
}
