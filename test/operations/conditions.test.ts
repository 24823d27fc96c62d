import fc from 'fast-check';
import type { IDataObject, ILoadOptionsFunctions, INodeParameters } from 'n8n-workflow';

import { Kandji } from '../../nodes/Kandji/Kandji.node';
import { getPrismFields, prismFields } from '../../nodes/Kandji/resources/prism/conditionFields';
import { categoryOptions } from '../../nodes/Kandji/resources/prism/categories';
import type { ConditionFields } from '../../nodes/Kandji/shared/fields/conditions';
import { operatorEntries } from '../../nodes/Kandji/shared/fields/conditions';
import { isVersionAtLeast } from '../../nodes/Kandji/shared/versions';
import { documentedAnswers, recordsOf } from '../contract/documented';
import { onTenant } from './onTenant';

const categories = categoryOptions.map(({ value }) => String(value));

const conditions = (...rows: INodeParameters[]): INodeParameters => ({ conditions: { rows } });

const listed = (value: unknown): string[] => String(value).split(', ');

/** What each operator means, said once more. */
const meaning: Record<string, (actual: unknown, wanted: unknown) => boolean> = {
	contains: (actual, wanted) =>
		listed(wanted).some((part) =>
			String(actual ?? '')
				.toLowerCase()
				.includes(part.toLowerCase()),
		),
	containsNone: (actual, wanted) => !meaning.contains!(actual, wanted),
	isAfter: (actual, wanted) => Date.parse(String(actual)) > Date.parse(String(wanted)),
	isAnyOf: (actual, wanted) => listed(wanted).includes(String(actual)),
	isAtLeast: (actual, wanted) => typeof actual === 'number' && actual >= Number(wanted),
	isAtMost: (actual, wanted) => typeof actual === 'number' && actual <= Number(wanted),
	isBefore: (actual, wanted) => Date.parse(String(actual)) < Date.parse(String(wanted)),
	isFalse: (actual) => actual === false,
	isLessThan: (actual, wanted) => typeof actual === 'number' && actual < Number(wanted),
	isMoreThan: (actual, wanted) => typeof actual === 'number' && actual > Number(wanted),
	isNoneOf: (actual, wanted) => !listed(wanted).includes(String(actual)),
	isTrue: (actual) => actual === true,
	versionAtLeast: (actual, wanted) =>
		isVersionAtLeast(String(actual ?? ''), String(wanted)) === true,
	versionBelow: (actual, wanted) =>
		isVersionAtLeast(String(actual ?? ''), String(wanted)) === false,
};

describe('the fields of conditions', () => {
	it.each(categories)('of %s are those of its documented records, each of its kind', (category) => {
		const answer = documentedAnswers.find(
			({ request }) => request === `GET /api/v1/prism/${category}`,
		);
		const records = recordsOf(answer?.body);
		const fields = prismFields(category);
		const names = new Set(records.flatMap((record) => Object.keys(record)));
		const isDocumented = records.some((record) => 'device_id' in record);
		expect(isDocumented).toBe(category !== 'kernel_extensions');
		for (const record of records) {
			for (const [name, value] of Object.entries(record)) {
				// Lists and objects cannot be compared, and an empty value tells no kind.
				if (value === null || value === '' || typeof value === 'object' || !isDocumented) continue;
				const isDate = /^\d{4}-\d\d-\d\dT/.test(String(value));
				const kinds =
					typeof value === 'boolean'
						? ['boolean']
						: typeof value === 'number'
							? ['number']
							: isDate
								? ['date']
								: ['text', 'version'];
				expect([name, kinds]).toEqual([name, expect.arrayContaining([fields[name]])]);
			}
		}
		// The documented record of Device Information is older: later fields are those of the other categories.
		const unknown = Object.keys(fields).filter((name) => !names.has(name));
		if (isDocumented && category !== 'device_information') expect(unknown).toEqual([]);
	});

	it('are offered for the chosen category', async () => {
		const { typeOptions } = JSON.parse(JSON.stringify(conditionRows()[0])) as {
			typeOptions: { loadOptionsMethod: keyof Kandji['methods']['loadOptions'] };
		};
		const context = { getCurrentNodeParameter: () => 'filevault' };
		const load = new Kandji().methods.loadOptions[typeOptions.loadOptionsMethod];
		expect(load).toBe(getPrismFields);
		const options = await load.call(context as unknown as ILoadOptionsFunctions);
		expect(options.map(({ value }) => value).sort()).toEqual(
			Object.keys(prismFields('filevault')).sort(),
		);
		expect(options).toContainEqual({ name: 'Device User Email', value: 'device__user_email' });
	});
});

