import { parseDate } from '../state/dates';
import { detail } from './errors';

type Row = Record<string, unknown>;
type Test = (value: unknown) => boolean;

/** Parses the `filter` parameter: a JSON object of field to `{operator: value}`. 400 when it is not one. */
export function parseFilter(source: unknown): Record<string, Record<string, unknown>> {
	let filter: unknown = source;
	if (typeof source === 'string') {
		try {
			filter = JSON.parse(source);
		} catch {
			throw detail(400, 'Invalid filter: not a JSON object.');
		}
	}
	const isObject = (value: unknown) =>
		typeof value === 'object' && value !== null && !Array.isArray(value);
	if (!isObject(filter) || !Object.values(filter as object).every(isObject)) {
		throw detail(400, 'Invalid filter: not a JSON object.');
	}
	return filter as Record<string, Record<string, unknown>>;
}

/** The rows that pass the filter. A field that no row has, or an unknown operator, is a 400. */
export function applyFilter<T extends Row>(
	rows: readonly T[],
	filter: Record<string, Record<string, unknown>>,
): T[] {
	const tests = Object.entries(filter).map(([field, conditions]) => {
		if (rows.length > 0 && !(field in rows[0]!))
			throw detail(400, `Invalid filter field: ${field}`);
		const test = all(conditions);
		return (row: T) => test(row[field]);
	});
	return rows.filter((row) => tests.every((test) => test(row)));
}

function all(conditions: Record<string, unknown>): Test {
	const tests = Object.entries(conditions).map(([operator, wanted]) => condition(operator, wanted));
	return (value) => tests.every((test) => test(value));
}

const asList = (wanted: unknown): string[] =>
	(Array.isArray(wanted) ? wanted : [wanted]).map((item) => String(item));

function condition(operator: string, wanted: unknown): Test {
	const listed = (value: unknown) => asList(wanted).includes(String(value));
	const contained = (value: unknown) =>
		asList(wanted).some((part) =>
			String(value ?? '')
				.toLowerCase()
				.includes(part.toLowerCase()),
		);
	const compared = (value: unknown) => compare(value, wanted);
	switch (operator) {
		case 'eq':
			return (value) => value === wanted;
		case 'in':
			return listed;
		case 'not_in':
			return (value) => !listed(value);
		case 'like':
			return contained;
		case 'not_like':
			return (value) => !contained(value);
		case 'lt':
			return (value) => compared(value) < 0;
		case 'lte':
			return (value) => compared(value) <= 0;
		case 'gt':
			return (value) => compared(value) > 0;
		case 'gte':
			return (value) => compared(value) >= 0;
		case 'or': {
			const choices = (wanted as Array<Record<string, unknown>>).map(all);
			return (value) => choices.some((choice) => choice(value));
		}
		default:
			throw detail(400, `Invalid filter operator: ${operator}`);
	}
}

// NaN, which fails every comparison, where either side is neither number nor date.
function compare(value: unknown, wanted: unknown): number {
	const number = (side: unknown) =>
		typeof side === 'number' ? side : typeof side === 'string' ? parseDate(side) : NaN;
	return number(value) - number(wanted);
}

/** Sorts rows by a field of theirs, `-` reverses; null comes first. A field that no row has is a 400. */
export function sortBy<T extends Row>(rows: readonly T[], order: string): T[] {
	const field = order.replace(/^-/, '');
	if (rows.length > 0 && !(field in rows[0]!)) throw detail(400, `Invalid sort_by: ${field}`);
	const sign = order.startsWith('-') ? -1 : 1;
	return [...rows].sort((a, b) => {
		const [left, right] = [a[field] ?? '', b[field] ?? ''];
		return left < right ? -sign : left > right ? sign : 0;
	});
}
