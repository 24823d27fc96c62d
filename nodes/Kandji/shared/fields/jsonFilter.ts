import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { ApiContext } from '../../transport/http/context';
import { inputError } from '../../transport/http/errors';
import type { PreSend } from '../../transport/routing/itemQueue';
import { preSend } from '../../transport/routing/itemQueue';

/**
 * Makes the Filter field: conditions as a JSON object.
 *
 * @param example a whole filter, as JSON
 * @param fields says which fields it may name
 */
export const jsonFilterField = (example: string, fields: string): INodeProperties => ({
	displayName: 'Filter',
	name: 'filter',
	type: 'json',
	default: '{}',
	placeholder: `e.g. ${example}`,
	description: `Conditions that all have to hold, as a JSON object such as <code>${example}</code>. ${fields} Operators: "eq" for yes or no; "in", "not_in", "like", "not_like" with a list of texts; "lt", "lte", "gt", "gte" for numbers and dates.`,
});

function parsed(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value === '' ? '{}' : value);
	} catch {
		return undefined;
	}
}

/**
 * The object that the Filter field holds, as text or from an expression.
 *
 * @throws NodeOperationError when it is not a JSON object, or one without conditions, which would match everything
 */
export function filterOf(context: ApiContext, value: unknown): IDataObject {
	const filter = parsed(value ?? '');
	if (typeof filter !== 'object' || filter === null || Array.isArray(filter)) {
		throw inputError(
			context,
			'Filter is not a JSON object',
			'Nothing was sent. Write conditions such as {"serial_number": {"in": ["FVHHFKF7Q6L4"]}}, with double quotes around names and texts.',
		);
	}
	if (Object.keys(filter).length === 0) {
		throw inputError(
			context,
			'Filter is empty',
			'Nothing was sent: without conditions it would match everything. Remove the filter, or check its expression.',
		);
	}
	return filter as IDataObject;
}

/** Pre-send that checks Filter among the filters and puts it into the query. */
export const sendJsonFilter: PreSend = preSend(async function (options) {
	const filters = this.getNodeParameter('filters', {}) as IDataObject;
	if (!('filter' in filters)) return options;
	const filter = JSON.stringify(filterOf(this, filters.filter));
	return { ...options, qs: { ...options.qs, filter } };
});
