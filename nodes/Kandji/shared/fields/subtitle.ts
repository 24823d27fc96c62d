import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

const optionsOf = ({ options }: INodeProperties): INodePropertyOptions[] =>
	(options ?? []) as INodePropertyOptions[];

const titleOf = (value: string): string =>
	value === 'getAll'
		? 'Get Many'
		: value.charAt(0).toUpperCase() + value.slice(1).replace(/([A-Z])/g, ' $1');

/**
 * Makes the node's subtitle on the canvas, such as "Get Many: Device". Its expression sees only the values of
 * parameters, so it carries the display names that are more than the value in title case.
 *
 * @param operations the operation fields of all resources
 */
export function subtitle(resource: INodeProperties, operations: INodeProperties[]): string {
	const options = [
		...optionsOf(resource).map((option) => ({ ...option, key: String(option.value) })),
		...operations.flatMap((operation) =>
			optionsOf(operation).map((option) => ({
				...option,
				key: `${operation.displayOptions?.show?.resource?.join() ?? ''}.${option.value}`,
			})),
		),
	];
	const names = Object.fromEntries(
		options
			.filter(({ name, value }) => name !== titleOf(String(value)))
			.map(({ key, name }) => [key, name]),
	);
	return `={{ [[$parameter["resource"] + "." + $parameter["operation"], $parameter["operation"]], [$parameter["resource"], $parameter["resource"]]].map((part) => (${JSON.stringify(names)})[part[0]] ?? (part[1] === "getAll" ? "Get Many" : part[1].charAt(0).toUpperCase() + part[1].slice(1).replace(/([A-Z])/g, " $1"))).join(": ") }}`;
}
