import type { IDataObject, INodeParameterResourceLocator } from 'n8n-workflow';

import type { ApiContext } from '../http/context';
import { inputError } from '../http/errors';
import { send } from '../http/request';

interface PathParameter {
	/** The node's parameter that holds the id, and its name in the editor. */
	parameter: string;
	displayName: string;
	shape: RegExp;
	example: string;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const uuidInside = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;
const uuidExample = '3de7b283-1a44-47ef-bde1-2f556a8a32f7';

const byUuid = (parameter: string, displayName: string): PathParameter => ({
	parameter,
	displayName,
	shape: uuid,
	example: uuidExample,
});

/** The `{…}` of the API's paths, and where the node gets them from. */
const pathParameters: Record<string, PathParameter> = {
	device_id: byUuid('deviceId', 'Device'),
	blueprint_id: byUuid('blueprintId', 'Blueprint'),
	user_id: byUuid('userId', 'User'),
	tag_id: byUuid('tagId', 'Tag'),
	library_item_id: byUuid('libraryItemId', 'Library Item'),
	note_id: byUuid('noteId', 'Note ID'),
	ade_token_id: byUuid('adeIntegrationId', 'ADE Integration'),
	export_id: byUuid('exportId', 'Export ID'),
	self_service_category_id: byUuid('selfServiceCategoryId', 'Self Service Category'),
	category: {
		parameter: 'category',
		displayName: 'Category',
		shape: /^[a-z_]+$/,
		example: 'device_information',
	},
	cve_id: {
		parameter: 'cveId',
		displayName: 'CVE ID',
		shape: /^CVE-\d{4}-\d{4,19}$/i,
		example: 'CVE-2024-27804',
	},
};

/** Paths that name the id of a special kind of record as any other, by what comes before it. */
const specialParameters: Array<[string, PathParameter]> = [
	['/ade/devices/', byUuid('adeDeviceId', 'ADE Device')],
	['/custom-apps/', byUuid('customAppId', 'Custom App')],
	['/custom-profiles/', byUuid('customProfileId', 'Custom Profile')],
	['/custom-scripts/', byUuid('customScriptId', 'Custom Script')],
	['/ipa-apps/', byUuid('inHouseAppId', 'In-House App')],
];

/** A resource locator's mode and trimmed text; a plain string, as other tools may store it, is an id. */
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
 * The id that a locator stands for: taken out of a web address, or as it is.
 *
 * @throws NodeOperationError naming the field when it is empty or has not the id's shape
 */
function checkedId(
	context: ApiContext,
	{ displayName, shape, example }: Omit<PathParameter, 'parameter'>,
	locator: { mode: string; value: string },
): string {
	if (locator.value === '') {
		throw inputError(
			context,
			`${displayName} is empty`,
			`Nothing was sent. Choose one, or check the expression in the field: it gave no value for this item.`,
		);
	}
	const id = locator.mode === 'url' ? (uuidInside.exec(locator.value)?.[0] ?? '') : locator.value;
	if (!shape.test(id)) {
		throw inputError(
			context,
			`${displayName} is not a valid ${locator.mode === 'url' ? 'address' : 'ID'}: "${locator.value.slice(0, 80)}"`,
			`Nothing was sent. ${locator.mode === 'url' ? `Paste the page's address from the Kandji web app, which holds an ID such as ${example}.` : `An ID looks like ${example}.`}`,
		);
	}
	return id;
}

/**
 * The device with exactly this serial number. The API's own filter means "contains".
 *
 * @throws NodeOperationError when there is none
 */
export async function deviceBySerialNumber(
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
			'Serial numbers are compared as a whole. Check the Device field.',
		);
	}
	return device;
}

/**
 * The id that a parameter of the node names: of a locator in any of its modes, or of plain text.
 *
 * @param name key of the API, such as `device_id`
 * @throws NodeOperationError naming the field when it is empty, malformed or names nothing
 */
export async function idOf(context: ApiContext, name: string, raw: unknown): Promise<string> {
	const parameter = pathParameters[name] ?? byUuid(name, name);
	const locator = locatorOf(raw);
	if (locator.mode === 'serial' && locator.value !== '') {
		const device = await deviceBySerialNumber(context, locator.value);
		return String(device.device_id);
	}
	return checkedId(context, parameter, locator);
}

/**
 * Fills `{device_id}` and its like in a path of the API from the node's parameters, encoded.
 *
 * @returns the filled path, and the ids by their API names
 * @throws NodeOperationError before any request when an id is empty or malformed
 */
export async function fillPath(
	context: ApiContext,
	template: string,
	getParameter: (name: string) => unknown,
): Promise<{ url: string; ids: IDataObject }> {
	const ids: IDataObject = {};
	let url = template;
	for (const { 0: placeholder, 1: name = '', index } of template.matchAll(/\{(\w+)\}/g)) {
		const section = template.slice(0, index);
		const special = specialParameters.find(([end]) => section.endsWith(end))?.[1];
		const raw = getParameter((special ?? pathParameters[name])?.parameter ?? name);
		const id =
			special === undefined
				? await idOf(context, name, raw)
				: checkedId(context, special, locatorOf(raw));
		ids[name] = id;
		url = url.replace(placeholder, encodeURIComponent(id));
	}
	return { url, ids };
}
