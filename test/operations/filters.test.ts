import type { IDataObject, INodeParameters, INodeProperties } from 'n8n-workflow';

import { Kandji } from '../../nodes/Kandji/Kandji.node';
import { filterOf } from '../../nodes/Kandji/shared/fields/jsonFilter';
import type { ApiContext } from '../../nodes/Kandji/transport/http/context';
import { useTestTenant } from '../transport/support';

const byId = { mode: 'id', value: '3de7b283-1a44-47ef-bde1-2f556a8a32f7', __rl: true };

/** What operations need besides their filters. */
const required: Record<string, INodeParameters> = {
	'device.checkCompliance': { rules: { fileVaultOn: true } },
	'libraryItem.getStatuses': { libraryItemId: byId },
	'vulnerability.getAffectedDevices': { cveId: 'CVE-2024-27804' },
	'vulnerability.getAffectedSoftware': { cveId: 'CVE-2024-27804' },
};

/** Values of the filters that operations check themselves; the others are checked with all fields of the description. */
const blankOf: Partial<Record<INodeProperties['type'], unknown[]>> = {
	json: ['', null, {}, '{}', { name: { in: ['', ' '] } }],
	resourceLocator: ['', '\u00a0', '\u200b', null],
};

const asParameter = ({ type }: INodeProperties): INodeParameters[string] =>
	type === 'resourceLocator'
		? { mode: 'id', value: '={{ $json.value }}', __rl: true }
		: '={{ $json.value }}';

/** Operation, collection and filter. */
const filters = new Kandji().description.properties.flatMap((collection) => {
	if (collection.type !== 'collection') return [];
	const { resource = [], operation = [] } = collection.displayOptions?.show ?? {};
	const fields = (collection.options as INodeProperties[]).filter(
		({ name, type }) =>
			(/filters$/i.test(collection.name) || name === 'filter') && blankOf[type] !== undefined,
	);
	return operation.flatMap((name) =>
		fields.map(
			(field) => [`${String(resource[0])}.${String(name)}`, collection.name, field] as const,
		),
	);
});

describe('a filter never widens', () => {
	const testTenant = useTestTenant({ devices: 5 });

	const errorsOf = async (parameters: INodeParameters, values: unknown[]): Promise<string[]> => {
		const { items } = await testTenant.current.run(parameters, {
			input: values.map((value) => ({ value }) as IDataObject),
			onError: 'continueRegularOutput',
		});
		expect(items).toHaveLength(values.length);
		expect(testTenant.current.tenant.counters.total.received).toBe(0);
		return items.map(({ json }) => String(json.error));
	};

	it('there are filters to try', () => expect(filters.length).toBeGreaterThan(20));

	it.each(filters)('%s %s: blank, or with a blank condition', async (name, collection, field) => {
		const [resource, operation] = name.split('.');
		const errors = await errorsOf(
			{
				resource: resource!,
				operation: operation!,
				...required[name],
				[collection]: { [field.name]: asParameter(field) },
			},
			blankOf[field.type]!,
		);
		for (const error of errors) expect(error).toContain(field.displayName);
	});

	const request = (...parameters: INodeParameters[]): INodeParameters => ({
		resource: 'apiRequest',
		operation: 'send',
		method: 'GET',
		path: '/api/v1/devices',
		queryParameters: { parameters },
	});

	it.each([
		['value', { name: 'search', value: '={{ $json.value }}' }],
		['name', { name: '={{ $json.value }}', value: 'ana' }],
	])('API Request, a %s that is blank', async (_name, row) => {
		const errors = await errorsOf(request(row), ['', ' ', '\u00a0', '\u200b', null, [], {}]);
		for (const error of errors) expect(error).toMatch(/^(Query Parameters|Value|Name) /);
	});

	it.each<[string, INodeParameters[]]>([
		['has no value for "search"', [{ name: 'search', value: ', ,' }]],
		['has no value for "search"', [{ name: 'search', value: '' }]],
		['has a parameter without a name', [{ name: '', value: '1' }]],
		[
			'has "a" twice',
			[
				{ name: 'a', value: '1' },
				{ name: ' a', value: '2' },
			],
		],
	])('API Request: Query Parameters %s', async (problem, rows) => {
		expect(await errorsOf(request(...rows), [1])).toEqual([`Query Parameters ${problem}`]);
	});
});

describe('the conditions of a JSON filter', () => {
	const context = { getNode: () => ({ name: 'Kandji' }) } as unknown as ApiContext;

	it.each([
		[{}, 'Filter is empty'],
		[{ name: {} }, 'Filter is empty at "name"'],
		[{ name: { in: [] } }, 'Filter is empty at "name.in"'],
		[{ name: { in: ['a', ' '] } }, 'Filter is empty at "name.in.1"'],
		[{ a: { eq: false }, name: { like: [null] } }, 'Filter is empty at "name.like.0"'],
	])('%j', (filter, message) => {
		for (const given of [filter, JSON.stringify(filter)]) {
			expect(() => filterOf(context, given)).toThrow(
				expect.objectContaining({ message }) as unknown as Error,
			);
		}
	});

	it('are kept as they are', () => {
		const filter = { a: { eq: false }, b: { gte: 0 }, c: { like: ['x'] }, or: [{ d: { lt: 5 } }] };
		expect(filterOf(context, filter)).toEqual(filter);
		expect(filterOf(context, JSON.stringify(filter))).toEqual(filter);
	});

	it('are refused when they are nested without end', () => {
		const deep = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;
		expect(() => filterOf(context, deep)).toThrow(/^Filter is empty at "a\.a/);
	});
});
