import type { IDataObject, INodeParameters, INodeProperties } from 'n8n-workflow';

import { Kandji } from '../../nodes/Kandji/Kandji.node';
import { contractCases } from '../contract/cases/index';
import { displayed, operationsOf } from '../structure/description';
import { testTenantOf } from '../transport/support';
import { startTenant, type Tenant } from '../../simulator/tenant/index';

const { description } = new Kandji();

const absentId = '00000000-0000-4000-8000-000000000000';

/** Texts that no record of the tenant is called, by the mode of a locator. */
const absentTexts: Record<string, string> = {
	email: 'nobody@acme.example',
	id: absentId,
	list: absentId,
	name: 'No such name',
	serial: 'C02NOSUCH',
	text: 'No such text',
};

/** What the output calls a text in the fields of a path, by the mode; '' for an ID. */
const keys: Record<string, Record<string, string>> = {
	adeDeviceId: { '': 'device_id', serial: 'serial_number' },
	adeIntegrationId: { '': 'ade_token_id', name: 'ade_token_name' },
	blueprintId: { '': 'blueprint_id', name: 'blueprint_name' },
	customAppId: { '': 'library_item_id', name: 'library_item_name' },
	customProfileId: { '': 'library_item_id', name: 'library_item_name' },
	customScriptId: { '': 'library_item_id', name: 'library_item_name' },
	cveId: { '': 'cve_id' },
	deviceId: {
		'': 'device_id',
		email: 'user_email',
		name: 'device_name',
		serial: 'serial_number',
	},
	exportId: { '': 'export_id' },
	inHouseAppId: { '': 'library_item_id', name: 'library_item_name' },
	libraryItemId: { '': 'library_item_id', name: 'library_item_name' },
	noteId: { '': 'note_id', text: 'note_text' },
	selfServiceCategoryId: { '': 'self_service_category_id', name: 'self_service_category_name' },
	tagId: { '': 'tag_id', name: 'tag_name' },
	userId: { '': 'user_id', email: 'email' },
};

const parametersIn = (url: unknown): string[] =>
	[...String(url).matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name!);

const operations = operationsOf(description).map(({ operation, parameters }) => {
	const fields = displayed(description, parameters);
	return {
		name: `${String(parameters.resource)}.${String(parameters.operation)}`,
		parameters,
		fields,
		ids: parametersIn(operation.routing?.request?.url),
	};
});

interface Absent {
	title: string;
	parameters: INodeParameters;
	/** The field whose record is missing, and its value. */
	field: string;
	value: INodeParameters[string];
	words: IDataObject;
}

/** Every way in which a field of an operation can name a record that does not exist. */
function absentFor(
	name: string,
	{ name: field, modes }: Pick<INodeProperties, 'modes' | 'name'>,
	parameters: INodeParameters,
): Absent[] {
	if (modes === undefined) {
		const value = field === 'cveId' ? 'CVE-1999-0001' : absentId;
		return [
			{ title: name, parameters, field, value, words: { [keys[field]![''] as string]: value } },
		];
	}
	return modes
		.filter((mode) => mode.name !== 'url')
		.map((mode) => {
			const value = absentTexts[mode.name]!;
			const key = keys[field]![mode.name] ?? keys[field]!['']!;
			return {
				title: `${name}, ${field} ${mode.displayName}`,
				parameters,
				field,
				value: { __rl: true, mode: mode.name, value },
				words: { [key]: value },
			};
		});
}

const reads = operations.filter(({ fields }) => fields.some(({ name }) => name === 'ifNoneFound'));

const absences: Absent[] = [
	...reads.flatMap(({ name, parameters, fields, ids }) =>
		ids.flatMap((id) =>
			absentFor(name, fields.find((field) => field.name === id) ?? { name: id }, parameters),
		),
	),
	...Object.entries({
		assetTag: ['asset_tag', 'A-0'],
		deviceName: ['device_name', 'No such name'],
		macAddress: ['mac_address', '00:00:00:00:00:01'],
		serialNumber: ['serial_number', 'C02NOSUCH'],
		userEmail: ['user_email', 'nobody@acme.example'],
	} as const).map(([findBy, [key, value]]) => ({
		title: `device.find by ${findBy}`,
		parameters: { resource: 'device', operation: 'find', findBy },
		field: 'value',
		value,
		words: { [key]: value },
	})),
];

/** The first way of each operation: each sends other requests, each way of one the same. */
const oneEach = [
	...new Map(absences.toReversed().map((each) => [each.title.split(/[, ]/)[0], each])).entries(),
];

const firstOfEach = new Set(oneEach.map(([, absent]) => absent));

