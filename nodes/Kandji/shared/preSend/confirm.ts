import type { IDataObject, IExecuteSingleFunctions, INodeProperties } from 'n8n-workflow';

import { isTool } from '../../transport/http/context';
import { apiError, inputError } from '../../transport/http/errors';
import { isDryRun } from '../../transport/routing/dryRun';
import { takeCall } from '../../transport/routing/executions';
import { onlyFromPerson } from '../../transport/routing/fieldChecks';
import { fillPath, keepRecord, namesIn } from '../../transport/routing/ids';
import { nameKey, serialKey } from '../../transport/routing/matching';
import { send } from '../../transport/http/request';
import type { PreSend } from '../../transport/routing/itemQueue';
import { preSend, numberOfItems, readOncePerRun } from '../../transport/routing/itemQueue';
import { checkRepeats, recordIn, valueFor } from '../../transport/routing/repeats';
import type { Show } from '../fields/locators';

interface Confirmation {
	/** The node's parameters: the switch, and the text that has to match. */
	switchName: string;
	name: string;
	switchDisplayName: string;
	displayName: string;
	placeholder: string;
	/** The API's path of the record, and the field to compare the text with. */
	path: string;
	field: string;
	/** The record's ID in the API's answer. */
	idField: string;
	/** The record and the field in a sentence. */
	record: string;
	what: string;
	/** The form in which both texts are compared. */
	keyOf: (text: string) => string;
}

interface ConfirmationParts {
	fields: (show: Show) => INodeProperties[];
	/**
	 * Pre-send that refuses the request if the text does not match the record: as its list has it, if the record was
	 * just looked up there, else read by its ID.
	 */
	check: PreSend;
}

/** Maximum Items and Expected Items of an operation that cannot be undone. {@link checkNumberOfItems} applies them. */
export const itemLimitFields = (show: Show): INodeProperties[] => [
	onlyFromPerson({
		displayName: 'Maximum Items',
		name: 'maximumItems',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 5,
		displayOptions: { show },
		description:
			'Maximum number of input items. If there are more, the node stops before sending anything.',
	}),
	onlyFromPerson({
		displayName: 'Expected Items',
		name: 'expectedItems',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		// Each call of a tool is a run with one item: only Maximum Items counts over them.
		displayOptions: { show, hide: { '@tool': [true] } },
		description:
			'Number of input items that were approved. If there are more or fewer, the node stops before sending anything. 0 means that the number is not checked.',
	}),
];

const confirmation = (rule: Confirmation): ConfirmationParts => ({
	fields: (show) => [
		onlyFromPerson({
			displayName: rule.switchDisplayName,
			name: rule.switchName,
			type: 'boolean',
			default: true,
			displayOptions: { show },
			description: `Whether to check the ${rule.what} before sending the request. Nothing is sent if it doesn't match '${rule.displayName}'.`,
		}),
		onlyFromPerson({
			displayName: rule.displayName,
			name: rule.name,
			type: 'string',
			default: '',
			required: true,
			placeholder: rule.placeholder,
			displayOptions: { show: { ...show, [rule.switchName]: [true] } },
			description: `The ${rule.what} of the ${rule.record}. Nothing is sent if it doesn't match.`,
		}),
		...itemLimitFields(show),
	],
	check: preSend(async function (options) {
		await checkNumberOfItems(this);
		checkRepeats(this, recordIn(options));
		if (this.getNodeParameter(rule.switchName, true) === true) await compare(this, rule);
		takeFromMaximum(this);
		return options;
	}),
});

/** The numbers that Expected Items has for the items of the run, as far as they can be read. */
function expectedNumbers(context: IExecuteSingleFunctions): Set<number> {
	const numbers = new Set<number>();
	for (let item = 0; item < numberOfItems(context); item++) {
		try {
			numbers.add(Number(valueFor(context, 'expectedItems', item) ?? 0));
		} catch {
			// An expression that fails for another item is that item's own error, in its turn.
			continue;
		}
	}
	return numbers;
}

/**
 * Refuses a run that reaches another number of records than Expected Items, whichever item says so.
 *
 * @param what the records, in a sentence
 * @throws NodeOperationError before the first request
 */
