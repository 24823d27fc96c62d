import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { byDisplayName } from './locators';

/** Operations by their resource. */
export type OperationsByResource = Record<string, string[]>;

/** An option that several operations have. */
export interface SharedOption {
	option: INodeProperties;
	operations: OperationsByResource;
}

const isOptionsOf = (
	{ name, displayOptions }: INodeProperties,
	resource: string,
	operation: string,
): boolean =>
	name === 'options' &&
	displayOptions?.show?.resource?.includes(resource) === true &&
	displayOptions.show.operation?.includes(operation) === true;

const optionsField = (options: INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options,
});

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
			const hasField = fields.some((field) => isOptionsOf(field, resource, operation));
			const key = toAdd.length === 0 || hasField ? undefined : JSON.stringify(toAdd);
			return { resource, operation, key };
		}),
	);
	const added: Array<{ key: string; resources: Set<string>; operations: Set<string> }> = [];
	for (const { resource, operation, key } of all) {
		if (key === undefined) continue;
		const fits = (group: (typeof added)[number]): boolean =>
			group.key === key &&
			all.every((other) => {
				const isShown =
					(other.resource === resource || group.resources.has(other.resource)) &&
					(other.operation === operation || group.operations.has(other.operation));
				return !isShown || other.key === key;
			});
		const group = added.find(fits);
		group?.resources.add(resource);
		group?.operations.add(operation);
		if (group === undefined) {
			added.push({ key, resources: new Set([resource]), operations: new Set([operation]) });
		}
	}
	return [
		...extended,
		...added.map(({ key, resources, operations: names }): INodeProperties => ({
			...optionsField(JSON.parse(key) as INodeProperties[]),
			displayOptions: { show: { resource: [...resources], operation: [...names] } },
		})),
	];
}
