import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { ContractCase, Exchange } from '../contractCase';

const serialNumber = 'FVHHFKF7Q6L4';
const deviceName = "Ana's MacBook Air";

/** Operations whose answers lack the device, or its serial number and name. */
const isWithoutDevice =
	/^(?:deviceAction|deviceNote|deviceSecret)\.|^device\.(?:delete|get(?:Activity|Apps|Commands|LibraryItems|LostMode|Parameters|Status))$/;

const idIn = ({ deviceId }: INodeParameters): string =>
	String((deviceId as IDataObject | undefined)?.value);

const lookUp = (deviceId: string): Exchange => ({
	request: {
		method: 'GET',
		path: '/api/v1/devices',
		query: { serial_number: serialNumber, limit: '300', offset: '0' },
		encoding: 'none',
	},
	response: {
		body: [
			{
				device_id: deviceId,
				serial_number: serialNumber,
				device_name: deviceName,
				platform: 'Mac',
			},
		],
	},
});

/**
 * One row of each operation whose answers do not say which device they are about, with the device by its serial number:
 * each item has the keys of the record that was looked up, and no request is sent for them.
 */
export function withDeviceKeys(cases: ContractCase[]): ContractCase[] {
	const rows = new Map<string, ContractCase>();
	for (const row of cases) {
		const isRaw = row.parameters.simplify === false;
		if (!isWithoutDevice.test(row.operation) || isRaw || row.items.length === 0) continue;
		if (!rows.has(row.operation)) rows.set(row.operation, row);
	}
	return [...rows.values()].map((row) => {
		const id = idIn(row.parameters);
		return {
			...row,
			title: 'by serial number',
			parameters: {
				...row.parameters,
				deviceId: { __rl: true, mode: 'serial', value: serialNumber },
			},
			before: [lookUp(id), ...(row.before ?? [])],
			items: row.items.map((item) => ({
				...item,
				device_id: id,
				serial_number: serialNumber,
				device_name: deviceName,
			})),
		};
	});
}
