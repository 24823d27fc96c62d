import type {
	IExecuteSingleFunctions,
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodeTypeDescription,
} from 'n8n-workflow';

import { Kandji } from '../../nodes/Kandji/Kandji.node';
import { KandjiTrigger } from '../../nodes/Kandji/KandjiTrigger.node';
import { checkedFields } from '../../nodes/Kandji/transport/routing/fieldChecks';

const node = new Kandji().description as INodeTypeDescription;
const trigger = new KandjiTrigger().description as INodeTypeDescription;

/** A field with the way to it: names of the collections around it. */
interface Placed {
	path: string[];
	field: INodeProperties;
}

const placed = (field: INodeProperties, path: string[] = []): Placed[] => {
	const own = { path: [...path, field.name], field };
	if (field.type === 'collection') {
		const options = field.options as INodeProperties[];
		return [own, ...options.flatMap((inner) => placed(inner, own.path))];
	}
	if (field.type === 'fixedCollection') {
		const groups = field.options as INodePropertyCollection[];
		return [
			own,
			...groups.flatMap(({ name, values }) =>
				values.flatMap((inner) => placed(inner, [...own.path, name])),
			),
		];
	}
	return [own];
};

const withoutValue = new Set(['button', 'callout', 'hidden', 'notice']);

const allFields = [...node.properties, ...trigger.properties]
	.filter(({ name, type }) => !withoutValue.has(type) && !['operation', 'resource'].includes(name))
	.flatMap((field) => placed(field).map((entry) => ({ ...entry, top: field })));

/** The value inside the objects that its path names. */
const nestedValue = (path: string[], value: unknown): unknown =>
	path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);

function check({ top, path }: Placed & { top: INodeProperties }, value: unknown): unknown {
	const parameters = { [top.name]: '={{ $json.value }}' } as INodeParameters;
	const context = {
		getNode: () => ({ typeVersion: 1, parameters }),
		getItemIndex: () => 0,
	} as unknown as IExecuteSingleFunctions;
	const shown = { ...top, displayOptions: undefined };
	const checked = checkedFields(context, [shown], () => nestedValue(path.slice(1), value));
	const outer = checked.get(top.name)?.value;
	return path.slice(1).reduce((inner, name) => (inner as Record<string, unknown>)[name], outer);
}

const ofType = (...types: string[]) =>
	allFields
		.filter(({ field }) => types.includes(field.type))
		.map((entry) => [entry.path.join('.'), entry] as const);

const isEmptyChoice = ({ field }: Placed): boolean =>
	(field.options ?? []).some((option) => 'value' in option && option.value === '');

/** Fields of Device › Update that a row may leave empty: the operation itself refuses that, or ignores it. */
const rowFields = ['assetTag', 'blueprintId', 'tags', 'userId'];

/** Cells of a table: the expression may return nothing for a row. And what a model need not narrow. */
const mayBeEmpty = ({ path, top }: Placed & { top: INodeProperties }): boolean =>
	(path[0] === 'fieldsToSync' && path.length > 1) ||
	path[0] === 'fieldsToReturn' ||
	(path[0] === 'updateFields' &&
		top.displayOptions?.show?.resource?.includes('device') === true &&
		rowFields.includes(String(path[1])));

const refused = (entry: Placed & { top: INodeProperties }, value: unknown): void => {
	expect(() => check(entry, value)).toThrow(
		expect.objectContaining({ message: expect.stringContaining(entry.field.displayName) }),
	);
};

describe('every field refuses', () => {
	const fields = allFields.map((entry) => [entry.path.join('.'), entry] as const);

	it.each(fields)('%s: what came out empty, and objects that it does not know', (_path, entry) => {
		for (const nothing of [undefined, null, ' ', '\u00a0', '\u200b\n']) {
			if (mayBeEmpty(entry)) {
				expect(check(entry, nothing)).toBe('');
				continue;
			}
			if (entry.field.type === 'resourceLocator' && nothing !== undefined) continue;
			refused(entry, nothing);
		}
		if (mayBeEmpty(entry)) expect(check(entry, '')).toBe('');
		else if (!isEmptyChoice(entry)) refused(entry, '');
		if (entry.field.type !== 'json') refused(entry, { unknown: { field: true } });
	});
});

