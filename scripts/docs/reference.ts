import type { INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';

import { apiPath } from '../../nodes/Kandji/transport/routing/ids';
import { contractCases } from '../../test/contract/cases/index';
import {
	displayed,
	operationsOf,
	withDefaults,
	type Operation,
} from '../../test/structure/description';
import type { Document } from '../documents';
import type { Example } from './examples';
import { jsonBlock, table } from './markdown';
import { requestsOf } from './requests';
import { resourceSummaries } from './summaries';

/** A field that at least this many operations show is explained once, on the page of common fields. */
const sharedBy = 10;

/** Longer lists of options are left to the editor. */
const maxOptions = 12;

const commonPage = 'common-fields.md';

const fileName = ({ name }: INodePropertyOptions): string =>
	`${name.toLowerCase().replace(/[^a-z]+/g, '-')}.md`;

const resourcesOf = (operations: Operation[]): INodePropertyOptions[] => [
	...new Set(operations.map(({ resource }) => resource)),
];

/** The README's table of resources. */
export const resourceTable = (description: INodeTypeDescription): string =>
	table(
		['Resource', 'What it does'],
		resourcesOf(operationsOf(description)).map((resource) => {
			const summary = resourceSummaries[String(resource.value)];
			if (summary === undefined) throw new Error(`${resource.name} lacks a summary`);
			return [`[${resource.name}](docs/${fileName(resource)})`, summary];
		}),
	);

/** Every operation, by resource, for the start page of docs/. */
export const operationTable = (description: INodeTypeDescription): string => {
	const operations = operationsOf(description);
	return table(
		['Resource', 'Operations'],
		resourcesOf(operations).map((resource) => [
			`[${resource.name}](${fileName(resource)})`,
			operations
				.filter((entry) => entry.resource === resource)
				.map(({ operation }) => operation.name)
				.join(', '),
		]),
	);
};

/** The choices of a list from which some are chosen by default. */
function chosenAndOther(choices: INodePropertyOptions[], preset: unknown[]): string {
	const namesWhere = (isChosen: boolean): string =>
		choices
			.filter(({ value }) => preset.includes(value) === isChosen)
			.map(({ name }) => name)
			.join(', ');
	return `By default ${namesWhere(true)}. Also ${namesWhere(false)}`;
}

function optionNames({ type, options = [], default: preset }: INodeProperties): string {
	if (type !== 'options' && type !== 'multiOptions') return '';
	const choices = options as INodePropertyOptions[];
	if (Array.isArray(preset) && preset.length > 0) return chosenAndOther(choices, preset);
	if (choices.length === 0 || choices.length > maxOptions) return '';
	const names = choices.map(({ name, value }) => (value === preset ? `${name} (default)` : name));
	return `Options: ${names.join(names.some((name) => name.includes(',')) ? '; ' : ', ')}`;
}

/** What a field is for: its description and its options, else its hint or an example. */
function explanation(field: INodeProperties): string {
	const options = optionNames(field);
	const { hint = '', placeholder = '', description = hint } = field;
	if (options === '') return description === '' ? placeholder : description;
	return description === '' ? options : `${description.replace(/\.$/, '')}. ${options}`;
}

interface FieldRow {
	name: string;
	isRequired: boolean;
	text: string;
}

/** Fields of a collection get a name such as "Filters › Platform"; the collection itself gets no row. */
const rowsOf = (fields: INodeProperties[], parents = ''): FieldRow[] =>
	fields
		.filter(({ type }) => type !== 'notice' && type !== 'hidden')
		.flatMap((field) => {
			const name = `${parents}${field.displayName}`;
			if (field.type === 'collection') {
				return rowsOf((field.options ?? []) as INodeProperties[], `${name} › `);
			}
			if (field.type === 'fixedCollection') {
				const groups = (field.options ?? []) as Array<{ values: INodeProperties[] }>;
				const entries = groups.flatMap(({ values }) => rowsOf(values, `${name} › `));
				if (entries.every(({ text }) => text !== '')) return entries;
				const names = groups.flatMap(({ values }) => values.map((value) => value.displayName));
				const text = field.description ?? `Any number of entries with ${names.join(' and ')}`;
				return [{ name, isRequired: field.required === true, text }];
			}
			return [{ name, isRequired: field.required === true, text: explanation(field) }];
		});

interface DocumentedOperation extends Operation {
	rows: FieldRow[];
}

const documentedOperations = (description: INodeTypeDescription): DocumentedOperation[] =>
	operationsOf(description).map((entry) => {
		const fields = displayed(description, withDefaults(description, entry.parameters)).filter(
			// n8n adds requestOptions itself.
			({ name }) => !['operation', 'requestOptions', 'resource'].includes(name),
		);
		return { ...entry, rows: rowsOf(fields) };
	});

const keyOf = ({ name, text }: FieldRow): string => `${name}: ${text}`;

/** The rows that many operations have in common, by {@link keyOf}. */
function commonRows(operations: DocumentedOperation[]): Map<string, FieldRow> {
	const counts = new Map<string, number>();
	for (const row of operations.flatMap(({ rows }) => rows)) {
		counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1);
	}
	const common = operations
		.flatMap(({ rows }) => rows)
		.filter((row) => (counts.get(keyOf(row)) ?? 0) >= sharedBy)
		.sort((a, b) => (a.name < b.name ? -1 : 1));
	return new Map(common.map((row) => [keyOf(row), row]));
}

