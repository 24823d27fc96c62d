import type {
	IDataObject,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	INode,
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	IPollFunctions,
	NodeParameterValueType,
} from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import type { ApiContext } from '../http/context';
import { isTool } from '../http/context';
import { inputError } from '../http/errors';
import { isSecretName, withoutSecrets } from '../http/secrets';
import type { PreSend } from './itemQueue';
import { preSend } from './itemQueue';

/** The mark of a text field that accepts several entries. A copy of the field keeps it; n8n's editor never sees it. */
const isList = Symbol('list');

/** Marks a text field as one that accepts a list besides text with commas. */
export const acceptsList = (field: INodeProperties): INodeProperties => ({
	...field,
	...{ [isList]: true },
});

/** Whether a field accepts a list, see {@link acceptsList}; its value is text with commas. */
export const isListField = (field: INodeProperties): boolean => isList in field;

/** The mark of a text field that may be empty, such as a cell of a table. */
const mayBeEmpty = Symbol('empty');

/** Marks a text field whose expression may return nothing for an item, which is a value then: empty text. */
export const acceptsEmpty = (field: INodeProperties): INodeProperties => ({
	...field,
	...{ [mayBeEmpty]: true },
});

/** The mark of a field whose value a model must not choose. */
const fromPerson = Symbol('person');

/** Marks a field that guards against a mistake: a person fills it in, never the model of an AI agent. */
export const onlyFromPerson = (field: INodeProperties): INodeProperties => ({
	...field,
	...{ [fromPerson]: true },
});

/** Whether only a person fills a field in, see {@link onlyFromPerson}. */
export const isFromPerson = (field: INodeProperties): boolean => fromPerson in field;

/** An expression with its escapes of characters undone, as they may be part of a name in JavaScript. */
const unescaped = (expression: string): string =>
	expression.replace(
		/\\u\{([\da-f]{1,6})\}|\\u([\da-f]{4})|\\x([\da-f]{2})/gi,
		(match, ...codes: Array<string | undefined>) => {
			const code = parseInt(codes.slice(0, 3).find((digits) => digits !== undefined) ?? '', 16);
			return code <= 0x10ffff ? String.fromCodePoint(code) : match;
		},
	);

/** Why a model may choose the value of a field, in any spelling of `$fromAI` that n8n accepts; undefined when it may not. */
function modelsChoice(context: ApiContext, raw: unknown): string | undefined {
	if (typeof raw !== 'string') return undefined;
	if (/\$fromAI/i.test(unescaped(raw))) return 'takes no value from an AI model';
	// In a tool every expression can lead to what the model says.
	return isTool(context) && raw.startsWith('=') ? 'takes no expression in a tool' : undefined;
}

/** Longest part of a refused value, in characters, that an error repeats. */
const shownLength = 80;

/**
 * Throws the error of a field.
 *
 * @param problem continues the sentence that begins with the field's name
 * @param value the refused value, which the error repeats unless it may be a secret
 */
type Fail = (problem: string, value?: unknown) => never;

/**
 * Characters that show nothing: white space, control and format characters, such as a zero-width space, and others that
 * Unicode leaves blank, such as the Hangul filler.
 */
const invisible = /[\s\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]+/gu;

/** Whether a text shows nothing. */
export const isInvisible = (text: string): boolean => text.replace(invisible, '') === '';

const isEmpty = (value: unknown): boolean =>
	value === undefined || value === null || (typeof value === 'string' && isInvisible(value));

/** Whether a value filters nothing: empty, an empty list or object, or a list whose entries all came out empty. */
export const isBlankFilter = (value: unknown): boolean =>
	isBlank(typeof value === 'string' ? value.replaceAll(',', '') : value);

const isObject = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null;

const isBlank = (value: unknown): boolean =>
	isEmpty(value) || (isObject(value) && Object.keys(value).length === 0);

const isSame = (value: unknown, other: unknown): boolean =>
	JSON.stringify(value) === JSON.stringify(other);

