import type {
	IDataObject,
	IExecuteSingleFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import { fieldsOf, isTool } from '../http/context';
import { inputError } from '../http/errors';
import { valueAt } from '../lists/pagination';

/** Most records that a tool returns, and most bytes of the JSON that a model gets. */
const most = { records: 25, bytes: 8 * 1024 };

/** Most names in a text for a model, and the longest one in characters. */
const longest = { names: 40, name: 60 };

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

const limitOf = (context: IExecuteSingleFunctions): number =>
	context.getNodeParameter('returnAll', false)
		? Infinity
		: (context.getNodeParameter('limit', 50) as number);

/** How many records of a list are returned. */
const recordsToReturn = (context: IExecuteSingleFunctions): number =>
	isTool(context) ? Math.min(limitOf(context), most.records) : limitOf(context);

/** How many records of a list are read: for a tool one more than it returns, to tell whether there are more. */
export const recordsToRead = (context: IExecuteSingleFunctions): number =>
	recordsToReturn(context) + (isTool(context) ? 1 : 0);

const namesFor = (names: string[]): string[] => {
	const rest = names.length - longest.names;
	const shown = names.slice(0, longest.names).map((name) => name.slice(0, longest.name));
	return rest > 0 ? [...shown, `and ${rest} more`] : shown;
};

const isFilter = ({ name }: INodeProperties): boolean => /filters$/i.test(name);

const describeField = (field: INodeProperties): string =>
	isFilter(field) && field.options !== undefined
		? `${field.displayName} (${field.options.map((option) => ('displayName' in option ? option.displayName : option.name)).join(', ')})`
		: field.displayName;

/** What the form has to get less: the fields of the list's filters and of what is returned of each record. */
function howToNarrow(context: IExecuteSingleFunctions, isOneRecord: boolean): string {
	const { resource, operation } = context.getNode().parameters;
	const fields = fieldsOf(String(resource), String(operation));
	const useful = fields.filter(
		(field) =>
			['fieldsToReturn', 'output'].includes(field.name) ||
			(!isOneRecord && (isFilter(field) || ['filter', 'limit', 'search'].includes(field.name))),
	);
	const operations = fields.find(({ name }) => name === 'operation')?.options ?? [];
	const count = operations.find((option) => 'value' in option && option.value === 'count');
	const narrow =
		useful.length === 0
			? 'A person finds the rest in the Kandji web app.'
			: `Get less with ${[...new Set(useful.map(describeField))].join(', ')}. A person adds those that this tool does not have.`;
	return isOneRecord || count === undefined
		? narrow
		: `${narrow} The operation Count tells how many there are.`;
}

/** A record that is too large, with as many of its fields as fit, small ones first, since large ones are lists and texts. */
function shortened(json: IDataObject, room: number): IDataObject {
	const sizes = Object.entries(json)
		.map(([name, value]) => ({ name, size: bytesOf({ [name]: value ?? null }) }))
		.sort((one, other) => one.size - other.size);
	let left = room - bytesOf({ left_out: namesFor(sizes.map(({ name }) => name)) });
	const fitting = new Set<string>();
	for (const { name, size } of sizes) {
		left -= size;
		if (left < 0) break;
		fitting.add(name);
	}
	const isKept = ([name]: [string, unknown]) => fitting.has(name);
	const entries = Object.entries(json);
	return {
		...Object.fromEntries(entries.filter(isKept)),
		left_out: namesFor(entries.filter((entry) => !isKept(entry)).map(([name]) => name)),
	};
}

/**
 * The fields that Fields to Return names.
 *
 * @throws NodeOperationError when no record has one of them
 */
function selected(context: IExecuteSingleFunctions, records: IDataObject[]): IDataObject[] {
	const paths = String(context.getNodeParameter('fieldsToReturn', ''))
		.split(',')
		.map((path) => path.trim())
		.filter((path) => path !== '');
	// That there is no record is an answer without its fields.
	const isNone = records.every(({ found }) => found === false);
	if (paths.length === 0 || isNone) return records;
	const valueOf = (record: IDataObject, path: string) => record[path] ?? valueAt(record, path);
	const unknown = paths.find((path) =>
		records.every((record) => valueOf(record, path) === undefined),
	);
	if (unknown !== undefined) {
		const names = new Set(records.flatMap((record) => Object.keys(record)));
		throw inputError(
			context,
			`Fields to Return has a name that no record has: "${unknown.slice(0, longest.name)}"`,
			`The fields are ${namesFor([...names]).join(', ')}.`,
		);
	}
	return records.map(
		(record) =>
			Object.fromEntries(paths.map((path) => [path, valueOf(record, path) ?? null])) as IDataObject,
	);
}

/** As many of the records as a model gets, then what says that there are more. */
function fitting(context: IExecuteSingleFunctions, records: IDataObject[]): IDataObject[] {
	const wanted = records.slice(0, recordsToReturn(context));
	if (wanted.length === records.length && bytesOf(wanted) <= most.bytes) return records;
	const isOneRecord = records.length === 1;
	const more = { more: true, how_to_get_the_rest: howToNarrow(context, isOneRecord) };
	let room = most.bytes - bytesOf([{ ...more, returned: most.records }]);
	const [first] = wanted;
	if (first !== undefined && bytesOf(first) > room) {
		const record = shortened(first, room);
		return isOneRecord ? [{ ...record, ...more }] : [record, { ...more, returned: 1 }];
	}
	const returned: IDataObject[] = [];
	for (const record of wanted) {
		room -= bytesOf(record) + 1;
		if (room < 0) break;
		returned.push(record);
	}
	return [...returned, { ...more, returned: returned.length }];
}

/**
 * What a tool returns to its model: at most 25 records and 8 KB, with a last fact on how to get the rest where something
 * was left out. What the node returns to a workflow stays as it is.
 *
 * @throws NodeOperationError when Fields to Return names a field that no record has
 */
export function fitForModel(
	context: IExecuteSingleFunctions,
	items: INodeExecutionData[],
): INodeExecutionData[] {
	if (!isTool(context)) return items;
	const records = selected(
		context,
		items.map(({ json }) => json),
	);
	return fitting(context, records).map((json, index) => ({ ...items[index], json }));
}
