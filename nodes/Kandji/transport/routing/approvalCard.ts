import type {
	IDataObject,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { fieldsOf, operationOf } from '../http/context';
import { apiError } from '../http/errors';
import { send } from '../http/request';
import { blanker, secretsIn } from '../http/secrets';
import { describeRequest } from './dryRun';
import { checkedFields, isFromPerson, isListField, isSecret } from './fieldChecks';
import type { IdParameterName, Target } from './ids';
import { apiPath, fillPath, locatorOf, namesIn } from './ids';
import { listedDevice } from './lookups';
import { serialOf } from './matching';

/** Paths of records that can be read, up to their ID. */
const readable =
	/^\/api\/v1\/(?:devices|users|blueprints|library\/[\w-]+|integrations\/apple\/ade(?:\/devices)?)\/\{\{\w+\}\}/;

/** Fields of how the node works, and not of what the request does. */
const ofTheNode = new Set([
	'addDeviceNote',
	'binaryPropertyName',
	'dryRun',
	'operation',
	'options',
	'resource',
	'returnUndo',
	'selectedFields',
	'simplify',
	'timeoutMinutes',
	'waitForCompletion',
]);

/** Longest text of a field in the summary, in characters. */
const longest = 80;

const oneLine = (value: unknown): string => {
	const text = String(value ?? '')
		.replace(/[\s\p{C}]+/gu, ' ')
		.trim();
	return text.length > longest ? `${text.slice(0, longest)}…` : text;
};

/** Whether names of people and devices are left out, since a sentence cannot be masked later. */
const hidesNames = (context: IExecuteSingleFunctions): boolean =>
	(context.getNodeParameter('options', {}) as IDataObject).redactPersonalData === true;

const userIn = ({ user }: IDataObject): IDataObject =>
	typeof user === 'object' && user !== null ? (user as IDataObject) : {};

/** What a person recognises a device by. */
const deviceFacts = (record: IDataObject): IDataObject => {
	const { name = null, email = null } = userIn(record);
	return {
		device: {
			device_id: record.device_id ?? null,
			serial_number: serialOf(record) ?? null,
			device_name: record.device_name ?? null,
		},
		user: name === null && email === null ? null : { name, email },
		platform: record.platform ?? null,
		blueprint: record.blueprint_name ?? null,
		last_check_in: record.last_check_in ?? null,
	};
};

/** The facts of the record that a path begins with. */
function factsOf(template: string, record: IDataObject): IDataObject {
	if (template.startsWith('/api/v1/devices/')) return deviceFacts(record);
	const { name = null, email = null } = record;
	if (template.startsWith('/api/v1/users/')) return { user: { name, email } };
	return template.startsWith('/api/v1/blueprints/') ? { blueprint: name } : {};
}

/** A device in a sentence: "MacBook Air of Jane Doe (FVHHFKF7Q6L4)". */
function describeDevice(context: IExecuteSingleFunctions, record: IDataObject): string {
	const { name, email } = userIn(record);
	const owner = oneLine(name ?? email);
	const called = oneLine(record.device_name);
	const known = hidesNames(context)
		? ''
		: owner !== ''
			? ` of ${owner}`
			: called !== ''
				? ` "${called}"`
				: '';
	const model = oneLine(record.model) || 'Device';
	return `${model}${known} (${oneLine(serialOf(record) ?? record.device_id)})`;
}

/** A record other than a device: its name, and what tells it from others of that name. */
function describeRecord(context: IExecuteSingleFunctions, record: IDataObject): string {
	const name = oneLine(record.name ?? record.server_name ?? record.serial_number);
	const isPerson = 'email' in record;
	if (isPerson && hidesNames(context)) return oneLine(record.id);
	return isPerson ? `${name} (${oneLine(record.email)})` : name;
}

/** What a locator says, in words. The name that the editor stored beside an ID may be out of date. */
function describeLocator(context: IExecuteSingleFunctions, value: unknown): string {
	const { value: text } = locatorOf(value);
	const { cachedResultName: name } = Object(value) as { cachedResultName?: string };
	return name && !hidesNames(context) ? `${oneLine(name)} (${oneLine(text)})` : oneLine(text);
}

const optionNames = ({ options = [] }: INodeProperties, value: unknown): string =>
	[value]
		.flat()
		.map((each) => {
			const option = (options as INodePropertyOptions[]).find((one) => one.value === each);
			return option?.name ?? oneLine(each);
		})
		.join(', ');

/** A field and its value in words; nothing for one that changes nothing. */
function describeField(
	context: IExecuteSingleFunctions,
	field: INodeProperties,
	value: unknown,
	isChosen = false,
): string[] {
	const { displayName, name, type, routing } = field;
	if (ofTheNode.has(name) || isFromPerson(field)) return [];
	if (type === 'collection') {
		return Object.entries(value as IDataObject).flatMap(([key, inner]) => {
			const option = (field.options as INodeProperties[]).find((each) => each.name === key);
			return option === undefined ? [] : describeField(context, option, inner, true);
		});
	}
	if (type === 'boolean') {
		const isSent = isChosen || routing?.send !== undefined;
		return value === true || isSent ? [`${displayName} ${value === true ? 'on' : 'off'}`] : [];
	}
	if (isSecret(field)) return oneLine(value) === '' ? [] : [`${displayName} (hidden)`];
	const text =
		type === 'resourceLocator'
			? describeLocator(context, value)
			: type === 'options' || type === 'multiOptions'
				? optionNames(field, value)
				: isListField(field)
					? oneLine(String(value).replaceAll(',', ', '))
					: oneLine(typeof value === 'object' ? JSON.stringify(value) : value);
	return text === '' ? [] : [`${displayName} ${text}`];
}

/** The word of a field in an operation's name, as "blueprint" in "Move device to blueprint". */
const wordOf = ({ displayName }: INodeProperties): RegExp =>
	new RegExp(`\\b${displayName}\\b(?=$| (?:from|of|to)\\b)`, 'i');

/**
 * What an operation does, as a sentence: "Erase MacBook Air of Jane Doe (FVHHFKF7Q6L4), Return to Service on".
 *
 * @param template the path of the request
 * @param record the record that the path begins with, where it is known
 * @param secrets what is blanked
 */
function summaryOf(
	context: IExecuteSingleFunctions,
	template: string,
	record: IDataObject | undefined,
	secrets: string[],
): string {
	const { resource, operation } = context.getNode().parameters;
	const fields = fieldsOf(String(resource), String(operation));
	const evaluate = context.getNodeParameter.bind(context) as Parameters<typeof checkedFields>[2];
	const [first, ...others] = namesIn(template);
	let sentence = operationOf(context)?.action ?? '';
	let target = '';
	const rest: string[] = [];
	for (const { field, value } of checkedFields(context, fields, evaluate).values()) {
		const { name, type, displayName } = field;
		const isFirst = name === first;
		if (type !== 'resourceLocator' && !isFirst) {
			rest.push(...describeField(context, field, value));
			continue;
		}
		const isDevice = name === 'deviceId' || name === 'undo';
		const called =
			!isFirst || record === undefined
				? describeLocator(context, value)
				: isDevice
					? describeDevice(context, record)
					: describeRecord(context, record);
		const noun = displayName.toLowerCase();
		const described = isDevice && record === undefined ? `${noun} ${called}` : called;
		const word = isDevice ? /\bdevice\b(?=$| (?:from|of|to)\b)/i : wordOf(field);
		if (word.test(sentence)) {
			sentence = sentence.replace(word, (found) => (isDevice ? described : `${found} ${called}`));
		} else if (isFirst) {
			target = isDevice ? ` on ${described}` : ` ${called}`;
		} else if (others.includes(name as IdParameterName)) {
			target = ` ${called}${target}`;
		} else {
			rest.push(...describeField(context, field, value));
		}
	}
	return blanker(secrets)([sentence + target, ...rest].join(', '));
}

/** The record that a path begins with: the one that was found for the item, else read by its ID. */
async function recordAt(
	context: IExecuteSingleFunctions,
	template: string,
): Promise<{ record?: IDataObject; record_error?: string }> {
	const { url, path, ids, record } = await fillPath(context, template, (name) =>
		context.getNodeParameter(name),
	);
	if (record !== undefined) return { record };
	const id = String(Object.values(ids)[0]);
	const isDevice = template.startsWith('/api/v1/devices/');
	const listed = isDevice ? await listedDevice(context, id) : undefined;
	if (listed !== undefined) return { record: listed };
	const read = await send(context, { method: 'GET', url }, { path, ids }).catch(
		(error: Error) => error,
	);
	if (read instanceof Error) {
		// Without the permission to read it, what is going to be sent is still known.
		const isRefused = read instanceof NodeApiError && ['401', '403'].includes(read.httpCode ?? '');
		if (!isRefused) throw read;
		return { record_error: read.message };
	}
	const body = read.body as IDataObject;
	const readId = String(body.device_id ?? id).toLowerCase();
	if (isDevice && readId !== id.toLowerCase()) {
		throw apiError(context, { path, ids, problem: 'Kandji returned another device' });
	}
	return { record: body };
}

/**
 * What a dry run returns of a request: a sentence, the record that it is about, and the request itself. One request at most
 * reads the record.
 *
 * @param template the path of the request with its parameters
 * @param known the record, where the operation has read it
 */
export async function approvalCard(
	context: IExecuteSingleFunctions,
	template: string,
	{ ids }: Target,
	request: IHttpRequestOptions,
	known?: IDataObject,
): Promise<IDataObject> {
	const [recordPath] = readable.exec(template) ?? [];
	const { record, ...unread } =
		known !== undefined || recordPath === undefined
			? { record: known }
			: await recordAt(context, recordPath);
	const { dry_run, ...described } = describeRequest(request);
	// API Request sends anything.
	const isAny = operationOf(context)?.routing?.request?.url === undefined;
	const secrets = secretsIn([request.body, request.qs]);
	return {
		dry_run,
		summary: isAny
			? `Send ${String(described.method)} ${oneLine(described.path)}`
			: summaryOf(context, template, record, secrets),
		...(recordPath !== undefined && factsOf(recordPath, record ?? ids)),
		...unread,
		request: described,
	};
}

/** The same of an operation that sends several requests for a record: the sentence and the record. */
export const cardWithoutRequest = (
	context: IExecuteSingleFunctions,
	template: string,
	record: IDataObject,
): IDataObject => ({
	dry_run: true,
	summary: summaryOf(context, template, record, []),
	...(apiPath(template) === '/api/v1/devices/{device_id}' && deviceFacts(record)),
});
