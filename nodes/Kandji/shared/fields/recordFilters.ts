import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { acceptsList } from '../../transport/routing/fieldChecks';
import { entriesOf } from './commaList';

/** A filter that a record passes or not once it was read: its field in the editor, and the field of the record that it is compared with. */
export interface RecordFilter {
	property: INodeProperties;
	field: string;
	/** `equals`: one of the filter's values, not case-sensitive; `minimum`: at least the filter's number. */
	comparison: 'equals' | 'minimum';
}

/** Makes a filter for texts separated by commas. */
export const textFilter = (
	displayName: string,
	name: string,
	field: string,
	placeholder: string,
	description: string,
): RecordFilter => ({
	property: acceptsList({
		displayName,
		name,
		type: 'string',
		default: '',
		placeholder,
		description,
	}),
	field,
	comparison: 'equals',
});

/** Makes a filter for values from a list. */
export const choiceFilter = (
	displayName: string,
	name: string,
	field: string,
	description: string,
	options: Array<[name: string, value: string]>,
): RecordFilter => ({
	property: {
		displayName,
		name,
		type: 'multiOptions',
		options: options.map(([label, value]) => ({ name: label, value })),
		default: [],
		description,
	},
	field,
	comparison: 'equals',
});

const lower = (value: unknown): string => String(value ?? '').toLowerCase();

/** A number, or text that is one; undefined for everything else, such as a score that is not known yet. */
const numberOf = (value: unknown): number | undefined =>
	typeof value === 'number' || (typeof value === 'string' && value.trim() !== '')
		? Number(value)
		: undefined;

/** Whether a record passes all filters that are set. */
export function passesFilters(
	filters: RecordFilter[],
	values: IDataObject,
): (record: Record<string, unknown>) => boolean {
	const tests = filters
		.filter(({ property }) => values[property.name] !== undefined)
		.map(({ property, field, comparison }) => {
			const value = values[property.name];
			if (comparison === 'minimum') {
				const minimum = Number(value);
				return (record: Record<string, unknown>) => (numberOf(record[field]) ?? NaN) >= minimum;
			}
			const wanted = new Set(entriesOf(value).map(lower));
			return (record: Record<string, unknown>) => wanted.has(lower(record[field]));
		});
	return (record) => tests.every((test) => test(record));
}