let tenant: Tenant;
beforeAll(async () => {
	tenant = await startTenant({ devices: 40 });
});
beforeEach(() => tenant.reset());
afterAll(async () => await tenant.close());

const run = async (...[parameters, options]: Parameters<ReturnType<typeof testTenantOf>['run']>) =>
	await testTenantOf(tenant).run(parameters, options);

const jsonsOf = ({ items }: { items: Array<{ json: IDataObject }> }) =>
	items.map(({ json }) => json);

/** The fields of a read, with a device that exists for the one whose note does not. */
const fieldsOf = ({ parameters, field, value }: Absent): INodeParameters => {
	const [device] = testTenantOf(tenant).devices(1);
	const deviceId = { __rl: true, mode: 'serial', value: device!.serial_number };
	return {
		...parameters,
		...(field === 'noteId' && { deviceId }),
		...(parameters.resource === 'deviceNote' && field === 'deviceId' && { noteId: absentId }),
		[field]: value,
	};
};

it('has a case for every operation that offers If None Found', () => {
	const titles = absences.map(({ title }) => title.split(/[, ]/)[0]);
	expect(new Set(titles)).toEqual(new Set(reads.map(({ name }) => name)));
	expect(absences.length).toBeGreaterThan(50);
});

describe.each(absences.map((absent) => [absent.title, absent] as const))(
	'a record that does not exist, of %s',
	(_title, absent) => {
		it('is an item, no item, or an error', async () => {
			const fields = fieldsOf(absent);
			const item = await run({ ...fields, ifNoneFound: 'returnItem' });
			expect(item.error).toBeUndefined();
			expect(jsonsOf(item)).toEqual([expect.objectContaining({ found: false, ...absent.words })]);
			expect(item.items[0]!.pairedItem).toEqual({ item: 0 });

			if (!firstOfEach.has(absent)) return;
			const nothing = await run({ ...fields, ifNoneFound: 'returnNothing' });
			expect([nothing.error, nothing.items]).toEqual([undefined, []]);

			const failed = await run(fields);
			expect(failed.error).toBeDefined();
			expect(failed.items).toEqual([]);
		});
	},
);

describe.each(oneEach)('what is no proof that a record does not exist, of %s', (_name, absent) => {
	it.each([
		['401', { kind: 'status', status: 401 }],
		['403', { kind: 'status', status: 403 }],
		['500', { kind: 'status', status: 500 }],
		['400', { kind: 'status', status: 400, body: { detail: 'Bad request.' } }],
		['a 404 without a word', { kind: 'status', status: 404, body: '' }],
		['a 404 of a proxy', { kind: 'html', status: 404 }],
		[
			'a 404 of the gateway',
			{
				kind: 'status',
				status: 404,
				body: { message: 'no Route matched with those values', request_id: 'x' },
			},
		],
		['an answer that is no record', { kind: 'errorBody' }],
	] as const)('%s is an error', async (_answer, fault) => {
		tenant.faults.add({ ...fault, method: 'GET' });
		const result = await run({ ...fieldsOf(absent), ifNoneFound: 'returnItem' });
		expect([result.items, result.error?.message]).toEqual([[], expect.any(String)]);
	});
});

