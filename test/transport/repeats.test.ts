import type { IDataObject, INodeParameters, INodePropertyOptions } from 'n8n-workflow';

import { Kandji } from '../../nodes/Kandji/Kandji.node';
import type { Device } from '../../simulator/tenant';
import { operationsOf } from '../structure/description';
import { errorText, jsons, useTestTenant, writes } from './support';

const locators: Record<string, string> = {
	'customApp.delete': 'customAppId',
	'customProfile.delete': 'customProfileId',
	'customScript.delete': 'customScriptId',
	'inHouseApp.delete': 'inHouseAppId',
	'tag.delete': 'tagId',
	'user.delete': 'userId',
	'user.offboard': 'userId',
	'blueprint.delete': 'blueprintId',
	'adeIntegration.delete': 'adeIntegrationId',
};

const more: Record<string, INodeParameters> = {
	'adeIntegration.delete': { checkServerName: false },
	'blueprint.delete': { checkBlueprintName: false },
	'device.delete': { checkSerialNumber: false },
	'deviceAction.deleteUser': { userName: 'jdoe' },
	'deviceAction.erase': { checkSerialNumber: false },
	'deviceNote.delete': { noteId: 'e74f34b0-120b-4149-9c0d-3e2f0d08426c' },
	'user.offboard': { deviceAction: 'erase', confirmSerialNumbers: 'C02' },
};

const irreversible = operationsOf(new Kandji().description)
	.filter(({ operation }) => {
		const { method, url = '' } = (operation as INodePropertyOptions).routing?.request ?? {};
		const isDeleting = method === 'DELETE' && !String(url).endsWith('/lostmode');
		return isDeleting || /\/action\/(erase|deleteuser)$/.test(String(url));
	})
	.map(({ resource, operation }) => `${resource.value}.${operation.value}`);

const id = '3de7b283-1a44-47ef-bde1-2f556a8a32f7';
const other = '8f0a2b14-77de-4c3c-9d0e-54a1d9f3b6aa';

describe('the same record in two items', () => {
	const testTenant = useTestTenant({ devices: 40 });
	const erase = (mode: string, more: INodeParameters = {}): INodeParameters => ({
		resource: 'deviceAction',
		operation: 'erase',
		checkSerialNumber: false,
		deviceId: { __rl: true, mode, value: '={{ $json.value }}' },
		...more,
	});
	const erased = () => writes(testTenant.current.tenant).map(({ url }) => url.split('/')[4]);

	it('is looked for wherever something cannot be undone', () => {
		expect(irreversible.length).toBeGreaterThan(11);
	});

	it.each(irreversible)('is refused before the first request: %s', async (name) => {
		const [resource, operation] = name.split('.') as [string, string];
		const locator = locators[name] ?? 'deviceId';
		const input = [other, id, ` ${id.toUpperCase()} `].map((value) => ({ value }));
		const result = await testTenant.current.run(
			{
				resource,
				operation,
				[locator]: { __rl: true, mode: 'id', value: '={{ $json.value }}' },
				...more[name],
			},
			{ input },
		);
		expect(result.error!.message).toBe('Items 1 and 2 name the same record');
		expect(errorText(result)).toContain('Nothing was sent.');
		expect(testTenant.current.tenant.counters.total.received).toBe(0);
	});

	it.each([
		['DELETE', `/api/v1/tags/${id}`],
		['POST', `/api/v1/devices/${id}/action/erase`],
	])('is refused in an API request: %s', async (method, path) => {
		const { error } = await testTenant.current.run(
			{ resource: 'apiRequest', operation: 'send', method, path },
			{ input: [{}, {}] },
		);
		expect(error!.message).toBe('Items 0 and 1 name the same record');
		expect(testTenant.current.tenant.counters.total.received).toBe(0);
	});

	it.each([
		['serial', ({ serial_number: serial }: Device) => [serial, ` ${serial.toLowerCase()}`]],
		[
			'url',
			({ device_id: device }: Device) => [
				`https://acme.kandji.io/devices/${device}`,
				`https://acme.kandji.io/devices/${device}/apps`,
			],
		],
	])('is refused in the mode %s', async (mode, valuesOf) => {
		const [device] = testTenant.current.devices(1);
		const input = valuesOf(device!).map((value) => ({ value }));
		const { error } = await testTenant.current.run(erase(mode), { input });
		expect(error!.message).toBe('Items 0 and 1 name the same record');
		expect(testTenant.current.tenant.counters.total.received).toBe(0);
	});

	it('is refused with batching too, which starts the later item later', async () => {
		const [device] = testTenant.current.devices(1);
		const value = device!.device_id;
		const { error } = await testTenant.current.run(
			erase('id', {
				requestOptions: { batching: { batch: { batchSize: 1, batchInterval: 20 } } },
			}),
			{ input: [{ value }, { value }] },
		);
		expect(error!.message).toBe('Items 0 and 1 name the same record');
		expect(testTenant.current.tenant.counters.total.received).toBe(0);
	});

	it('is left out, and the other items go on, with On Error set to continue', async () => {
		const [one, two] = testTenant.current.devices(2) as [Device, Device];
		const input = [one, two, one].map(({ device_id: value }) => ({ value }));
		const { items } = await testTenant.current.run(erase('id'), {
			input,
			onError: 'continueRegularOutput',
		});
		expect(jsons(items).map(({ error, device_id: device }) => error ?? device)).toEqual([
			'Items 0 and 2 name the same record',
			two.device_id,
			'Items 0 and 2 name the same record',
		]);
		expect(erased()).toEqual([two.device_id]);
	});

	it('is sent once when only the request shows that it is the same', async () => {
		const [device] = testTenant.current.devices(1);
		const input: IDataObject[] = [
			{ locator: { __rl: true, mode: 'id', value: device!.device_id } },
			{ locator: { __rl: true, mode: 'serial', value: device!.serial_number } },
		];
		const { items } = await testTenant.current.run(
			erase('id', { deviceId: '={{ $json.locator }}' }),
			{ input, onError: 'continueRegularOutput' },
		);
		expect(erased()).toEqual([device!.device_id]);
		expect(jsons(items)[1]!.error).toBe('Items 0 and 1 name the same record');
	});

	it('may be two users of one device, and one user whose devices are locked', async () => {
		const [device] = testTenant.current.devices(1);
		const input = ['ana', 'ben'].map((name) => ({ value: device!.device_id, name }));
		const accounts = await testTenant.current.run(
			{
				resource: 'deviceAction',
				operation: 'deleteUser',
				deviceId: { __rl: true, mode: 'id', value: '={{ $json.value }}' },
				userName: '={{ $json.name }}',
			},
			{ input },
		);
		expect(accounts.error).toBeUndefined();
		const [user] = [...testTenant.current.tenant.state.users.keys()];
		const locked = await testTenant.current.run(
			{
				resource: 'user',
				operation: 'offboard',
				userId: { __rl: true, mode: 'id', value: user! },
				deviceAction: 'unassignOnly',
			},
			{ input: [{}, {}] },
		);
		expect(locked.error).toBeUndefined();
	});
});