function shown(value: unknown): string {
	const json = JSON.stringify(value);
	const safe = json === undefined ? String(value) : withoutSecrets(JSON.parse(json));
	const text =
		typeof safe === 'string' ? (json === undefined ? safe : `"${safe}"`) : JSON.stringify(safe);
	return text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
}

/** Whether a field, or one in it, takes a secret. */
export const isSecret = ({ name, typeOptions, options = [] }: INodeProperties): boolean =>
	isSecretName(name) ||
	typeOptions?.password === true ||
	options.some((option) => 'displayName' in option && 'type' in option && isSecret(option));

const asBoolean = (fail: Fail, value: unknown): boolean => {
	const text = typeof value === 'string' ? value.trim().toLowerCase() : value;
	if (text === true || text === 'true') return true;
	if (text === false || text === 'false') return false;
	return fail('must be true or false', value);
};

function asNumber(fail: Fail, { typeOptions }: INodeProperties, value: unknown): number {
	const { minValue, maxValue, numberPrecision = 0 } = typeOptions ?? {};
	const bounds = [
		minValue === undefined ? '' : ` of at least ${minValue}`,
		maxValue === undefined ? '' : ` of at most ${maxValue}`,
	].join(minValue === undefined || maxValue === undefined ? '' : ' and');
	const isText = typeof value === 'string' && /^\s*[-+]?\d+(\.\d+)?\s*$/.test(value);
	const number = isText ? Number(value) : value;
	const isAllowed =
		typeof number === 'number' &&
		Number.isFinite(number) &&
		(numberPrecision > 0 || Number.isSafeInteger(number)) &&
		number >= (minValue ?? -Infinity) &&
		number <= (maxValue ?? Infinity);
	if (isAllowed) return number;
	return fail(`must be a ${numberPrecision > 0 ? '' : 'whole '}number${bounds}`, value);
}

const choicesOf = ({ options }: INodeProperties): INodePropertyOptions[] =>
	(options ?? []) as INodePropertyOptions[];

const choiceList = (field: INodeProperties): string =>
	choicesOf(field)
		.map(({ value }) => (value === '' ? '(empty)' : String(value)))
		.join(', ');

function asChoice(
	fail: Fail,
	field: INodeProperties,
	value: unknown,
): INodePropertyOptions['value'] {
	const text = typeof value === 'string' ? value.trim() : value;
	// The editor loads the choices; what uses the value knows them.
	if (field.typeOptions?.loadOptionsMethod !== undefined) return asText(fail, text);
	const choice = choicesOf(field).find((option) => option.value === text);
	return choice === undefined ? fail(`must be one of ${choiceList(field)}`, value) : choice.value;
}

function asChoices(
	fail: Fail,
	field: INodeProperties,
	value: unknown,
): Array<INodePropertyOptions['value']> {
	const entries = typeof value === 'string' ? value.split(',') : value;
	if (!Array.isArray(entries)) return fail(`must be a list of ${choiceList(field)}`, value);
	return entries.map((entry: unknown) => asChoice(fail, field, entry));
}

/** Text, or a number or boolean, whose text form loses nothing. */
function asText(fail: Fail, value: unknown): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'boolean') return String(value);
	const isExact = typeof value === 'number' && Number.isFinite(value);
	if (isExact && (!Number.isInteger(value) || Number.isSafeInteger(value))) return String(value);
	return fail('must be text', value);
}

/** Entries of a list as text with commas, the form in which all list fields are read and sent. */
function asCommaText(fail: Fail, value: unknown): string {
	const given = Array.isArray(value)
		? value.map((entry) => asText(fail, entry))
		: asText(fail, value).split(',');
	const entries = given.map((entry) => entry.trim());
	const invalid = entries.find((entry) => entry.includes(','));
	if (invalid !== undefined) return fail('must have entries without commas', invalid);
	const filled = entries.filter((entry) => !isEmpty(entry));
	if (filled.length === 0) return fail('is empty');
	if (Array.isArray(value) && filled.length < entries.length) return fail('has an empty entry');
	return filled.join(',');
}

