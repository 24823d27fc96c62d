import fc from 'fast-check';
import type { IDataObject, IExecuteSingleFunctions, INodeParameters } from 'n8n-workflow';

import { fitForModel } from '../../nodes/Kandji/transport/routing/modelOutput';
import { createAgentTool } from '../../simulator/engine/agentTool';
import { useTestTenant } from './support';

const mostBytes = 8 * 1024;

const bytes = (text: string) => Buffer.byteLength(text);

/** A call of a tool, as far as what it returns depends on it. */
const toolCall = (parameters: IDataObject): IExecuteSingleFunctions =>
	({
		getNode: () => ({ type: 'n8n-nodes-kandji.kandjiTool', parameters: {} }),
		getNodeParameter: (name: string, fallback: unknown) => parameters[name] ?? fallback,
	}) as unknown as IExecuteSingleFunctions;

describe('what a tool returns to its model', () => {
	const testTenant = useTestTenant({ devices: 200 });

	const answerOf = async (parameters: INodeParameters, args: IDataObject = {}) => {
		const tool = await createAgentTool(parameters, testTenant.current);
		const [answer] = await tool.call(args);
		expect(answer?.error).toBeUndefined();
		return answer!.output!;
	};

	const getAll = { resource: 'device', operation: 'getAll' };

	it.each<[string, INodeParameters]>([
		['all devices', { ...getAll, returnAll: true }],
		['all devices, raw', { ...getAll, returnAll: true, simplify: false }],
		['all apps', { resource: 'prism', operation: 'getAll', category: 'apps', returnAll: true }],
		['audit events', { resource: 'auditEvent', operation: 'getAll', returnAll: true }],
		['scripts', { resource: 'customScript', operation: 'getAll', returnAll: true }],
		['profiles', { resource: 'customProfile', operation: 'getAll', returnAll: true }],
		['users', { resource: 'user', operation: 'getAll', returnAll: true }],
		['vulnerabilities', { resource: 'vulnerability', operation: 'getAll', returnAll: true }],
		['any request', { resource: 'apiRequest', operation: 'send', path: '/api/v1/devices' }],
		[
			'a compliance check',
			{
				resource: 'device',
				operation: 'checkCompliance',
				rules: { fileVaultOn: true },
			},
		],
	])('is at most 25 records and 8 KB: %s', async (_name, parameters) => {
		const output = await answerOf(parameters);
		expect(bytes(output)).toBeLessThanOrEqual(mostBytes);
		const records = JSON.parse(output) as IDataObject[];
		expect(records.length).toBeGreaterThan(0);
		expect(records.filter(({ more }) => more !== true).length).toBeLessThanOrEqual(25);
	});

	it('says that there are more, and how to get less', async () => {
		const records = JSON.parse(await answerOf({ ...getAll, returnAll: true })) as IDataObject[];
		const last = records.pop();
		expect(last).toEqual({
			more: true,
			how_to_get_the_rest: expect.stringMatching(
				/^Get less with Limit, Filters \(Agent Missing, .*User Name, .*\), Fields to Return\. .*Count tells how many/,
			),
			returned: records.length,
		});
		expect(records.length).toBeGreaterThan(8);
	});

	it('says it too where the person’s own limit leaves records out, and not where nothing is left out', async () => {
		const few = JSON.parse(await answerOf({ ...getAll, limit: 3 })) as IDataObject[];
		expect(few).toHaveLength(4);
		expect(few[3]).toMatchObject({ more: true, returned: 3 });
		const [mac] = testTenant.current.devices(1);
		const filters = { serialNumber: mac!.serial_number };
		const one = JSON.parse(await answerOf({ ...getAll, filters })) as IDataObject[];
		expect(one).toHaveLength(1);
		expect(one[0]).not.toHaveProperty('more');
	});

	it('reads no page that it does not need', async () => {
		await answerOf({ ...getAll, returnAll: true });
		expect(testTenant.current.queries('/api/v1/devices')).toMatchObject([{ limit: '26' }]);
	});

	it('is the small fields of a record that is too large, with the names of the others', async () => {
		const [mac] = testTenant.current.devices(1);
		const parameters = {
			resource: 'device',
			operation: 'getFullRecord',
			deviceId: { __rl: true, mode: 'id', value: mac!.device_id },
		};
		const output = await answerOf(parameters);
		expect(bytes(output)).toBeLessThanOrEqual(mostBytes);
		const [record] = JSON.parse(output) as [IDataObject];
		expect(record).toMatchObject({
			device_id: mac!.device_id,
			more: true,
			how_to_get_the_rest: expect.stringMatching(/^Get less with Fields to Return\. A person /),
			left_out: expect.arrayContaining(['apps']),
		});
		const { items } = await testTenant.current.run(parameters);
		const raw = items[0]!.json;
		const { left_out: left, more, how_to_get_the_rest: how, ...rest } = record;
		expect(more && how).toBeTruthy();
		expect([...Object.keys(rest), ...(left as string[])].sort()).toEqual(Object.keys(raw).sort());
		expect(raw).toMatchObject(rest);
	});

	it('has only the fields that Fields to Return names', async () => {
		const fieldsToReturn = '={{ $fromAI("fields") }}';
		const records = JSON.parse(
			await answerOf({ ...getAll, fieldsToReturn }, { fields: 'serial_number, platform' }),
		) as IDataObject[];
		expect(records).toHaveLength(26);
		expect(Object.keys(records[0]!)).toEqual(['serial_number', 'platform']);
		const tool = await createAgentTool({ ...getAll, fieldsToReturn }, testTenant.current);
		const [wrong] = await tool.call({ fields: 'serial' });
		expect(wrong!.error).toMatch(
			/^Fields to Return has a name that no record has: "serial"\. The fields are device_name, serial_number, platform, /,
		);
	});

	it('is not what a workflow gets', async () => {
		const { items } = await testTenant.current.run({ ...getAll, returnAll: true });
		expect(items).toHaveLength(200);
	});

	it('fits, is valid and hides nothing silently, whatever the records are', () => {
		const record = fc.dictionary(fc.string({ maxLength: 200 }), fc.jsonValue({ maxDepth: 3 }), {
			maxKeys: 80,
		});
		const large = fc.record({
			id: fc.uuid(),
			text: fc.string({ minLength: 5_000, unit: 'grapheme' }),
		});
		fc.assert(
			fc.property(
				fc.array(fc.oneof(record, large), { maxLength: 60 }),
				fc.constantFrom({ returnAll: true }, { limit: 10 }, {}),
				(jsons, parameters) => {
					const items = jsons.map((json) => ({ json: json as IDataObject }));
					const returned = fitForModel(toolCall(parameters), items).map(({ json }) => json);
					expect(bytes(JSON.stringify(returned))).toBeLessThanOrEqual(mostBytes);
					const whole = returned.filter(({ left_out: left, more }) => !left && !more);
					expect(jsons.slice(0, whole.length)).toEqual(whole);
					const isWhole = whole.length === jsons.length;
					expect(returned.some(({ more }) => more === true)).toBe(!isWhole);
				},
			),
			{ numRuns: 200 },
		);
	});
});

describe('Device › Count', () => {
	const testTenant = useTestTenant({ devices: 700 });

	it.each<[string, IDataObject]>([
		['all', {}],
		['what the API filters', { platform: 'Mac' }],
		['what is filtered after reading', { platforms: ['Mac', 'iPhone'] }],
	])('counts %s, as Get Many returns it', async (_name, filters) => {
		const device = { resource: 'device', filters: filters as INodeParameters };
		const counted = await testTenant.current.run({ ...device, operation: 'count' });
		const { items } = await testTenant.current.run({
			...device,
			operation: 'getAll',
			returnAll: true,
		});
		expect(counted.items.map(({ json }) => json)).toEqual([{ count: items.length }]);
	});
});
