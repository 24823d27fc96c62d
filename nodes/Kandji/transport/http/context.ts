import type {
	IExecutePaginationFunctions,
	IExecuteSingleFunctions,
	ILoadOptionsFunctions,
	INode,
	INodeProperties,
	IPollFunctions,
} from 'n8n-workflow';

/** Everything in n8n that this package sends requests for: a node's item, a picker, a trigger's poll. */
export type ApiContext =
	IExecuteSingleFunctions | IExecutePaginationFunctions | ILoadOptionsFunctions | IPollFunctions;

/** The item that a context works on; undefined for pickers and polls, which have none. */
export const itemIndexOf = (context: ApiContext): number | undefined =>
	'getItemIndex' in context ? context.getItemIndex() : undefined;

/**
 * The node as an error carries it. n8n stores and logs the node with its error, so of its fields, which may hold a PIN,
 * only resource and operation are left.
 */
export function nodeOf(context: ApiContext): INode {
	const { parameters, ...node } = context.getNode();
	const kept = Object.entries(parameters ?? {}).filter(
		([name, value]) => ['resource', 'operation'].includes(name) && typeof value === 'string',
	);
	return { ...node, parameters: Object.fromEntries(kept) };
}

let form: INodeProperties[] = [];

/** Takes the node's properties, so that errors call an operation what the form calls it. */
export function useNamesOf(properties: INodeProperties[]): void {
	form = properties;
}

const nameOf = (property: INodeProperties | undefined, value: string): string =>
	property?.options?.find((option) => 'value' in option && option.value === value)?.name ?? value;

/** What the user chose, as the form shows it: "In-House App › Get Many"; empty for pickers and polls. */
export function operationTitle(context: ApiContext): string {
	if (!('getItemIndex' in context)) return '';
	const resource = context.getNodeParameter('resource', '');
	const operation = context.getNodeParameter('operation', '');
	if (typeof resource !== 'string' || typeof operation !== 'string') return '';
	const resources = form.find(({ name }) => name === 'resource');
	const operations = form.find(
		({ name, displayOptions }) =>
			name === 'operation' && displayOptions?.show?.resource?.includes(resource),
	);
	return `${nameOf(resources, resource)} › ${nameOf(operations, operation)}`;
}