/** The fields of a row of Prism's conditions. */
function conditionRows(): unknown[] {
	const filters = new Kandji().description.properties.find(
		({ name, displayOptions: { show = {} } = {} }) =>
			name === 'filters' && (show.resource ?? []).includes('prism'),
	) as unknown as { options: Array<{ name: string; options: Array<{ values: unknown[] }> }> };
	return filters.options.find(({ name }) => name === 'conditions')!.options[0]!.values;
}

/** A row that an operator of the field's kind makes of one of the field's values. */
const rowOf = (field: string, operator: string, value: unknown): INodeParameters => {
	const { takes } = Object.fromEntries(operatorEntries)[operator as 'contains']!;
	return { field, operator, ...(takes && { [takes]: value as string }) };
};

describe('conditions on Prism records', () => {
	const kandji = onTenant('prism', { devices: 12, rateLimit: false });
	const read = async (category: string, more: INodeParameters = {}): Promise<IDataObject[]> =>
		await kandji.json('getAll', { category, returnAll: true, simplify: false, ...more });

	it('keep the records that meet all of them, whatever the field and operator', async () => {
		const all = new Map<string, IDataObject[]>();
		for (const category of categories) all.set(category, await read(category));
		const choices = categories.flatMap((category) => {
			const fields: ConditionFields = prismFields(category);
			return Object.keys(all.get(category)![0] ?? {})
				.filter((name) => name in fields)
				.flatMap((name) =>
					operatorEntries
						.filter(([, { kinds }]) => kinds.includes(fields[name]!))
						.map(([operator]) => ({ category, name, operator })),
				);
		});
		expect(choices.length).toBeGreaterThan(800);
		const picked = fc.record({
			choice: fc.constantFrom(...choices),
			seed: fc.nat(),
			other: fc.nat(),
		});
		let kept = 0;
		await fc.assert(
			fc.asyncProperty(picked, async ({ choice: { category, name, operator }, seed, other }) => {
				const rows = all.get(category)!;
				const values = rows
					.map((row) => row[name])
					.filter((value) => value !== null && value !== '' && !String(value).includes(','));
				if (values.length === 0) return;
				const wanted = values[seed % values.length];
				const value =
					operator.startsWith('is') && operator.endsWith('Of')
						? `${String(wanted)}, ${String(values[other % values.length])}`
						: wanted;
				if (operator.startsWith('version') && !/\d/.test(String(value))) return;
				const family = String(rows[other % rows.length]!.device__family);
				const isAlone = other % 2 === 0 || (name === 'device__family' && operator === 'contains');
				const ofFamily = { field: 'device__family', operator: 'contains', values: family };
				const filters = conditions(rowOf(name, operator, value), ...(isAlone ? [] : [ofFamily]));
				const expected = rows.filter(
					(row) =>
						meaning[operator]!(row[name], value) &&
						(isAlone || meaning.contains!(row.device__family, family)),
				);
				kept += expected.length;
				expect(await read(category, { filters })).toEqual(expected);
			}),
			{ numRuns: 150 },
		);
		expect(kept).toBeGreaterThan(500);
	}, 60_000);

	it('take dates, lists and numbers from expressions', async () => {
		const all = await read('local_users');
		const wanted = all.filter(({ username, uid }) => username !== 'daemon' && Number(uid) >= 501);
		const filters = conditions(
			{ field: 'username', operator: 'isNoneOf', values: '={{ ["daemon", "root"] }}' },
			{ field: 'uid', operator: 'isAtLeast', number: '={{ "501" }}' },
			{
				field: 'last_collected_at',
				operator: 'isBefore',
				date: '={{ $now.plus(1, "day").toISO() }}',
			},
		);
		expect(wanted.length).toBeGreaterThan(5);
		expect(await read('local_users', { filters })).toEqual(wanted);
	});

	it('combine with Filter, and Limit counts what passes', async () => {
		const all = await read('apps');
		const version = '100';
		const wanted = all.filter(
			(app) => app.device__family === 'Mac' && meaning.versionBelow!(app.version, version),
		);
		const filters = {
			...conditions({ field: 'version', operator: 'versionBelow', version }),
			filter: '{"device__family": {"in": ["Mac"]}}',
		};
		expect(wanted.length).toBeGreaterThan(20);
		expect(await read('apps', { filters })).toEqual(wanted);
		const few = await read('apps', { filters, returnAll: false, limit: 7 });
		expect(few).toEqual(wanted.slice(0, 7));
	});

	it('go to an export', async () => {
		const rows = [{ field: 'device__family', operator: 'isAnyOf', values: 'Mac' }];
		const [job] = await kandji.json('requestExport', {
			category: 'apps',
			additionalFields: conditions(...rows),
		});
		expect(job).toMatchObject({ status: 'pending' });
		expect(kandji.tenant.counters.log.at(-1)?.body).toMatchObject({
			filter: { device__family: { in: ['Mac'] } },
		});
		const { error } = await kandji.run('requestExport', {
			category: 'apps',
			additionalFields: conditions({ field: 'version', operator: 'versionBelow', version: '1' }),
		});
		expect(error?.message).toMatch(/^Operator must be one of /);
	});

	const isTrue = { field: 'status', operator: 'isTrue' };
	const named = (field: string) => ({ field, operator: 'isAnyOf', values: 'Mac' });

	it.each<[problem: string, filters: INodeParameters, message: RegExp]>([
		['no row', conditions(), /^Conditions is empty/],
		['an unknown field', conditions(named('colour')), /no field "colour"/],
		['a name of every object', conditions(named('constructor')), /no field "constructor"/],
		['no field', conditions({ operator: 'isTrue' }), /a row has no field/],
		[
			'an operator of another kind',
			conditions({ ...isTrue, field: 'key_type' }),
			/"Is True" does not fit/,
		],
		['an unknown operator', conditions({ ...isTrue, operator: 'is' }), /^Operator must be one of/],
		['no values', conditions({ field: 'key_type', operator: 'contains' }), /Key Type has no value/],
		['blank values', conditions({ field: 'key_type', values: '={{ " , " }}' }), /Values is empty/],
		[
			'no date',
			conditions({ field: 'updated_at', operator: 'isAfter', date: 'soon' }),
			/Conditions › Updated At is not a date: "soon"/,
		],
		[
			'no number',
			conditions({ field: 'updated_at', operator: 'isAtLeast', number: '={{ "many" }}' }),
			/Number must be a number/,
		],
		[
			'one operator twice',
			conditions(named('device__family'), named('device__family')),
			/cannot combine two conditions of Device Family/,
		],
		[
			'a field of Filter',
			{ ...conditions(named('device__family')), filter: '{"device__family": {"like": ["a"]}}' },
			/cannot combine two conditions of Device Family/,
		],
	])('are refused before any request: %s', async (_, filters, message) => {
		const { error } = await kandji.run('getAll', { category: 'filevault', filters });
		expect(error?.message).toMatch(message);
		expect(kandji.tenant.counters.log).toEqual([]);
	});

	it('are refused with a version that is none', async () => {
		const filters = conditions({ field: 'version', operator: 'versionBelow', version: 'latest' });
		const { error } = await kandji.run('getAll', { category: 'apps', filters });
		expect(error?.message).toBe('Conditions: "latest" is no version');
		expect(kandji.tenant.counters.log).toEqual([]);
	});
});

