import type { IDataObject, IExecutePaginationFunctions, INodeProperties } from 'n8n-workflow';
import { deepCopy } from 'n8n-workflow';

import { simplify } from '../../shared/fields/output';
import { asAbsence } from '../../transport/http/absence';
import { inputError } from '../../transport/http/errors';
import { listEndpoints, listAll } from '../../transport/lists/listAll';
import { receive } from '../../transport/routing/singleRequest';
import { inItemOrder, setWords } from '../../transport/routing/itemQueue';
import type { Lookup } from '../../transport/routing/lookups';
import { lookups, recordsCalled } from '../../transport/routing/lookups';
import {
	byName,
	currentRecord,
	describeDevices,
	isPresent,
} from '../../transport/routing/matching';
import { timeOf } from '../../shared/time';
import { simplifiedDevice, usualDeviceFields } from './simplified';

const showOnlyForDeviceFind = { resource: ['device'], operation: ['find'] };

const known: Record<string, Lookup> = {
	assetTag: {
		...lookups.device.name,
		...byName('asset_tag', ({ asset_tag: assetTag }) => assetTag),
		what: 'asset tag',
	},
	deviceName: lookups.device.name,
	serialNumber: lookups.device.serial,
	userEmail: lookups.device.email,
};

/**
 * A full MAC address in the API's form. Its filter means "contains", and the records of the list do not have the
 * address to compare: only a full one finds the right device.
 */
function wholeMacAddress(context: IExecutePaginationFunctions, text: string): string {
	const digits = text.replace(/[:.\-\s]/g, '').toLowerCase();
	if (/^[0-9a-f]{12}$/.test(digits)) return digits.match(/../g)!.join(':');
	throw inputError(
		context,
		`Value is not a valid MAC address: "${text.slice(0, 80)}"`,
		'Nothing was sent. Enter all 12 digits, such as 00:0c:29:05:43:b6.',
	);
}

/** Orders devices: those that are present before removed and missing ones, then by last check-in, the latest first. */
const byRecency = (one: IDataObject, other: IDataObject): number =>
	Number(isPresent(other)) - Number(isPresent(one)) ||
	(timeOf(other.last_check_in) ?? 0) - (timeOf(one.last_check_in) ?? 0);

/**
 * Most of the API's filters mean "contains", so the results are compared for equality. The list of all devices is read
 * once when many items find one.
 */
export const findDevice = inItemOrder(async function (requestData) {
	const by = String(this.getNodeParameter('findBy'));
	const value = String(this.getNodeParameter('value')).trim();
	const lookup = known[by];
	setWords(this, async () => ({ [lookup?.filter ?? 'mac_address']: value }));
	const matching =
		lookup === undefined
			? await listAll(
					this,
					'/api/v1/devices',
					{ mac_address: wholeMacAddress(this, value) },
					listEndpoints.devices,
				)
			: deepCopy(await recordsCalled(this, lookup, value));
	const current = by === 'serialNumber' ? currentRecord(matching) : undefined;
	const found = current === undefined ? matching : [current];
	if (found.length === 0) {
		throw asAbsence(
			inputError(
				this,
				`No device found for "${value.slice(0, 80)}"`,
				'Value has to match exactly. It is not case-sensitive.',
			),
		);
	}
	const severalFound = this.getNodeParameter('ifSeveralFound');
	if (found.length > 1 && severalFound === 'throwError') {
		throw inputError(
			this,
			`Found ${found.length} devices for "${value.slice(0, 80)}"`,
			`They are ${describeDevices(found)}.`,
		);
	}
	const kept = severalFound === 'returnFirst' ? [...found].sort(byRecency).slice(0, 1) : found;
	const items = kept.map((json) => ({ json }));
	return await receive(this, requestData, { body: found, headers: {}, statusCode: 200 }, items);
});

export const deviceFindDescription: INodeProperties[] = [
	{
		displayName: 'Find By',
		name: 'findBy',
		type: 'options',
		options: [
			{ name: 'Asset Tag', value: 'assetTag' },
			{ name: 'Device Name', value: 'deviceName' },
			{ name: 'MAC Address', value: 'macAddress' },
			{ name: 'Serial Number', value: 'serialNumber' },
			{ name: 'User Email', value: 'userEmail' },
		],
		default: 'serialNumber',
		displayOptions: { show: showOnlyForDeviceFind },
		description: 'The field to search',
	},
	{
		displayName: 'Value',
		name: 'value',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. FVHHFKF7Q6L4',
		displayOptions: { show: showOnlyForDeviceFind },
		description:
			'Exact match, not case-sensitive. If a serial number has several records, the one that is neither removed nor missing is found.',
	},
	{
		displayName: 'If Several Found',
		name: 'ifSeveralFound',
		type: 'options',
		options: [
			{ name: 'Return All', value: 'returnAll', description: 'Return an item for each device' },
			{
				name: 'Return First',
				value: 'returnFirst',
				description: 'Return only the device that checked in last',
			},
			{
				name: 'Throw Error',
				value: 'throwError',
				description: 'Fail the item and list the devices',
			},
		],
		default: 'returnAll',
		displayOptions: { show: showOnlyForDeviceFind },
		description: 'What to do if more than one device matches',
	},
	...simplify(showOnlyForDeviceFind, simplifiedDevice, usualDeviceFields),
];