function asDate(fail: Fail, value: unknown): unknown {
	// n8n's expressions return Luxon's DateTime, which its own dateTime fields accept too.
	const isDate =
		Object.prototype.toString.call(value) === '[object Date]' ||
		(typeof value === 'object' && value !== null && 'toISO' in value);
	return isDate || typeof value === 'string' ? value : fail('must be a date', value);
}

function asLocator(fail: Fail, value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return asText(fail, value);
	if (!('value' in value)) return fail('must be text', value);
	const { value: inner } = value;
	return { ...value, value: isEmpty(inner) ? '' : asText(fail, inner) };
}

function asFields(fail: Fail, value: unknown): IDataObject {
	return isObject(value) && !Array.isArray(value)
		? value
		: fail('must be an object of fields', value);
}

/** A value that is checked, with the raw parameter that it was evaluated from. */
interface Given {
	value: unknown;
	raw: unknown;
	/** True for a filter, which would match everything without a value, and for rows: no row says nothing. */
	isFilter?: boolean;
}

/** Checks the values of a node's fields against the description of the fields. */
class FieldChecker {
	constructor(
		private readonly context: IExecuteSingleFunctions | IPollFunctions,
		private readonly node: INode,
	) {}

	/**
	 * The value of a field in the type of the field.
	 *
	 * @throws NodeOperationError naming the field, the value and what is allowed
	 */
	check(field: INodeProperties, { value, raw, isFilter = false }: Given): unknown {
		const fail: Fail = (problem, refused) => {
			const seen = refused === undefined || isSecret(field) ? '' : `, but it is ${shown(refused)}`;
			throw inputError(
				this.context,
				`${field.displayName} ${problem}${seen}`,
				isFilter
					? 'Nothing was sent, because an empty filter would match everything. Remove it, or check the expression in the field.'
					: 'Nothing was sent. Enter an allowed value, or check the expression in the field.',
			);
		};
		const choice = isFromPerson(field) ? modelsChoice(this.context, raw) : undefined;
		if (choice !== undefined) {
			throw inputError(
				this.context,
				`${field.displayName} ${choice}`,
				'Nothing was sent. A person has to enter a fixed value in the node.',
			);
		}
		const isEmptyList = isListField(field) && Array.isArray(value) && value.every(isEmpty);
		if (mayBeEmpty in field && (isEmpty(value) || isEmptyList)) return '';
		// What the editor leaves behind is no mistake, unless it is a filter: an empty one would match everything.
		const isUntouched = isSame(raw, field.default) || (field.type === 'string' && raw === '');
		const isLeftEmpty = isUntouched && isBlank(raw) && (isFilter || field.required === true);
		if (isUntouched && !isLeftEmpty) return value;
		const isNothing = isFilter && typeof value === 'string' ? isBlankFilter(value) : isEmpty(value);
		if ((isNothing || isLeftEmpty) && !this.isEmptyChoice(field, value)) return fail('is empty');
		switch (field.type) {
			case 'boolean':
				return asBoolean(fail, value);
			case 'number':
				return asNumber(fail, field, value);
			case 'options':
				return asChoice(fail, field, value);
			case 'multiOptions': {
				const choices = asChoices(fail, field, value);
				return choices.length === 0 ? fail('is empty') : choices;
			}
			case 'string':
				return isListField(field) ? asCommaText(fail, value) : asText(fail, value);
			case 'dateTime':
				return asDate(fail, value);
			case 'resourceLocator':
				return asLocator(fail, value);
			case 'collection':
				return this.collection(fail, field, asFields(fail, value), raw);
			case 'fixedCollection': {
				const groups = asFields(fail, value);
				const hasRows = Object.values(groups).some(
					(rows) => !Array.isArray(rows) || rows.length > 0,
				);
				if (isFilter && !hasRows) return fail('is empty');
				return this.fixedCollection(fail, field, groups, raw);
			}
			default:
				return value;
		}
	}

