import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { byId } from '../operations/onTenant';
import { errorText, jsons, useTestTenant } from './support';

/** Values that say neither true nor false. */
const odd = [1, 0, 'yes', 'flase', '', null, [true], [false], {}];

describe('a field from an expression', () => {
	const testTenant = useTestTenant({ devices: 12 });
	const run = async (parameters: INodeParameters, input?: IDataObject[]) =>
		await testTenant.current.run(parameters, { input });
	const writes = () =>
		Object.entries(testTenant.current.tenant.counters.operations)
			.filter(([name]) => !name.startsWith('GET '))
			.reduce((sum, [, { received }]) => sum + received, 0);
	const erase = (more: INodeParameters = {}): INodeParameters => {
		const [device] = testTenant.current.devices(1);
		return {
			resource: 'deviceAction',
			operation: 'erase',
			deviceId: byId(device!.device_id),
			confirmSerialNumber: device!.serial_number,
			...more,
		};
	};

	describe.each(['dryRun', 'checkSerialNumber'])('the switch %s', (name) => {
		it.each(odd)('refuses %j and sends nothing', async (value) => {
			const result = await run(erase({ [name]: '={{ $json.value }}' }), [{ value }]);
			expect(errorText(result)).toMatch(/^(Dry Run|Check Serial Number) /);
			expect(testTenant.current.tenant.counters.total.received).toBe(0);
		});

		it('refuses an expression that names nothing', async () => {
			const result = await run(erase({ [name]: '={{ $json.missing }}' }), [{}]);
			expect(errorText(result)).toMatch(/ is empty/);
			expect(testTenant.current.tenant.counters.total.received).toBe(0);
		});
	});

	it.each<[string, INodeParameters]>([
		['a password', { additionalFields: { pin: '={{ { a: "739184" } }}' } }],
		[
			'an enrollment code',
			{
				resource: 'blueprintRouting',
				operation: 'update',
				updateFields: { enrollmentCode: '={{ { a: "739184" } }}' },
			},
		],
	])('does not repeat the value of %s', async (_name, parameters) => {
		const isErase = parameters.resource === undefined;
		const result = await run(isErase ? erase(parameters) : parameters);
		expect(errorText(result)).toMatch(/ must be /);
		expect(errorText(result)).not.toContain('739184');
	});

	it.each([true, 'true', ' TRUE '])('takes %j for a dry run', async (value) => {
		const result = await run(erase({ dryRun: '={{ $json.value }}' }), [{ value }]);
		expect(jsons(result.items)).toMatchObject([{ dry_run: true }]);
		expect(writes()).toBe(0);
	});

	it('checks the serial number when the switch is text that says true', async () => {
		const wrong = { checkSerialNumber: '={{ "true" }}', confirmSerialNumber: 'C02WRONG0000' };
		expect(errorText(await run(erase(wrong)))).toMatch(/^Confirm Serial Number does not match/);
		expect(writes()).toBe(0);
	});

	it.each(['Infinity', [100], '', 0, 2.5, null])('refuses %j for Maximum Items', async (value) => {
		const result = await run(erase({ maximumItems: '={{ $json.value }}' }), [{ value }]);
		expect(errorText(result)).toMatch(/^Maximum Items /);
		expect(testTenant.current.tenant.counters.total.received).toBe(0);
	});

	it.each([
		['pin', { additionalFields: { pin: '={{ $json.none }}' } }, /^PIN is empty/],
		['pin', { additionalFields: { pin: '={{ ({ pin: "482913" }) }}' } }, /^PIN must be text \|/],
		['flags', { additionalFields: { androidEraseFlags: '={{ "ALL" }}' } }, /^Android Erase Flags/],
		['mode', { additionalFields: { windowsEraseMode: '={{ ["WIPE"] }}' } }, /^Windows Erase Mode/],
	])('does not lose the %s of an erase: %j', async (_what, fields, message) => {
		expect(errorText(await run(erase(fields as INodeParameters)))).toMatch(message);
		expect(testTenant.current.tenant.counters.total.received).toBe(0);
	});

	it.each(['user', ['serial'], {}, ''])(
		'refuses or understands %j in Clear Fields',
		async (value) => {
			const [device] = testTenant.current.devices(1);
			const result = await run(
				{
					resource: 'device',
					operation: 'update',
					deviceId: byId(device!.device_id),
					updateFields: { clearFields: '={{ $json.value }}' },
				},
				[{ value }],
			);
			if (value === 'user') {
				expect(result.status).toBe('success');
				expect(testTenant.current.tenant.state.devices.get(device!.device_id)?.user).toBeFalsy();
			} else {
				expect(errorText(result)).toMatch(/^Clear Fields /);
				expect(writes()).toBe(0);
			}
		},
	);

	it('returns everything when Return All is text that says true', async () => {
		const { items } = await run({
			resource: 'device',
			operation: 'getAll',
			returnAll: '={{ "true" }}',
		});
		expect(items).toHaveLength(12);
	});

	it('evaluates an expression once', async () => {
		const [one, other] = testTenant.current.devices(2);
		const ids = JSON.stringify([one!.device_id, other!.device_id]);
		for (let round = 0; round < 10; round++) {
			const result = await run(
				erase({
					deviceId: byId(`={{ ${ids}[Math.floor(Math.random() * 2)] }}`),
					confirmSerialNumber: one!.serial_number,
				}),
			);
			if (result.status === 'success') {
				expect(jsons(result.items)).toMatchObject([{ device_id: one!.device_id }]);
			} else {
				expect(errorText(result)).toMatch(/^Confirm Serial Number does not match/);
			}
		}
	});
});
