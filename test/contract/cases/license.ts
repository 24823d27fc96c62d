import type { IDataObject } from 'n8n-workflow';

import type { ContractCase } from '../contractCase';

const licensing: IDataObject = {
	counts: {
		computers_count: 8,
		ios_count: 0,
		ipados_count: 1,
		macos_count: 7,
		tvos_count: 0,
	},
	limits: {
		plan_type: 'single_limit',
		max_devices: 10,
		max_devices_per_platform: { macos: 0, ios_ipados: 0 },
	},
	tenantOverLicenseLimit: false,
};

const get = (title: string, body: IDataObject): ContractCase => ({
	operation: 'license.get',
	title,
	parameters: {},
	request: { method: 'GET', path: '/api/v1/settings/licensing', encoding: 'none' },
	response: { body },
	items: [body],
});

export const licenseCases: ContractCase[] = [
	get('', licensing),
	get('without limits', { ...licensing, limits: null }),
];
