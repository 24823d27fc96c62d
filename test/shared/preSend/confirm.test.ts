import type { INodeParameters } from 'n8n-workflow';

import {
	runNode,
	type KandjiCredential,
	type RunNodeOptions,
} from '../../../simulator/engine/engine';
import { itemWithFile } from '../../operations/onTenant';
import { startTenant, type Tenant } from '../../../simulator/tenant/index';

describe('confirmation and Maximum Items of destructive operations', () => {
	let tenant: Tenant;
	let credential: KandjiCredential;

	beforeAll(async () => {
		tenant = await startTenant({ devices: 40 });
		credential = { region: 'custom', apiUrl: tenant.url, token: tenant.token };
	});
	beforeEach(() => tenant.reset());
	afterAll(async () => await tenant.close());

	const run = async (
		resource: string,
		operation: string,
		parameters: INodeParameters,
		options: Partial<RunNodeOptions> = {},
	) => await runNode({ resource, operation, ...parameters }, { credential, ...options });
	const destroyed = () =>
		Object.values(tenant.counters.destructive).reduce((sum, { received }) => sum + received, 0);
	const byId = { __rl: true, mode: 'id', value: '={{ $json.id }}' };
	const devices = (count: number) =>
		[...tenant.state.devices.values()]
			.filter(({ platform }) => platform === 'Mac')
			.slice(0, count)
			.map((device) => ({ id: device.device_id, text: device.serial_number }));
	const blueprints = (count: number) =>
		[...tenant.state.blueprints.values()]
			.slice(0, count)
			.map(({ id, name }) => ({ id, text: name }));

	describe.each([
		['device', 'delete', 'deviceId', 'confirmSerialNumber', devices],
		['deviceAction', 'erase', 'deviceId', 'confirmSerialNumber', devices],
		['blueprint', 'delete', 'blueprintId', 'confirmBlueprintName', blueprints],
	] as const)('%s › %s', (resource, operation, locator, confirmation, records) => {
		const parameters = { [locator]: byId, [confirmation]: '={{ $json.text }}' };

		it.each(['stopWorkflow', 'continueRegularOutput'] as const)(
			'refuses more items than the maximum before the first request (%s)',
			async (onError) => {
				const input = records(3);
				expect(input).toHaveLength(3);
				const { error, items } = await run(
					resource,
					operation,
					{ ...parameters, maximumItems: 2 },
					{ input, onError },
				);
				const message = 'There are 3 input items, but Maximum Items is 2';
				if (onError === 'stopWorkflow') expect(error!.message).toBe(message);
				else expect(items.map(({ json }) => json.error)).toEqual([message, message, message]);
				expect(tenant.counters.total.received).toBe(0);
			},
		);

		it('accepts as many items as the maximum', async () => {
			const input = records(2);
			const { error } = await run(
				resource,
				operation,
				{ ...parameters, maximumItems: 2 },
				{ input },
			);
			expect(error).toBeUndefined();
			expect(destroyed()).toBe(2);
		});

		it('keeps the check when an expression resolves to nothing', async () => {
			const { error } = await run(
				resource,
				operation,
				{ ...parameters, maximumItems: '={{ $json.missing }}' },
				{ input: records(1) },
			);
			expect(error).toBeDefined();
			expect(tenant.counters.total.received).toBe(0);
		});

		it('returns the request in a dry run', async () => {
			const [record] = records(1);
			const { items } = await run(
				resource,
				operation,
				{ ...parameters, dryRun: true },
				{ input: [record!] },
			);
			expect(items).toHaveLength(1);
			expect(items[0]!.json).toMatchObject({
				dry_run: true,
				request: { path: expect.stringContaining(record!.id) },
			});
			expect(JSON.stringify(items)).not.toContain(tenant.token);
			expect(destroyed()).toBe(0);
		});
	});

	it.each([
		['customApp', 'create', { installType: 'package', installEnforcement: 'install_once' }],
		['inHouseApp', 'create', {}],
	])('a dry run of %s › %s uploads nothing', async (resource, operation, more) => {
		const { items, error } = await run(
			resource,
			operation,
			{ name: 'Portal', dryRun: true, ...more },
			{ input: [itemWithFile('portal.pkg', Buffer.from('installer'))] },
		);
		expect(error).toBeUndefined();
		expect(items[0]!.json).toMatchObject({
			dry_run: true,
			request: { method: 'POST', body: expect.objectContaining({ name: 'Portal' }) },
		});
		expect(tenant.counters.log.filter(({ method }) => method !== 'GET')).toEqual([]);
		expect(tenant.state.uploads.size).toBe(0);
	});

	it.each([
		['customApp', 'customAppId', () => [...tenant.state.library.customApps.keys()][0]],
		['inHouseApp', 'inHouseAppId', () => [...tenant.state.library.inHouseApps.keys()][0]],
	])('a dry run of %s › update uploads nothing', async (resource, locator, id) => {
		const { items, error } = await run(
			resource,
			'update',
			{
				[locator]: { __rl: true, mode: 'id', value: String(id()) },
				updateFields: { binaryPropertyName: 'data' },
				dryRun: true,
			},
			{ input: [itemWithFile('portal.pkg', Buffer.from('installer'))] },
		);
		expect(error).toBeUndefined();
		expect(items[0]!.json).toMatchObject({ dry_run: true, request: { method: 'PATCH' } });
		expect(tenant.counters.log.map(({ method }) => method)).toEqual(['GET']);
	});
});