	private isEmptyChoice(field: INodeProperties, value: unknown): boolean {
		return field.type === 'options' && choicesOf(field).some((choice) => choice.value === value);
	}

	private collection(
		fail: Fail,
		field: INodeProperties,
		values: IDataObject,
		raw: unknown,
	): IDataObject {
		const fields = (field.options ?? []) as INodeProperties[];
		return Object.fromEntries(
			namesOf(values, raw).map((name) => {
				const inner = fields.find((option) => option.name === name);
				if (inner === undefined) return fail(`has no field "${name}"`);
				const isFilter = /filters$/i.test(field.name) || inner.type === 'fixedCollection';
				const given = { value: values[name], raw: rawOf(raw, name), isFilter };
				return [name, this.check(inner, given)];
			}),
		) as IDataObject;
	}

	private fixedCollection(
		fail: Fail,
		field: INodeProperties,
		values: IDataObject,
		raw: unknown,
	): IDataObject {
		const groups = (field.options ?? []) as INodePropertyCollection[];
		const row = (group: INodePropertyCollection, value: unknown, rawRow: unknown): IDataObject => {
			const fields = asFields(fail, value);
			return Object.fromEntries(
				group.values
					.filter(({ name }) => namesOf(fields, rawRow).includes(name))
					.map((inner) => [
						inner.name,
						this.check(inner, { value: fields[inner.name], raw: rawOf(rawRow, inner.name) }),
					]),
			) as IDataObject;
		};
		return Object.fromEntries(
			Object.entries(values).map(([name, value]) => {
				const group = groups.find((option) => option.name === name);
				if (group === undefined) return fail(`has no field "${name}"`);
				const rawRows = rawOf(raw, name);
				return [
					name,
					Array.isArray(value)
						? value.map((entry, index) => row(group, entry, rawOf(rawRows, String(index))))
						: row(group, value, rawRows),
				];
			}),
		) as IDataObject;
	}

	/** Whether a field is shown, by the values that are known so far and the raw parameters for the rest. */
	isShown(field: INodeProperties, values: INodeParameters): boolean {
		// Releases of n8n that do not know `@tool` would show the field everywhere.
		const { '@tool': tool, ...show } = field.displayOptions?.show ?? {};
		if (tool !== undefined && !tool.includes(isTool(this.context))) return false;
		if (field.displayOptions?.hide?.['@tool']?.includes(isTool(this.context))) return false;
		const shownField = { ...field, displayOptions: { ...field.displayOptions, show } };
		return NodeHelpers.displayParameter(values, shownField, this.node, null);
	}
}

/** The raw parameter of a field inside a collection; an expression for the collection stands for all of it. */
const rawOf = (raw: unknown, name: string): unknown => (isObject(raw) ? raw[name] : raw);

/** What a node's parameters are read with. */
type GetParameter = (name: string, fallback?: unknown, options?: object) => unknown;

/** The names in a collection. n8n drops those whose expression returned undefined, so the raw parameter counts too. */
const namesOf = (values: IDataObject, raw: unknown): string[] => [
	...new Set([...Object.keys(values), ...(isObject(raw) ? Object.keys(raw) : [])]),
];

const unchecked = new Set(['button', 'callout', 'hidden', 'notice']);

/**
 * Evaluates and checks every displayed field once.
 *
 * @param evaluate returns the value of a parameter, or the fallback when it has none
 * @returns the displayed fields with their checked values, by parameter name
 * @throws NodeOperationError naming the field, the value and what is allowed
 */