describe('If None Found', () => {
	const deviceId = (value: string, mode = 'serial'): INodeParameters => ({
		__rl: true,
		mode,
		value,
	});
	const input = () => {
		const [one, two] = testTenantOf(tenant).devices(2);
		return [one!.serial_number, 'C02NOSUCH', two!.serial_number].map((serial) => ({ serial }));
	};
	const get = { resource: 'device', operation: 'get', deviceId: deviceId('={{ $json.serial }}') };

	it('links each item to its input, however many there are', async () => {
		for (const rows of [input(), [...input(), ...input()]]) {
			const { items } = await run({ ...get, ifNoneFound: 'returnItem' }, { input: rows });
			expect(items.map(({ pairedItem }) => pairedItem)).toEqual(rows.map((_, item) => ({ item })));
			expect(items.map(({ json }) => json.serial_number)).toEqual(rows.map(({ serial }) => serial));
			expect(items.map(({ json }) => json.found)).toEqual(
				rows.map(({ serial }) => (serial === 'C02NOSUCH' ? false : undefined)),
			);
		}
	});

	it('fails when several records can be meant', async () => {
		for (const device of testTenantOf(tenant).devices(2)) device.device_name = 'Kiosk';
		const { items, error } = await run({
			...get,
			deviceId: deviceId('Kiosk', 'name'),
			ifNoneFound: 'returnItem',
		});
		expect([items, error?.message]).toEqual([[], '2 devices have the name "Kiosk"']);
	});

	it('tells a device without a secret from no device', async () => {
		const phone = testTenantOf(tenant).devices(1, 'iPhone')[0]!;
		const secret = { resource: 'deviceSecret', operation: 'getFileVaultKey' };
		const ifNoneFound = 'returnItem';
		const { serial_number, device_id } = phone;
		expect(
			jsonsOf(await run({ ...secret, ifNoneFound, deviceId: deviceId(serial_number) })),
		).toEqual([{ found: false, serial_number, device_id }]);
		expect(jsonsOf(await run({ ...secret, ifNoneFound, deviceId: deviceId('C02NOSUCH') }))).toEqual(
			[{ found: false, serial_number: 'C02NOSUCH' }],
		);
	});

	it('takes a device that is not in lost mode for an answer', async () => {
		const { device_id } = testTenantOf(tenant).devices(1, 'iPhone')[0]!;
		const lostMode = { resource: 'device', operation: 'getLostMode' };
		const fields = { ...lostMode, deviceId: deviceId(device_id, 'id') };
		expect(jsonsOf(await run({ ...fields, ifNoneFound: 'returnItem' }))).toEqual([
			{ found: false, device_id },
		]);
	});

	it('does not take a tenant without vulnerability management for one without the vulnerability', async () => {
		tenant.faults.add({
			kind: 'status',
			status: 404,
			body: { detail: 'Not found.' },
			method: 'GET',
		});
		const { items, error } = await run({
			resource: 'vulnerability',
			operation: 'get',
			cveId: 'CVE-1999-0001',
			ifNoneFound: 'returnItem',
		});
		expect([items, error?.message]).toEqual([[], 'Kandji found nothing at this path']);
	});

	it('masks what the item was looked for by, with Redact Personal Data', async () => {
		const result = await run({
			...get,
			deviceId: deviceId('nobody@acme.example', 'email'),
			ifNoneFound: 'returnItem',
			options: { redactPersonalData: true },
		});
		expect(jsonsOf(result)).toEqual([{ found: false, user_email: '[redacted]' }]);
	});
});

describe.each(
	operations
		.filter(({ ids }) => ids.some((id) => id in keys))
		.map((operation) => [operation.name, operation] as const),
)('an error item of %s', (name, { ids, fields }) => {
	const row = contractCases.find(({ operation }) => operation === name)!;
	const [id] = ids;
	const field = fields.find((each) => each.name === id) ?? { name: id! };
	const [resource, operation] = name.split('.');
	const parameters = { ...row.parameters, resource, operation } as INodeParameters;

	// The last but one way is in words where the field has any.
	const [way] = absentFor(name, field, parameters).slice(-2);

	it.each([[way!.title, way!] as const])(
		'keeps what names its record: %s',
		async (_title, { value, words }) => {
			const { items } = await run(
				{ ...parameters, [id!]: value },
				{ input: [row.input ?? { json: {} }], onError: 'continueRegularOutput' },
			);
			const json: unknown = expect.objectContaining({ ...words, error: expect.any(String) });
			expect(items).toEqual([{ json, pairedItem: { item: 0 } }]);
		},
	);
});

it.each<[string, INodeParameters, IDataObject]>([
	[
		'a row of a table',
		{ operation: 'syncFromTable', serialNumber: 'C02NOSUCH', maximumChanges: 'none' },
		{ serial_number: 'C02NOSUCH' },
	],
	[
		'a record to undo',
		{ operation: 'undo', undo: { device_id: absentId, serial_number: 'C02NOSUCH', changes: 1 } },
		{ device_id: absentId, serial_number: 'C02NOSUCH' },
	],
])('keeps what names its record in an error item: %s', async (_name, parameters, words) => {
	const { items } = await run(
		{ resource: 'device', ...parameters },
		{ onError: 'continueRegularOutput' },
	);
	expect(jsonsOf({ items })).toEqual([{ ...words, error: expect.any(String) }]);
});

it('goes to the error output with the fields of its input', async () => {
	const { outputs } = await run(
		{
			resource: 'device',
			operation: 'get',
			deviceId: { __rl: true, mode: 'serial', value: '={{ $json.serial }}' },
		},
		{ input: [{ serial: 'C02NOSUCH', person: 'Ana' }], onError: 'continueErrorOutput' },
	);
	expect(outputs.map((items) => jsonsOf({ items }))).toEqual([
		[],
		[{ serial: 'C02NOSUCH', person: 'Ana', error: expect.stringContaining('C02NOSUCH') }],
	]);
});
