import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

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
		hide: { operation: ['checkCompliance', 'find', 'getAll', 'syncFromTable'] },
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
		'Whether to return the request instead of sending it. Data needed to build it is still read.',
});
