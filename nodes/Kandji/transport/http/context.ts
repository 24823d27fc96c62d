import type {
	IExecutePaginationFunctions,
	IExecuteSingleFunctions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';

/** Everything in n8n that this package sends requests for: a node's item, a picker, a trigger's poll. */
export type ApiContext =
	IExecuteSingleFunctions | IExecutePaginationFunctions | ILoadOptionsFunctions | IPollFunctions;

/** The item that a context works on; undefined for pickers and polls, which have none. */
export const itemIndexOf = (context: ApiContext): number | undefined =>
	'getItemIndex' in context ? context.getItemIndex() : undefined;

const titleCase = (camelCase: string): string =>
	camelCase.charAt(0).toUpperCase() + camelCase.slice(1).replace(/([A-Z])/g, ' $1');

/** What the user chose, as the editor shows it: "Device Action › Lock"; empty for pickers. */
export function operationTitle(context: ApiContext): string {
	if (!('getItemIndex' in context)) return '';
	const resource = context.getNodeParameter('resource', '');
	const operation = context.getNodeParameter('operation', '');
	if (typeof resource !== 'string' || typeof operation !== 'string') return '';
	return `${titleCase(resource)} › ${operation === 'getAll' ? 'Get Many' : titleCase(operation)}`;
}
