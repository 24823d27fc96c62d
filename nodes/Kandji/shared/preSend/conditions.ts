import type {
	IDataObject,
	IExecutePaginationFunctions,
	IExecuteSingleFunctions,
} from 'n8n-workflow';

import { inputError } from '../../transport/http/errors';
import type { PreSend } from '../../transport/routing/itemQueue';
import { preSend } from '../../transport/routing/itemQueue';
import type { Narrowing } from '../../transport/routing/paging';
import { entriesOf } from '../fields/commaList';
import type { ConditionFields, Operator, OperatorName } from '../fields/conditions';
import { labelOf, operatorEntries, operators } from '../fields/conditions';
import { filterOf } from '../fields/jsonFilter';
import { isVersionAtLeast } from '../versions';
import { dateOf } from './dates';

/** One condition, ready to be sent or to be tested. */
interface Condition {
	field: string;
	sent?: { operator: string; value: unknown };
	passes?: (record: IDataObject) => boolean;
}

function readCondition(
	context: IExecuteSingleFunctions,
	row: IDataObject,
	fields: ConditionFields,
): Condition {
	const field = String(row.field ?? '').trim();
	const operator = (row.operator ?? 'contains') as OperatorName;
	const refuse = (problem: string, cure: string): never => {
		throw inputError(context, `Conditions: ${problem}`, `Nothing was sent. ${cure}`);
	};
	const kind = Object.hasOwn(fields, field) ? fields[field]! : undefined;
	if (kind === undefined) {
		return refuse(
			field === '' ? 'a row has no field' : `the records have no field "${field.slice(0, 80)}"`,
			'Choose a field from the list. For other fields, use Filter.',
		);
	}
	const { name, kinds, takes, sent }: Operator = operators[operator];
	if (!kinds.includes(kind)) {
		const fitting = operatorEntries.filter(([, other]) => other.kinds.includes(kind));
		return refuse(
			`"${name}" does not fit ${labelOf(field)}`,
			`Choose ${fitting.map(([, other]) => other.name).join(', ')}.`,
		);
	}
	const given = takes === undefined ? operator === 'isTrue' : row[takes];
	const isMissing = given === undefined || given === null || String(given).trim() === '';
	if (isMissing) return refuse(`${labelOf(field)} has no value to compare with`, 'Enter one.');
	if (takes === 'version') {
		const version = String(given).trim();
		if (isVersionAtLeast(version, version) === undefined) {
			return refuse(`"${version.slice(0, 80)}" is no version`, 'Enter a version such as 15.6.1.');
		}
		const isWanted = operator === 'versionAtLeast';
		return {
			field,
			passes: (record) => isVersionAtLeast(String(record[field] ?? ''), version) === isWanted,
		};
	}
	let value: unknown = given;
	if (takes === 'values') value = entriesOf(given);
	if (takes === 'date') {
		value = new Date(dateOf(context, `Conditions › ${labelOf(field)}`, given)).toISOString();
	}
	return { field, sent: { operator: sent!, value } };
}

/** The rows of Conditions. The editor stores one row alone as an object in some releases of n8n. */
const rowsOf = (value: unknown): IDataObject[] =>
	[(value as IDataObject | undefined)?.rows ?? []].flat() as IDataObject[];

/** What the fields Conditions and Filter ask for. */
interface Conditions {
	/** The API's filter; undefined when it has nothing to filter. */
	filter?: IDataObject;
	/** What the API cannot compare; undefined when there is nothing. */
	passes?: (record: IDataObject) => boolean;
}

/**
 * Reads the fields Conditions and Filter of a collection.
 *
 * @throws NodeOperationError naming what cannot be used: an unknown field, an operator that does not fit, a value that is
 * missing or malformed, or two conditions that the API cannot combine
 */
export function readConditions(
	context: IExecuteSingleFunctions,
	values: IDataObject,
	fields: ConditionFields,
): Conditions {
	const filter: Record<string, IDataObject> = {};
	const tests: Array<(record: IDataObject) => boolean> = [];
	const json = 'filter' in values ? filterOf(context, values.filter) : {};
	for (const row of rowsOf(values.conditions)) {
		const { field, sent, passes } = readCondition(context, row, fields);
		if (passes !== undefined) tests.push(passes);
		if (sent === undefined) continue;
		const isTaken = field in json || sent.operator in (filter[field] ?? {});
		if (isTaken) {
			throw inputError(
				context,
				`Conditions: the API cannot combine two conditions of ${labelOf(field)}`,
				field in json
					? 'Nothing was sent. Put both into Filter, or remove one.'
					: 'Nothing was sent. Put the values into one row, or remove one.',
			);
		}
		filter[field] = { ...filter[field], [sent.operator]: sent.value } as IDataObject;
	}
	const all = { ...json, ...filter };
	return {
		...(Object.keys(all).length > 0 && { filter: all }),
		...(tests.length > 0 && { passes: (record) => tests.every((test) => test(record)) }),
	};
}

const filtersOf = (context: IExecuteSingleFunctions): IDataObject =>
	context.getNodeParameter('filters', {}) as IDataObject;

/** Makes the pre-send that adds Conditions and Filter to the query. */
export const sendConditions = (fields: ConditionFields): PreSend =>
	preSend(async function (options) {
		const { filter } = readConditions(this, filtersOf(this), fields);
		if (filter === undefined) return options;
		return { ...options, qs: { ...options.qs, filter: JSON.stringify(filter) } };
	});

/** Makes what tests the records of a list by the conditions that the API does not have. */
export const conditionsAfterReading =
	(fields: ConditionFields) =>
	async (context: IExecutePaginationFunctions): Promise<Narrowing> => {
		const { passes } = readConditions(context, filtersOf(context), fields);
		return passes === undefined ? {} : { passes };
	};
