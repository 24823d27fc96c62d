import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { deviceLocator } from './locators';

/**
 * The Device field of every operation that works on one device, save Device Note › Get Many. It is one property
 * because n8n evaluates a field of each item anew for every property of its name, shown or not.
 */
export const deviceField: INodeProperties = deviceLocator(undefined, {
	displayOptions: {
		show: {
			resource: ['behavioralDetection', 'device', 'deviceAction', 'deviceNote', 'deviceSecret'],
		},
		hide: { operation: ['find', 'getAll'] },
	},
});

/**
 * Makes the fields that every operation of its kind has, whatever the resource: Dry Run for those that write,
 * Redact Personal Data for those that read. The names of operations that write are never those of operations that
 * read.
 *
 * @param operations the operation fields of all resources
 */
export function commonFields(operations: INodeProperties[]): INodeProperties[] {
	const options = operations.flatMap(
		(property) => (property.options ?? []) as INodePropertyOptions[],
	);
	const named = (reads: boolean) => [
		...new Set(
			options
				.filter(({ routing }) => (routing?.request?.method === 'GET') === reads)
				.map(({ value }) => String(value)),
		),
	];
	return [
		{
			displayName: 'Dry Run',
			name: 'dryRun',
			type: 'boolean',
			default: false,
			displayOptions: { show: { operation: named(false) } },
			description:
				'Whether to return the request that would be sent instead of sending it. Records that it depends on are read all the same.',
		},
		{
			displayName: 'Redact Personal Data',
			name: 'redactPersonalData',
			type: 'boolean',
			default: false,
			displayOptions: { show: { operation: named(true) } },
			description:
				'Whether to mask names of people, device names and e-mail addresses in the output',
		},
	];
}
