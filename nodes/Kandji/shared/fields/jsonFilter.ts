import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { ApiContext } from '../../transport/http/context';
import { inputError } from '../../transport/http/errors';
import { isBlankFilter } from '../../transport/routing/fieldChecks';

/**
 * Makes the Filter field: conditions as a JSON object.
 *
 * @param example a complete filter, as JSON
 * @param fields the fields to filter by; left out where those are all fields of the rows
 */
export const jsonFilterField = (example: string, fields?: string[]): INodeProperties => ({
	displayName: 'Filter',
	name: 'filter',
	type: 'json',
	default: '{}',
	placeholder: `e.g. ${example}`,
	description: `JSON object of conditions that must all match, such as <code>${example}</code>. ${
		fields === undefined
			? 'Use the field names that the operation returns with Simplify turned off.'
			: `Available fields: ${fields.join(', ')}.`
	} Operators: eq for booleans; in, not_in, like and not_like for lists of texts; lt, lte, gt and gte for numbers and dates.`,
});

function parsed(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value === '' ? '{}' : value);
	} catch {
		return undefined;
	}
}

/** Most objects and lists inside each other: the API's conditions have three. */
const maxDepth = 10;

/**
 * Where a filter has nothing to compare with, such as `name.in` for `{"name": {"in": []}}`; undefined when all of it
 * has. The API ignores such a condition.
 */
function blankPath(value: unknown, depth = 0): string[] | undefined {
	if (isBlankFilter(value) || depth > maxDepth) return [];
	if (typeof value !== 'object') return undefined;
	for (const [key, inner] of Object.entries(value as object)) {
		const path = blankPath(inner, depth + 1);
		if (path !== undefined) return [key, ...path];
	}
	return undefined;
}

/**
 * The value of the Filter field, which is text or an expression's object.
 *
 * @throws NodeOperationError when it is not a JSON object, or has a condition without a value, which would match everything
 */
export function filterOf(context: ApiContext, value: unknown): IDataObject {
	const filter = parsed(value ?? '');
	if (typeof filter !== 'object' || filter === null || Array.isArray(filter)) {
		throw inputError(
			context,
			'Filter is not a JSON object',
			'Nothing was sent. Enter conditions such as {"serial_number": {"in": ["FVHHFKF7Q6L4"]}}, with double quotes around names and texts.',
		);
	}
	const blank = blankPath(filter);
	if (blank !== undefined) {
		throw inputError(
			context,
			blank.length === 0
				? 'Filter is empty'
				: `Filter is empty at "${blank.join('.').slice(0, 80)}"`,
			'Nothing was sent, because an empty filter would match everything. Remove the filter, or check its expression.',
		);
	}
	return filter as IDataObject;
}
