import type { IDataObject, IExecutePaginationFunctions, INodeProperties } from 'n8n-workflow';

import { simplify } from '../../shared/fields/output';
import { inputError } from '../../transport/http/errors';
import { listEndpoints, listAll } from '../../transport/lists/listAll';
import { receive } from '../../transport/routing/singleRequest';
import { inItemOrder } from '../../transport/routing/itemQueue';
import { simplifiedDevice } from './simplified';

const showOnlyForDeviceFind = { resource: ['device'], operation: ['find'] };

const textOf = (value: unknown): string => String(value ?? '').toLowerCase();

/** The API's filter for each way to find a device, and the field that must then be equal, if a record shows it. */
const finders: Record<string, { query: string; actual?: (device: IDataObject) => unknown }> = {
	assetTag: { query: 'asset_tag', actual: (device) => device.asset_tag },
	email: {
		query: 'user_email',
		actual: ({ user }) => (typeof user === 'object' ? (user as IDataObject | null)?.email : ''),
	},
	macAddress: { query: 'mac_address' },
	name: { query: 'device_name', actual: (device) => device.device_name },
	serialNumber: { query: 'serial_number', actual: (device) => device.serial_number },
};

/**
 * A whole MAC address in the form that the API stores. Its filter means "contains" and no record of the list
 * shows the address: only with a whole one is what it finds the device that was meant.
 */
function wholeMacAddress(context: IExecutePaginationFunctions, text: string): string {
	const digits = text.replace(/[:.\-\s]/g, '').toLowerCase();
	if (/^[0-9a-f]{12}$/.test(digits)) return digits.match(/../g)!.join(':');
	throw inputError(
		context,
		`Value is not a MAC address: "${text.slice(0, 80)}"`,
		'Nothing was sent. Enter all twelve digits, such as 00:0c:29:05:43:b6.',
	);
}

/** Most filters of the API mean "contains": what it finds is compared for equality here. */
export const findDevice = inItemOrder(async function (requestData) {
	const by = String(this.getNodeParameter('findBy'));
	const value = String(this.getNodeParameter('value', '') ?? '').trim();
	const finder = finders[by];
	if (finder === undefined || value === '') {
		throw inputError(
			this,
			'Value is empty',
			'Nothing was sent. Enter what to look for, or check the expression in the field.',
		);
	}
	const { query, actual } = finder;
	const wanted = by === 'macAddress' ? wholeMacAddress(this, value) : value;
	const candidates = await listAll(
		this,
		'/api/v1/devices',
		{ [query]: wanted },
		listEndpoints.devices,
	);
	const found =
		actual === undefined
			? candidates
			: candidates.filter((device) => textOf(actual(device)) === textOf(value));
	if (found.length === 0) {
		switch (this.getNodeParameter('ifNoneFound')) {
			case 'item':
				return [{ json: { found: false, [query]: value } }];
			case 'error':
				throw inputError(
					this,
					`No device was found for "${value.slice(0, 80)}"`,
					'Values are compared as a whole; capitals do not matter.',
				);
			default:
				return [];
		}
	}
	const severalFound = this.getNodeParameter('ifSeveralFound');
	if (found.length > 1 && severalFound === 'error') {
		throw inputError(
			this,
			`${found.length} devices were found for "${value.slice(0, 80)}"`,
			`Their serial numbers: ${found.map((device) => String(device.serial_number)).join(', ')}.`,
		);
	}
	const kept = severalFound === 'first' ? found.slice(0, 1) : found;
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
			{ name: 'Device Name', value: 'name' },
			{ name: 'MAC Address', value: 'macAddress' },
			{ name: 'Serial Number', value: 'serialNumber' },
			{ name: 'User Email', value: 'email' },
		],
		default: 'serialNumber',
		displayOptions: { show: showOnlyForDeviceFind },
		description: 'What to look for',
	},
	{
		displayName: 'Value',
		name: 'value',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. FVHHFKF7Q6L4',
		displayOptions: { show: showOnlyForDeviceFind },
		description: 'The whole value; capitals do not matter',
	},
	{
		displayName: 'If None Found',
		name: 'ifNoneFound',
		type: 'options',
		options: [
			{ name: 'Fail', value: 'error', description: 'Stop with an error' },
			{ name: 'Return an Item', value: 'item', description: 'Return an item with found: false' },
			{ name: 'Return Nothing', value: 'nothing', description: 'Return no item' },
		],
		default: 'nothing',
		displayOptions: { show: showOnlyForDeviceFind },
	},
	{
		displayName: 'If Several Found',
		name: 'ifSeveralFound',
		type: 'options',
		options: [
			{ name: 'Fail', value: 'error', description: 'Stop with an error that names them' },
			{ name: 'Return All', value: 'all', description: 'Return an item for each' },
			{ name: 'Return the First', value: 'first', description: 'Return only the first' },
		],
		default: 'all',
		displayOptions: { show: showOnlyForDeviceFind },
	},
	simplify(showOnlyForDeviceFind, simplifiedDevice),
];