export async function checkExpected(
	context: IExecuteSingleFunctions,
	count: number,
	what: string,
): Promise<void> {
	if (isTool(context)) return;
	const numbers = await readOncePerRun(context, 'Expected Items', async () =>
		expectedNumbers(context),
	);
	const wrong = [...numbers].find((number) => number > 0 && number !== count);
	if (wrong === undefined) return;
	throw inputError(
		context,
		`There are ${count} ${what}, but Expected Items is ${wrong}`,
		'Nothing was sent. What was approved is not what came in: look at the items, and have them approved again.',
	);
}

/**
 * Refuses to start if there are more input items than Maximum Items, or another number than Expected Items.
 *
 * @throws NodeOperationError before the first request
 */
export async function checkNumberOfItems(context: IExecuteSingleFunctions): Promise<void> {
	const maximum = Number(context.getNodeParameter('maximumItems', 5));
	const count = numberOfItems(context);
	if (!(count <= maximum)) {
		throw inputError(
			context,
			`There are ${count} input items, but Maximum Items is ${maximum}`,
			'Nothing was sent. Check what the previous node returned, or raise Maximum Items.',
		);
	}
	await checkExpected(context, count, 'input items');
}

/**
 * Counts a call of a tool that may be sent now. Each call is a run of its own with one item, so Maximum Items is the most
 * of an execution.
 *
 * @throws NodeOperationError when the execution has used Maximum Items up
 */
export function takeFromMaximum(context: IExecuteSingleFunctions): void {
	if (!isTool(context) || isDryRun(context)) return;
	const maximum = Number(context.getNodeParameter('maximumItems', 5));
	if (takeCall(context, maximum)) return;
	throw inputError(
		context,
		`This execution has sent as many requests that can't be undone as Maximum Items allows: ${maximum}`,
		'Nothing was sent. Ask a person.',
	);
}

async function compare(context: IExecuteSingleFunctions, rule: Confirmation): Promise<void> {
	const given = String(context.getNodeParameter(rule.name)).trim();
	const { url, path, ids, ...found } = await fillPath(context, rule.path, (name) =>
		context.getNodeParameter(name),
	);
	const read = async () =>
		(await send(context, { method: 'GET', url }, { path, ids })).body as IDataObject;
	const record = found.record ?? (await read());
	const id = String(record[rule.idField] ?? '').toLowerCase();
	if (id !== '' && !Object.values(ids).some((asked) => String(asked).toLowerCase() === id)) {
		throw apiError(context, { path, ids, problem: `Kandji returned another ${rule.record}` });
	}
	await keepRecord(context, namesIn(rule.path)[0]!, record);
	const actual = String(record[rule.field] ?? '').trim();
	if (actual === '' || rule.keyOf(actual) !== rule.keyOf(given)) {
		throw inputError(
			context,
			`${rule.displayName} does not match: the ${rule.what} of the ${rule.record} is not "${given.slice(0, 80)}"`,
			`Nothing was sent. Look the ${rule.record} up in Kandji, and check that it is the right one.`,
		);
	}
}

/** Requires a device's serial number before something irreversible is done to it. */
export const confirmSerialNumber = confirmation({
	switchName: 'checkSerialNumber',
	switchDisplayName: 'Check Serial Number',
	name: 'confirmSerialNumber',
	displayName: 'Confirm Serial Number',
	placeholder: 'e.g. FVHHFKF7Q6L4',
	path: '/api/v1/devices/{{deviceId}}',
	field: 'serial_number',
	idField: 'device_id',
	record: 'device',
	what: 'serial number',
	keyOf: serialKey,
});

/** Requires a blueprint's name before it is deleted. */
export const confirmBlueprintName = confirmation({
	switchName: 'checkBlueprintName',
	switchDisplayName: 'Check Blueprint Name',
	name: 'confirmBlueprintName',
	displayName: 'Confirm Blueprint Name',
	placeholder: 'e.g. Engineering Macs',
	path: '/api/v1/blueprints/{{blueprintId}}',
	field: 'name',
	idField: 'id',
	record: 'blueprint',
	what: 'name',
	keyOf: nameKey,
});

/** Requires the server name of an ADE integration before it is deleted. */
export const confirmServerName = confirmation({
	switchName: 'checkServerName',
	switchDisplayName: 'Check Server Name',
	name: 'confirmServerName',
	displayName: 'Confirm Server Name',
	placeholder: 'e.g. acme.kandji.io',
	path: '/api/v1/integrations/apple/ade/{{adeIntegrationId}}',
	field: 'server_name',
	idField: 'id',
	record: 'ADE integration',
	what: 'server name',
	keyOf: nameKey,
});
