import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { acceptsList } from '../../transport/routing/fieldChecks';

/** What the values of a record's field are; versions are texts that are also compared number by number. */
type FieldKind = 'boolean' | 'date' | 'number' | 'text' | 'version';

/** The fields of a record that conditions can look at. */
export type ConditionFields = Readonly<Record<string, FieldKind>>;

/** Makes {@link ConditionFields} of the names of each kind, separated by spaces. */
export const conditionFields = (names: Partial<Record<FieldKind, string>>): ConditionFields =>
	Object.fromEntries(
		Object.entries(names).flatMap(([kind, list]) =>
			list.split(' ').map((name) => [name, kind as FieldKind]),
		),
	);

const acronyms = new Set(
	'cve cvss eid iccid id imei kext mcc mdm meid mnc os sip ssv uid'.split(' '),
);

/** A field's name as people read it: "Device User Email" for `device__user_email`. */
export const labelOf = (name: string): string =>
	name
		.split(/_+/)
		.map((word) =>
			acronyms.has(word) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1),
		)
		.join(' ');

/** The fields as the editor offers them. */
export const fieldOptions = (fields: ConditionFields): INodePropertyOptions[] =>
	Object.keys(fields)
		.map((name) => ({ name: labelOf(name), value: name }))
		.sort((one, other) => one.name.localeCompare(other.name));

/** The field of a condition's row that has the value to compare with. */
type ValueField = 'date' | 'number' | 'values' | 'version';

/** How a condition compares. */
export interface Operator {
	name: string;
	kinds: FieldKind[];
	/** Left out where the operator needs no value. */
	takes?: ValueField;
	/** The API's operator; left out where records are compared after reading. */
	sent?: string;
}

/** All operators. */
export const operators = {
	contains: {
		name: 'Contains Any Of',
		kinds: ['text', 'version'],
		takes: 'values',
		sent: 'like',
	},
	containsNone: {
		name: 'Contains None Of',
		kinds: ['text', 'version'],
		takes: 'values',
		sent: 'not_like',
	},
	isAfter: { name: 'Is After', kinds: ['date'], takes: 'date', sent: 'gt' },
	isAnyOf: { name: 'Is Any Of', kinds: ['text', 'version'], takes: 'values', sent: 'in' },
	isAtLeast: { name: 'Is At Least', kinds: ['number'], takes: 'number', sent: 'gte' },
	isAtMost: { name: 'Is At Most', kinds: ['number'], takes: 'number', sent: 'lte' },
	isBefore: { name: 'Is Before', kinds: ['date'], takes: 'date', sent: 'lt' },
	isFalse: { name: 'Is False', kinds: ['boolean'], sent: 'eq' },
	isLessThan: { name: 'Is Less Than', kinds: ['number'], takes: 'number', sent: 'lt' },
	isMoreThan: { name: 'Is More Than', kinds: ['number'], takes: 'number', sent: 'gt' },
	isNoneOf: { name: 'Is None Of', kinds: ['text', 'version'], takes: 'values', sent: 'not_in' },
	isTrue: { name: 'Is True', kinds: ['boolean'], sent: 'eq' },
	versionAtLeast: { name: 'Is Version At Least', kinds: ['version'], takes: 'version' },
	versionBelow: { name: 'Is Version Below', kinds: ['version'], takes: 'version' },
} satisfies Record<string, Operator>;

/** The name of an operator. */
export type OperatorName = keyof typeof operators;

/** The operators by name. */
export const operatorEntries = Object.entries(operators) as Array<[OperatorName, Operator]>;

const operatorsTaking = (field: ValueField): OperatorName[] =>
	operatorEntries.filter(([, { takes }]) => takes === field).map(([name]) => name);

/**
 * Makes the Conditions field: rows that must all match.
 *
 * @param field the list of fields, as {@link conditionFieldOf} makes it
 * @param comparesVersions false where the API alone filters, which cannot compare versions
 */
export const conditionsField = (
	field: INodeProperties,
	comparesVersions = true,
): INodeProperties => ({
	displayName: 'Conditions',
	name: 'conditions',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Condition',
	default: {},
	description: `Conditions that records must all meet${
		comparesVersions
			? '. Versions are compared after reading the records, since the API has no such filter.'
			: ''
	}`,
	options: [
		{
			displayName: 'Condition',
			name: 'rows',
			values: [
				field,
				{
					displayName: 'Operator',
					name: 'operator',
					type: 'options',
					options: operatorEntries
						.filter(([, { sent }]) => comparesVersions || sent !== undefined)
						.map(([value, { name }]) => ({ name, value })),
					default: 'contains',
				},
				{
					displayName: 'Date',
					name: 'date',
					type: 'dateTime',
					default: '',
					displayOptions: { show: { operator: operatorsTaking('date') } },
					description: 'A date without a time is the beginning of that day',
				},
				{
					displayName: 'Number',
					name: 'number',
					type: 'number',
					typeOptions: { numberPrecision: 6 },
					default: 0,
					displayOptions: { show: { operator: operatorsTaking('number') } },
				},
				acceptsList({
					displayName: 'Values',
					name: 'values',
					type: 'string',
					default: '',
					placeholder: 'e.g. Google Chrome, Firefox',
					displayOptions: { show: { operator: operatorsTaking('values') } },
					description:
						'Comma-separated list. For a value that contains a comma, use Filter instead.',
				}),
				...(comparesVersions
					? [
							{
								displayName: 'Version',
								name: 'version',
								type: 'string' as const,
								default: '',
								placeholder: 'e.g. 139.0.7258.67',
								displayOptions: { show: { operator: operatorsTaking('version') } },
								description:
									'Compared as a version: 15.10 is above 15.9. A record without a version does not match.',
							},
						]
					: []),
			],
		},
	],
});

/** Makes the list of a condition's fields. */
export const conditionFieldOf = (fields: ConditionFields): INodeProperties => ({
	displayName: 'Field',
	name: 'field',
	type: 'options',
	options: fieldOptions(fields),
	default: '',
});
