import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { byDisplayName } from './locators';

/** Operations by their resource. */
export type OperationsByResource = Record<string, string[]>;

/** An option that several operations have. */
export interface SharedOption {
	option: INodeProperties;
	operations: OperationsByResource;
}

/** Whether a field has a name, and an operation shows it. */
export const isFieldOf = (
	{ name, displayOptions: { show = {} } = {} }: INodeProperties,
	wanted: string,
	resource: string,
	operation: string,
): boolean =>
	name === wanted &&
	show.resource?.includes(resource) === true &&
	show.operation?.includes(operation) === true;

/** Operations that get the same Options. */
interface Group {
	key: string;
	options: INodeProperties[];
	resources: Set<string>;
	operations: Set<string>;
}

/**
 * Adds options to the Options of their operations. Operations without Options get a field, and share it where they can:
 * n8n evaluates a field of each item once for every property of its name, shown or not.
 *
 * @param operations the operation fields of all resources
 */
export function withOptions(
	fields: INodeProperties[],
	operations: INodeProperties[],
	shared: SharedOption[],
): INodeProperties[] {
	const optionsOf = (resource: string, operation: string) =>
		shared
			.filter((entry) => entry.operations[resource]?.includes(operation) === true)
			.map(({ option }) => option)
			.sort(byDisplayName);
	const extended = fields.map((field) => {
		if (field.name !== 'options') return field;
		const { resource = [], operation = [] } = field.displayOptions?.show ?? {};
		const added = optionsOf(String(resource[0]), String(operation[0]));
		const options = [...((field.options ?? []) as INodeProperties[]), ...added];
		return added.length === 0 ? field : { ...field, options: options.sort(byDisplayName) };
	});

	const all = operations.flatMap(({ displayOptions, options = [] }) =>
		(options as INodePropertyOptions[]).map(({ value }) => {
			const resource = String(displayOptions?.show?.resource?.[0]);
			const operation = String(value);
			const toAdd = optionsOf(resource, operation);
			const hasField = fields.some((field) => isFieldOf(field, 'options', resource, operation));
			const missing = hasField ? [] : toAdd;
			return { resource, operation, options: missing, key: JSON.stringify(missing) };
		}),
	);
	const groups: Group[] = [];
	for (const { resource, operation, options, key } of all) {
		if (options.length === 0) continue;
		const group = groups.find(
			({ key: sameKey, resources, operations: names }) =>
				sameKey === key &&
				all.every((other) => {
					const isShown =
						(other.resource === resource || resources.has(other.resource)) &&
						(other.operation === operation || names.has(other.operation));
					return !isShown || other.key === key;
				}),
		);
		group?.resources.add(resource);
		group?.operations.add(operation);
		if (group !== undefined) continue;
		groups.push({
			key,
			options,
			resources: new Set([resource]),
			operations: new Set([operation]),
		});
	}
	return [
		...extended,
		...groups.map(({ options, resources, operations: names }): INodeProperties => ({
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options,
			displayOptions: { show: { resource: [...resources], operation: [...names] } },
		})),
	];
}