describe('a switch', () => {
	it.each(ofType('boolean'))('%s is on or off, never a guess', (_path, entry) => {
		for (const on of [true, 'true', ' TRUE ']) expect(check(entry, on)).toBe(true);
		for (const off of [false, 'false', 'False\n']) expect(check(entry, off)).toBe(false);
		for (const odd of [1, 0, 'yes', 'no', 'on', 'tru', [], [true], [false], {}, NaN]) {
			refused(entry, odd);
		}
	});
});

describe('a number', () => {
	it.each(ofType('number'))('%s is within its bounds', (_path, entry) => {
		const { minValue, numberPrecision = 0 } = entry.field.typeOptions ?? {};
		expect(check(entry, 7)).toBe(7);
		expect(check(entry, ' 7 ')).toBe(7);
		for (const odd of [
			...(minValue === undefined ? [] : [minValue - 1]),
			NaN,
			Infinity,
			'Infinity',
			'1e3',
			'0x10',
			'7a',
			[7],
			true,
			{},
		]) {
			refused(entry, odd);
		}
		if (numberPrecision === 0) refused(entry, 1.5);
	});
});

describe('a choice', () => {
	const isLoaded = ({ field }: Placed): boolean =>
		field.typeOptions?.loadOptionsMethod !== undefined;

	it.each(ofType('options').filter(([, entry]) => isLoaded(entry)))(
		'%s, whose choices the editor loads, is a text',
		(_path, entry) => {
			expect(check(entry, ' device_id ')).toBe('device_id');
			for (const odd of [[], ['device_id'], {}, NaN]) refused(entry, odd);
		},
	);

	it.each(ofType('options').filter(([, entry]) => !isLoaded(entry)))(
		'%s is one of its values',
		(_path, entry) => {
			for (const option of entry.field.options ?? []) {
				if ('value' in option) expect(check(entry, option.value)).toBe(option.value);
			}
			for (const odd of ['no such choice', 'LOCK', 1, true, ['lock'], {}]) refused(entry, odd);
		},
	);

	it.each(ofType('multiOptions'))('%s is a list of its values, or their text', (_path, entry) => {
		const values = (entry.field.options ?? []).flatMap((option) =>
			'value' in option ? [option.value] : [],
		);
		expect(check(entry, values)).toEqual(values);
		expect(check(entry, values.join(', '))).toEqual(values);
		for (const odd of [[], ['no such choice'], [...values, 'x'], 'x', 1, {}, ',']) {
			refused(entry, odd);
		}
	});
});

describe('a text', () => {
	const isList = ({ field }: Placed): boolean => /^Comma-separated/.test(field.description ?? '');

	it.each(ofType('string').filter(([, entry]) => isList(entry)))(
		'%s takes a list, or text with commas',
		(_path, entry) => {
			for (const list of [['a', ' b '], 'a,b', ' a , b ,']) expect(check(entry, list)).toBe('a,b');
			expect(check(entry, [7, '007'])).toBe('7,007');
			for (const odd of [', ,', ['a', null], ['a,b'], [['a']], [{}]]) refused(entry, odd);
			for (const nothing of [[], [''], [null, ' ']]) {
				if (mayBeEmpty(entry)) expect(check(entry, nothing)).toBe('');
				else refused(entry, nothing);
			}
		},
	);

	it.each(ofType('string'))('%s keeps what is given, or refuses it', (_path, entry) => {
		for (const text of ['007', ' x ', 'true']) {
			expect(check(entry, text)).toBe(isList(entry) ? text.trim() : text);
		}
		if (!isList(entry)) refused(entry, ['x']);
		expect(check(entry, 42)).toBe('42');
		expect(check(entry, false)).toBe('false');
		for (const odd of [{}, { text: 'x' }, NaN, Infinity, 2 ** 60, [['x']], [{}]]) {
			refused(entry, odd);
		}
		if (!isList(entry) || !mayBeEmpty(entry)) refused(entry, []);
	});
});

describe('a filter', () => {
	// A row of conditions is checked as a whole, since its operator says which of its fields it needs.
	const isFilter = ({ path: [top, , inner] }: Placed): boolean =>
		/filters$/i.test(top!) && inner === undefined;

	it.each(ofType('string').filter(([, entry]) => isFilter(entry)))(
		'%s is not a list of nothing',
		(_path, entry) => {
			for (const nothing of [',', ', ,', '\u00a0,\u200b', '', [], {}]) refused(entry, nothing);
			expect(check(entry, 'a, b')).toMatch(/^a, ?b$/);
		},
	);
});
