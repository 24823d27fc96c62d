import { NodeHelpers, type INodeParameters, type INodeProperties } from 'n8n-workflow';

import { loadNodeType } from '../../simulator/engine/package';
import { fillParameters } from '../../simulator/engine/parameters';
import { listSearch } from '../../nodes/Kandji/listSearch/index';

type Locator = INodeProperties & { modes: NonNullable<INodeProperties['modes']> };

const inside = (field: INodeProperties): INodeProperties[] =>
	(field.options ?? []).flatMap((option) =>
		'values' in option ? option.values : 'type' in option ? [option as INodeProperties] : [],
	);

/** All locators, at the top and inside collections. */
const locatorsOf = (fields: INodeProperties[]): Locator[] =>
	fields.flatMap((field) =>
		field.type === 'resourceLocator' ? [field as Locator] : locatorsOf(inside(field)),
	);

describe('a field for a record', () => {
	let fields: INodeProperties[];
	let issuesOf: (parameters: INodeParameters) => Record<string, string[]>;

	beforeAll(async () => {
		const { description } = await loadNodeType('kandji');
		fields = description.properties;
		issuesOf = (parameters) => {
			const node = {
				id: '1',
				name: 'Kandji',
				type: 'kandji',
				typeVersion: 1,
				position: [0, 0] as [number, number],
				parameters: fillParameters(description, parameters),
				credentials: { kandjiApi: { id: '1', name: 'Kandji' } },
			};
			const issues = NodeHelpers.getNodeParametersIssues(fields, node, description);
			return (issues?.parameters ?? {}) as Record<string, string[]>;
		};
	});

	it('offers a list, what people call the record, and its ID', () => {
		const locators = locatorsOf(fields);
		expect(locators.length).toBeGreaterThan(25);
		for (const { displayName, modes } of locators) {
			const names = modes.map(({ name }) => name);
			expect([displayName, names[0], names.at(-1)]).toEqual([displayName, 'list', 'id']);
			expect([displayName, names.some((name) => /^(email|name|serial|text)$/.test(name))]).toEqual([
				displayName,
				true,
			]);
			expect(Object.keys(listSearch)).toContain(modes[0]!.typeOptions?.searchListMethod);
		}
	});

	/** One value of each condition of a field makes the form that shows it. */
	const formOf = ({ displayOptions }: INodeProperties): INodeParameters =>
		Object.fromEntries(
			Object.entries(displayOptions?.show ?? {}).map(([name, values = []]) => [
				name,
				values[0] as string,
			]),
		);

	it.each(['id', 'url'])(
		'has one message for a bad value in the mode %s, which names it and its other modes',
		(mode) => {
			const top = fields.filter((field): field is Locator => field.type === 'resourceLocator');
			expect(top.length).toBeGreaterThan(10);
			for (const field of top) {
				if (!field.modes.some(({ name }) => name === mode)) continue;
				const form = { operation: 'get', ...formOf(field) };
				const messages = issuesOf({ ...form, [field.name]: { __rl: true, mode, value: 'bad' } })[
					field.name
				];
				expect([field.displayName, messages]).toEqual([
					field.displayName,
					[expect.stringContaining(`${field.displayName}: enter `)],
				]);
				const words = {
					email: 'an email',
					name: 'a name',
					serial: 'a serial number',
					text: 'its text',
				};
				for (const [name, word] of Object.entries(words)) {
					if (field.modes.some((other) => other.name === name))
						expect(messages![0]).toContain(word);
				}
			}
		},
	);

	it('has none for a good value', () => {
		const value = ' 3DE7b283-1a44-47ef-bde1-2f556a8a32f7 ';
		for (const field of fields.filter(({ type }) => type === 'resourceLocator')) {
			const form = { operation: 'get', ...formOf(field) };
			expect(
				issuesOf({ ...form, [field.name]: { __rl: true, mode: 'id', value } })[field.name],
			).toBeUndefined();
		}
	});
});