describe('conditions on vulnerabilities', () => {
	const kandji = onTenant('vulnerability', { rateLimit: false });
	const all = { returnAll: true };
	const raw = { ...all, simplify: false };

	it('keep the detections of a severity on an app below a version', async () => {
		const detections = await kandji.json('getDetections', raw);
		const [{ name, version, cvss_severity: severity }] = detections as [IDataObject];
		const filters = conditions(
			{ field: 'name', operator: 'isAnyOf', values: String(name) },
			{ field: 'cvss_severity', operator: 'isAnyOf', values: String(severity) },
			{ field: 'version', operator: 'versionAtLeast', version: String(version) },
		);
		const expected = detections.filter(
			(other) =>
				other.name === name &&
				other.cvss_severity === severity &&
				meaning.versionAtLeast!(other.version, version),
		);
		expect(expected.length).toBeGreaterThan(0);
		expect(expected.length).toBeLessThan(detections.length);
		expect(await kandji.json('getDetections', { ...raw, filters })).toEqual(expected);
	});

	it('keep the vulnerabilities, affected devices and affected software that match', async () => {
		const vulnerabilities = await kandji.json('getAll', all);
		const [first] = vulnerabilities as [IDataObject];
		const severities = conditions({
			field: 'severity',
			operator: 'isNoneOf',
			values: String(first.severity),
		});
		expect(await kandji.json('getAll', { ...all, filters: severities })).toEqual(
			vulnerabilities.filter(({ severity }) => severity !== first.severity),
		);
		const of = { ...all, cveId: String(first.cve_id) };
		const devices = await kandji.json('getAffectedDevices', of);
		const filters = conditions({ field: 'name', values: String(devices[0]?.name) });
		expect(await kandji.json('getAffectedDevices', { ...of, filters })).toEqual(
			devices.filter(({ name }) => meaning.contains!(name, devices[0]?.name)),
		);
		const { error } = await kandji.run('getAffectedSoftware', {
			...of,
			filters: conditions({ field: 'severity', operator: 'isAnyOf', values: 'High' }),
		});
		expect(error?.message).toMatch(/^Field must be one of blueprint_id, detection_datetime/);
	});
});
