import type { IDataObject, IExecuteSingleFunctions, INodeProperties } from 'n8n-workflow';

import { inputError } from '../../transport/http/errors';
import { fillPath } from '../../transport/routing/ids';
import { send } from '../../transport/http/request';
import type { PreSend } from '../../transport/routing/itemQueue';
import { preSend, numberOfItems } from '../../transport/routing/itemQueue';
import type { Show } from '../fields/locators';

interface Confirmation {
	/** The node's parameters: the switch, and the text that must match. */
	switchName: string;
	name: string;
	switchDisplayName: string;
	displayName: string;
	placeholder: string;
	/** The API's path of the record, and the field that the text is compared with. */
	path: string;
	field: string;
	what: string;
	normalise: (text: string) => string;
}

interface ConfirmationParts {
	fields: (show: Show) => INodeProperties[];
	/** Pre-send that reads the record and refuses the request when the text does not match. */
	check: PreSend;
}

/** The Maximum Items field of an operation that cannot be undone; {@link checkNumberOfItems} obeys it. */
export const maximumItemsField = (show: Show): INodeProperties => ({
	displayName: 'Maximum Items',
	name: 'maximumItems',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 5,
	displayOptions: { show },
	description:
		'Refuse to start when more input items than this come in, so that a filter that matched too much does no harm',
});

const confirmation = (rule: Confirmation): ConfirmationParts => ({
	fields: (show) => [
		{
			displayName: rule.switchDisplayName,
			name: rule.switchName,
			type: 'boolean',
			default: true,
			displayOptions: { show },
			description: `Whether to read the record first and refuse the request unless its ${rule.what} is the one given below. Leave it on: this cannot be undone.`,
		},
		{
			displayName: rule.displayName,
			name: rule.name,
			type: 'string',
			default: '',
			required: true,
			placeholder: rule.placeholder,
			displayOptions: { show: { ...show, [rule.switchName]: [true] } },
			description: `The ${rule.what} of the record that may be acted on; nothing is sent when it differs`,
		},
		maximumItemsField(show),
	],
	check: preSend(async function (options) {
		checkNumberOfItems(this);
		if (this.getNodeParameter(rule.switchName, true) !== true) return options;
		await compare(this, rule);
		return options;
	}),
});

/**
 * Refuses to start when more items came in than Maximum Items allows.
 *
 * @throws NodeOperationError before the first request
 */
export function checkNumberOfItems(context: IExecuteSingleFunctions): void {
	const maximum = Number(context.getNodeParameter('maximumItems', 5));
	const count = numberOfItems(context);
	if (!(count <= maximum)) {
		throw inputError(
			context,
			`${count} items came in, but Maximum Items is ${maximum}`,
			'Nothing was sent. Check what the node before this one matched, or raise Maximum Items.',
		);
	}
}

async function compare(context: IExecuteSingleFunctions, rule: Confirmation): Promise<void> {
	const given = String(context.getNodeParameter(rule.name, '') ?? '').trim();
	if (given === '') {
		throw inputError(
			context,
			`${rule.displayName} is empty`,
			`Nothing was sent. Enter the ${rule.what} of the record, or check the expression in the field.`,
		);
	}
	const { url, path, ids } = await fillPath(context, rule.path, (name) =>
		context.getNodeParameter(name),
	);
	const { body } = await send(context, { method: 'GET', url }, { path, ids });
	const actual = String((body as IDataObject)[rule.field] ?? '');
	if (actual === '' || rule.normalise(actual) !== rule.normalise(given)) {
		throw inputError(
			context,
			`${rule.displayName} does not match: the record has "${actual}", not "${given}"`,
			'Nothing was sent. Check that the node acts on the record you mean.',
		);
	}
}

/** Demands a device's serial number before something irreversible is done to it. */
export const confirmSerialNumber = confirmation({
	switchName: 'checkSerialNumber',
	switchDisplayName: 'Check Serial Number',
	name: 'confirmSerialNumber',
	displayName: 'Confirm Serial Number',
	placeholder: 'e.g. FVHHFKF7Q6L4',
	path: '/api/v1/devices/{{deviceId}}',
	field: 'serial_number',
	what: 'serial number',
	normalise: (text) => text.toUpperCase(),
});

/** Demands a blueprint's name before it is deleted. */
export const confirmBlueprintName = confirmation({
	switchName: 'checkBlueprintName',
	switchDisplayName: 'Check Blueprint Name',
	name: 'confirmBlueprintName',
	displayName: 'Confirm Blueprint Name',
	placeholder: 'e.g. Engineering Macs',
	path: '/api/v1/blueprints/{{blueprintId}}',
	field: 'name',
	what: 'name',
	normalise: (text) => text,
});

/** Demands the server name of an ADE integration before it is deleted. */
export const confirmServerName = confirmation({
	switchName: 'checkServerName',
	switchDisplayName: 'Check Server Name',
	name: 'confirmServerName',
	displayName: 'Confirm Server Name',
	placeholder: 'e.g. acme.kandji.io',
	path: '/api/v1/integrations/apple/ade/{{adeIntegrationId}}',
	field: 'server_name',
	what: 'server name',
	normalise: (text) => text,
});
