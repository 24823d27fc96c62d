import type {
	INodeParameters,
	INodeProperties,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

/** One operation of the built node, with its resource. */
export interface Operation {
	resource: INodePropertyOptions;
	operation: INodePropertyOptions;
	parameters: INodeParameters;
}

const optionsOf = (property: INodeProperties | undefined): INodePropertyOptions[] =>
	(property?.options ?? []) as INodePropertyOptions[];

/** Properties that the editor shows for the given parameters. */
export const displayed = (
	description: INodeTypeDescription,
	parameters: INodeParameters,
): INodeProperties[] =>
	description.properties.filter((property) =>
		NodeHelpers.displayParameter(
			parameters,
			property,
			{ typeVersion: description.version as number },
			description,
		),
	);

/** Every operation of the description, in the order of the editor. */
export function operationsOf(description: INodeTypeDescription): Operation[] {
	const resources = description.properties.find(({ name }) => name === 'resource');
	return optionsOf(resources).flatMap((resource) => {
		const operations = displayed(description, { resource: resource.value as string }).find(
			({ name }) => name === 'operation',
		);
		return optionsOf(operations).map((operation) => ({
			resource,
			operation,
			parameters: { resource: resource.value, operation: operation.value } as INodeParameters,
		}));
	});
}

/** The parameters with every default filled in, as the editor has them before the user types. */
export function withDefaults(
	description: INodeTypeDescription,
	parameters: INodeParameters,
): INodeParameters {
	return (
		NodeHelpers.getNodeParameters(
			description.properties,
			parameters,
			true,
			false,
			{ typeVersion: description.version as number },
			description,
		) ?? {}
	);
}
