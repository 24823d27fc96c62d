import type { IHttpRequestMethods, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { PreSend } from '../../transport/routing/itemQueue';
import { deviceLocator } from './locators';

/**
 * The Device field of every operation on one device, except Device Note › Get Many. It is one property because
 * n8n evaluates a field of each item once for every property of that name, shown or not.
 */
export const deviceField: INodeProperties = deviceLocator(undefined, {
	displayOptions: {
		show: {
			resource: ['behavioralDetection', 'device', 'deviceAction', 'deviceNote', 'deviceSecret'],
		},
		hide: { operation: ['checkCompliance', 'count', 'find', 'getAll', 'syncFromTable', 'undo'] },
	},
});

/**
 * Makes the Dry Run field of every operation that writes, whatever its resource: no operation that reads has the
 * name of one that writes.
 *
 * @param operations the operation fields of all resources
 */
export const dryRunField = (operations: INodeProperties[]): INodeProperties => ({
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	displayOptions: {
		show: {
			operation: [
				...new Set(
					operations
						.flatMap(({ options }) => (options ?? []) as INodePropertyOptions[])
						.filter(({ routing }) => routing?.request?.method !== 'GET')
						.map(({ value }) => String(value))
						// It has a field of its own, which is on by default.
						.filter((value) => value !== 'syncFromTable'),
				),
			],
		},
	},
	description:
		'Whether to return what would be done, in a sentence and as the request, instead of doing it. Data needed for that is still read.',
});

/** If None Found of every operation that reads one record, whatever its resource. Those of the hidden ones have no record to name. */
export const ifNoneFoundField: INodeProperties = {
	displayName: 'If None Found',
	name: 'ifNoneFound',
	type: 'options',
	options: [
		{
			name: 'Return Item',
			value: 'returnItem',
			description: "Return an item with 'found' set to false and what was looked for",
		},
		{ name: 'Return Nothing', value: 'returnNothing', description: 'Return no item' },
		{ name: 'Throw Error', value: 'throwError', description: 'Fail the item' },
	],
	default: 'throwError',
	displayOptions: {
		show: {
			operation: [
				'find',
				'get',
				'getActivationLockBypassCode',
				'getDetails',
				'getEnrollmentProfile',
				'getExport',
				'getFileVaultKey',
				'getFullRecord',
				'getLostMode',
				'getRecoveryLockPassword',
				'getStatus',
				'getUnlockPin',
			],
		},
		hide: { resource: ['blueprintRouting', 'license'] },
	},
	description: 'What to do if the record does not exist. Any other problem still fails the item.',
};

/** Whether a request changes the user, blueprint, tags, asset tag or name of a device. */
const changesDevice = (method?: IHttpRequestMethods, url = ''): boolean =>
	(method === 'PATCH' && /^\/api\/v1\/devices\/\{\{\w+\}\}$/.test(url)) ||
	url.endsWith('/action/setname');

/**
 * Makes the Return Undo field of every operation that changes what Device › Undo can put back.
 *
 * @param operations the operation fields of all resources
 * @param refuse the pre-send that refuses what does not go with it
 */
export function returnUndoField(operations: INodeProperties[], refuse: PreSend): INodeProperties {
	const changing = operations.flatMap(({ displayOptions, options = [] }) =>
		(options as INodePropertyOptions[])
			.filter(
				({ value, routing }) =>
					// Offboard's own request deletes the user; it unassigns devices before.
					value === 'offboard' ||
					(value !== 'undo' && changesDevice(routing?.request?.method, routing?.request?.url)),
			)
			.map(({ value }) => ({ resource: displayOptions?.show?.resource?.[0], value })),
	);
	return {
		displayName: 'Return Undo',
		name: 'returnUndo',
		type: 'boolean',
		default: false,
		displayOptions: {
			show: {
				resource: [...new Set(changing.map(({ resource }) => resource!))],
				operation: [...new Set(changing.map(({ value }) => String(value)))],
			},
		},
		description:
			"Whether to add the values before the change to the output as 'undo', for Device › Undo. Reads each device right before its change.",
		routing: { send: { preSend: [refuse] } },
	};
}