export function checkedFields(
	context: IExecuteSingleFunctions | IPollFunctions,
	fields: INodeProperties[],
	evaluate: GetParameter,
): Map<string, { field: INodeProperties; value: unknown }> {
	const node = context.getNode();
	const checker = new FieldChecker(context, node);
	const checked = new Map<string, { field: INodeProperties; value: unknown }>();
	const values: INodeParameters = { ...node.parameters };
	for (const field of fields) {
		if (unchecked.has(field.type) || checked.has(field.name)) continue;
		if (!checker.isShown(field, values)) continue;
		const value = checker.check(field, {
			value: evaluate(field.name, null),
			raw: node.parameters[field.name],
		});
		checked.set(field.name, { field, value });
		values[field.name] = value as NodeParameterValueType;
	}
	return checked;
}

/** Sets a value in a query or body, along dots unless the key is to be taken as it is. */
function setAt(target: IDataObject, key: string, value: unknown, isPath: boolean): void {
	const keys = isPath ? key.split('.') : [key];
	const last = keys.pop()!;
	let inner = target;
	for (const part of keys) inner = (inner[part] ??= {}) as IDataObject;
	inner[last] = value as IDataObject[string];
}

/** Puts the checked value of a field that n8n sends as it is in place of the one that n8n evaluated. */
function putIntoRequest(
	options: IHttpRequestOptions,
	field: INodeProperties,
	value: unknown,
): void {
	const {
		type,
		property,
		value: expression,
		propertyInDotNotation = true,
	} = field.routing?.send ?? {};
	if (property !== undefined && expression === undefined) {
		const target = type === 'query' ? 'qs' : 'body';
		options[target] ??= {};
		// A list in a query is text with commas in all of this API.
		const sent = target === 'qs' && Array.isArray(value) ? value.join(',') : value;
		setAt(options[target] as IDataObject, property, sent, propertyInDotNotation);
	}
	if (field.type !== 'collection') return;
	for (const [name, inner] of Object.entries(value as IDataObject)) {
		const option = (field.options as INodeProperties[]).find((each) => each.name === name);
		if (option !== undefined) putIntoRequest(options, option, inner);
	}
}

/**
 * Checks the fields of a polling trigger.
 *
 * @returns the same context, whose parameters are the checked values
 * @throws NodeOperationError naming the field, the value and what is allowed
 */
export function withCheckedFields(
	context: IPollFunctions,
	fields: INodeProperties[],
): IPollFunctions {
	const evaluate = context.getNodeParameter.bind(context) as GetParameter;
	const checked = checkedFields(context, fields, evaluate);
	return Object.create(context, {
		getNodeParameter: { value: parametersFrom(checked, evaluate) },
	}) as IPollFunctions;
}

const parametersFrom =
	(checked: Map<string, { value: unknown }>, evaluate: GetParameter): GetParameter =>
	(name, fallback, options) =>
		checked.has(name) ? checked.get(name)?.value : evaluate(name, fallback, options);

/**
 * Makes a pre-send that checks every displayed field of the item before any request. From then on, the item's
 * parameters are the checked values: they are evaluated once, and have the type of their field.
 *
 * @param fieldsOf returns the fields that an operation may show
 */
export const checkFields = (
	fieldsOf: (resource: string, operation: string) => INodeProperties[],
): PreSend =>
	preSend(async function (options) {
		const evaluate = this.getNodeParameter.bind(this) as GetParameter;
		const { resource, operation } = this.getNode().parameters;
		for (const raw of [resource, operation]) {
			const choice = isTool(this) ? modelsChoice(this, raw) : undefined;
			if (choice === undefined) continue;
			throw inputError(
				this,
				`${raw === resource ? 'Resource' : 'Operation'} ${choice}`,
				'Nothing was sent. Add a tool for each operation.',
			);
		}
		const checked = checkedFields(this, fieldsOf(String(resource), String(operation)), evaluate);
		Object.defineProperty(this, 'getNodeParameter', { value: parametersFrom(checked, evaluate) });
		for (const { field, value } of checked.values()) putIntoRequest(options, field, value);
		return options;
	});
