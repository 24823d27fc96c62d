import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** Names of the operations that write, found by the method of their requests. */
function writesOf(properties: INodeProperties[]): string[] {
	const operations = properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options }) => (options ?? []) as INodePropertyOptions[]);
	const writes = operations.filter(({ routing }) => routing?.request?.method !== 'GET');
	return [...new Set(writes.map(({ value }) => String(value)))];
}

/**
 * Makes the Dry Run field, shown for every operation among `properties` that writes.
 *
 * The names of operations that write are never those of operations that read, whatever the resource.
 */
export const dryRun = (properties: INodeProperties[]): INodeProperties => ({
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	displayOptions: { show: { operation: writesOf(properties) } },
	description:
		'Whether to return the request that would be sent instead of sending it. Records that it depends on are read all the same.',
});
