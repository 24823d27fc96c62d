import type { IDataObject } from 'n8n-workflow';

import type { ContractCase } from '../contractCase';

const settings = { enrollment_code: { is_active: true, code: '374732' } };

const activity: IDataObject = {
	id: 45964,
	activity_time: '2026-01-09T22:03:14.154428Z',
	activity_type: 'routing_departure',
	user: null,
	device_id: '7c1e4d9a-2a6f-4b3d-9a1f-8e2c0f5b6d41',
	details: { is_fallback: false, matched_route: null },
};
const edited: IDataObject = {
	id: 45857,
	activity_time: '',
	activity_type: 'routing_config_edited',
	user: { id: '5a9c1e2f-7b4d-4a8f-9e33-0c6d2b8f1a77', email: 'ana@acme.example' },
	device_id: null,
	details: {},
};

const update = (title: string, updateFields: IDataObject, code: IDataObject): ContractCase => ({
	operation: 'blueprintRouting.update',
	title,
	parameters: {
		updateFields: updateFields as { enrollmentActive?: boolean; enrollmentCode?: string },
	},
	request: {
		method: 'PATCH',
		path: '/api/v1/blueprint-routing/',
		encoding: 'json',
		body: { enrollment_code: code },
	},
	response: { body: settings },
	items: [settings],
});

export const blueprintRoutingCases: ContractCase[] = [
	{
		operation: 'blueprintRouting.get',
		parameters: {},
		request: { method: 'GET', path: '/api/v1/blueprint-routing/', encoding: 'none' },
		response: { body: settings },
		items: [settings],
	},
	{
		operation: 'blueprintRouting.getActivity',
		parameters: { returnAll: true },
		request: {
			method: 'GET',
			path: '/api/v1/blueprint-routing/activity',
			query: { limit: '300', offset: '0' },
			encoding: 'none',
		},
		response: { body: { count: 2, next: null, previous: null, results: [activity, edited] } },
		items: [activity, edited],
	},
	update(
		'of everything',
		{ enrollmentActive: false, enrollmentCode: ' 012345 ' },
		{ is_active: false, code: '012345' },
	),
	update('of the code', { enrollmentCode: '012345' }, { code: '012345' }),
];