function operationSection(
	{ operation, parameters, rows }: DocumentedOperation,
	common: Map<string, FieldRow>,
	examples: Example[],
): string {
	const request = operation.routing?.request;
	const shared = rows.filter((row) => common.has(keyOf(row)));
	const own = rows.filter((row) => !common.has(keyOf(row)));
	const example = examples.find(
		(entry) => entry.resource === parameters.resource && entry.operation === parameters.operation,
	);
	const name = `${String(parameters.resource)}.${String(parameters.operation)}`;
	const isList = [...rows, ...shared].some((row) => row.name === 'Return All');
	const facts = [
		...(request?.url === undefined
			? []
			: [`- Request and permission: \`${request.method} ${apiPath(String(request.url))}\``]),
		`- Requests for each item: ${requestsOf(name, isList, contractCases)}`,
		...(shared.length === 0
			? []
			: [`- [Common fields](${commonPage}): ${shared.map(({ name }) => name).join(', ')}`]),
	];
	return [
		`## ${operation.name}`,
		`${operation.description ?? ''}.`.replace(/\.\.$/, '.'),
		facts.join('\n'),
		...(own.length > 0
			? [
					table(
						['Field', 'Required', 'Description'],
						own.map(({ name, isRequired, text }) => [name, isRequired ? 'yes' : '', text]),
					),
				]
			: []),
		...(example === undefined ? [] : ['Example of an output item:', jsonBlock(example.item)]),
	].join('\n\n');
}

const generatedNote = '<!-- Generated by `npm run docs` from the description of the node. -->';

/** A page for each resource, and one for the fields that most operations share. */
export function referencePages(description: INodeTypeDescription, examples: Example[]): Document[] {
	const operations = documentedOperations(description);
	const common = commonRows(operations);
	const pages = resourcesOf(operations).map((resource) => {
		const sections = operations
			.filter((entry) => entry.resource === resource)
			.map((entry) => operationSection(entry, common, examples));
		const summary = resourceSummaries[String(resource.value)] ?? '';
		return {
			path: `docs/${fileName(resource)}`,
			text: `# ${resource.name}\n\n${generatedNote}\n\n${summary}.\n\n${sections.join('\n\n')}\n`,
		};
	});
	const rows = [...common.values()].map(({ name, text }) => [name, text]);
	const intro = `Fields that at least ${sharedBy} operations have. The other pages of this folder only name them.

The pages also say how many requests an operation takes for each item. A record that is named by anything but its ID takes one more, and one for Device at most three: from the fourth item on, the list is read once for all
items of the run. A check such as Check Serial Number uses the record just found, or reads it with one request. Wait for Completion asks again until the command has ended. A page has as many records as the API allows, 300 devices for example.`;
	return [
		...pages,
		{
			path: `docs/${commonPage}`,
			text: `# Common fields\n\n${generatedNote}\n\n${intro}\n\n${table(['Field', 'Description'], rows)}\n`,
		},
	];
}
