import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/**
 * Makes the fields that every operation of its kind has, whatever the resource: Dry Run for those that write,
 * Redact Personal Data for those that read. The names of operations that write are never those of operations that
 * read.
 *
 * @param properties the operations of all resources
 */
export function commonFields(properties: INodeProperties[]): INodeProperties[] {
	const operations = properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options }) => (options ?? []) as INodePropertyOptions[]);
	const named = (reads: boolean) => [
		...new Set(
			operations
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
