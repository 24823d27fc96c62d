import type {
	IExecutePaginationFunctions,
	IExecuteSingleFunctions,
	ILoadOptionsFunctions,
	INode,
	INodeProperties,
	INodePropertyOptions,
	IPollFunctions,
} from 'n8n-workflow';

import type { Urgency } from './fairQueue';

/** Everything in n8n that this package sends requests for: a node's item, a picker, a trigger's poll. */
export type ApiContext =
	IExecuteSingleFunctions | IExecutePaginationFunctions | ILoadOptionsFunctions | IPollFunctions;

/** The item that a context works on; undefined for pickers and polls, which have none. */
export const itemIndexOf = (context: ApiContext): number | undefined =>
	'getItemIndex' in context ? context.getItemIndex() : undefined;

/** Whether the node is a tool of an AI agent or an MCP server: n8n makes the type `kandjiTool` of the node for that. */
export const isTool = (context: ApiContext): boolean => /Tool$/.test(context.getNode().type);

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

/** How urgent the requests of an item are; an entry lives as long as the context. */
const itemUrgencies = new WeakMap<object, Urgency>();

/** Sets how urgent the requests are that leave with `context`, or with one that is derived from it. */
export function setUrgency(context: ApiContext, urgency: Urgency): void {
	itemUrgencies.set(context, urgency);
}

/** How urgent the requests of a context are: as set for it or for what it is derived from, else those of a poll. */
export function urgencyOf(context: ApiContext): Urgency {
	for (let object: object | null = context; object; object = Object.getPrototypeOf(object)) {
		const urgency = itemUrgencies.get(object);
		if (urgency !== undefined) return urgency;
	}
	return 'poll';
}

/**
 * Whose requests they are: the execute data, which n8n shares between all items of one run of a node; pickers and polls
 * have a context of their own.
 */
export const ownerOf = (context: ApiContext): object =>
	'getExecuteData' in context ? context.getExecuteData() : context;

let form: INodeProperties[] = [];

/** Takes the node's properties, so that errors and hints call operations and fields what the form calls them. */
export function useForm(properties: INodeProperties[]): void {
	form = properties;
}

const isFor = (chosen: string, allowed: unknown): boolean =>
	!Array.isArray(allowed) || allowed.includes(chosen);

/** The fields that an operation may show; which of them it shows depends on other fields. */
export const fieldsOf = (resource: string, operation: string): INodeProperties[] =>
	form.filter(
		({ displayOptions: { show = {} } = {} }) =>
			isFor(resource, show.resource) && isFor(operation, show.operation),
	);

const optionsOf = (property: INodeProperties | undefined): INodePropertyOptions[] =>
	(property?.options ?? []) as INodePropertyOptions[];

/** The operation that the user chose, as the form has it; undefined for pickers and polls. */
export function operationOf(context: ApiContext): INodePropertyOptions | undefined {
	if (!('getItemIndex' in context)) return undefined;
	const resource = context.getNodeParameter('resource', '');
	const operation = context.getNodeParameter('operation', '');
	const operations = form.find(
		({ name, displayOptions }) =>
			name === 'operation' && displayOptions?.show?.resource?.includes(resource as string),
	);
	return optionsOf(operations).find(({ value }) => value === operation);
}

/** What the user chose, as the form shows it: "In-House App › Get Many"; empty for pickers and polls. */
export function operationTitle(context: ApiContext): string {
	if (!('getItemIndex' in context)) return '';
	const resource = context.getNodeParameter('resource', '');
	const operation = context.getNodeParameter('operation', '');
	if (typeof resource !== 'string' || typeof operation !== 'string') return '';
	const resources = optionsOf(form.find(({ name }) => name === 'resource'));
	const shown = resources.find(({ value }) => value === resource)?.name ?? resource;
	return `${shown} › ${operationOf(context)?.name ?? operation}`;
}
