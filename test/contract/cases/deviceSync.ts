import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { ContractCase, Exchange } from '../contractCase';

const deviceId = '3de7b283-1a44-47ef-bde1-2f556a8a32f7';
const adeDeviceId = 'c3b40913-734c-4a50-bded-033ef9269a30';
const blueprintId = '2118bda6-8772-4c5b-ae0a-bb506b2b9516';
const userId = '5344c996-8823-4b37-8d6e-8515fc7c3a0a';

const mac: IDataObject = {
	device_id: deviceId,
	device_name: "Ana's MacBook Air",
	serial_number: 'FVHHFKF7Q6L4',
	platform: 'Mac',
	user: '',
	asset_tag: '',
	blueprint_id: 'e7081136-6df9-43f3-bef8-24b4c84d96a8',
	blueprint_name: 'All Staff',
	is_missing: false,
	is_removed: false,
	tags: ['Loaner', 'dept-sales'],
};

const get = (
	path: string,
	query: Record<string, string>,
	body: IDataObject | IDataObject[],
): Exchange => ({
	request: { method: 'GET', path, query, encoding: 'none' },
	response: { body },
});

const list = (...results: IDataObject[]): IDataObject => ({
	count: results.length,
	next: null,
	previous: null,
	results,
});

const devices = get('/api/v1/devices', { ordering: 'device_id', limit: '300', offset: '0' }, [mac]);
const users = get(
	'/api/v1/users',
	{ archived: 'false' },
	list({ id: userId, email: 'ana@acme.example', name: 'Ana Silva', archived: false }),
);
const blueprints = get(
	'/api/v1/blueprints',
	{ limit: '300', offset: '0' },
	list({ id: blueprintId, name: 'Engineering' }),
);
const tags = get('/api/v1/tags', { search: '' }, list({ id: '1', name: 'Loaner' }));
const adeDevices = get(
	'/api/v1/integrations/apple/ade/devices',
	{ page: '1' },
	list({
		id: adeDeviceId,
		serial_number: 'C02WAITING12',
		blueprint_id: null,
		user_id: null,
		asset_tag: null,
		use_blueprint_routing: true,
	}),
);

const row: IDataObject = {
	serial_number: 'FVHHFKF7Q6L4',
	device_id: deviceId,
	device_name: "Ana's MacBook Air",
	problems: [],
};

const sync = (
	title: string,
	fieldsToSync: INodeParameters,
	exchanges: [Exchange, ...Exchange[]],
	item: IDataObject,
	parameters: INodeParameters = {},
): ContractCase => {
	const [last, ...before] = [...exchanges].reverse() as [Exchange, ...Exchange[]];
	return {
		operation: 'device.syncFromTable',
		title,
		parameters: {
			serialNumber: ' fvhhfkf7q6l4',
			fieldsToSync,
			dryRun: false,
			...parameters,
		},
		before: before.reverse(),
		...last,
		items: [item],
	};
};

/** Device › Sync From Table: everything that it reads and sends. */
export const deviceSyncCases: ContractCase[] = [
	sync(
		'of every field of a device',
		{
			assetTag: 'A-1',
			blueprint: 'engineering',
			deviceName: 'Reception',
			tagsNotToHave: 'dept-*',
			tagsToHave: 'dept-it',
			userEmail: 'ANA@acme.example',
		},
		[
			devices,
			users,
			blueprints,
			tags,
			{
				request: {
					method: 'POST',
					path: '/api/v1/tags',
					encoding: 'json',
					body: { name: 'dept-it' },
				},
				response: { status: 201, body: { id: '2', name: 'dept-it' } },
			},
			{
				request: {
					method: 'PATCH',
					path: `/api/v1/devices/${deviceId}`,
					encoding: 'json',
					body: {
						asset_tag: 'A-1',
						blueprint_id: blueprintId,
						tags: ['Loaner', 'dept-it'],
						user: userId,
					},
				},
				response: { body: mac },
			},
			{
				request: {
					method: 'POST',
					path: `/api/v1/devices/${deviceId}/action/setname`,
					encoding: 'json',
					body: { DeviceName: 'Reception' },
				},
				response: { body: '' },
			},
		],
		{
			...row,
			status: 'changed',
			from: {
				asset_tag: null,
				blueprint_name: 'All Staff',
				device_name: "Ana's MacBook Air",
				tags: ['Loaner', 'dept-sales'],
				user_email: null,
			},
			to: {
				asset_tag: 'A-1',
				blueprint_name: 'Engineering',
				device_name: 'Reception',
				tags: ['Loaner', 'dept-it'],
				user_email: 'ana@acme.example',
			},
			creates_tags: ['dept-it'],
		},
		{ options: { missingTags: 'create' } },
	),
	sync(
		'as a dry run',
		{ assetTag: 'A-1' },
		[devices],
		{ ...row, status: 'planned', from: { asset_tag: null }, to: { asset_tag: 'A-1' } },
		{ dryRun: true },
	),
	sync('without a difference', { tagsToHave: 'loaner' }, [devices], {
		...row,
		status: 'unchanged',
		from: {},
		to: {},
	}),
	sync(
		'of a device that has not enrolled yet',
		{ assetTag: 'A-1', blueprint: blueprintId, userEmail: 'ana@acme.example' },
		[
			devices,
			adeDevices,
			users,
			blueprints,
			{
				request: {
					method: 'PATCH',
					path: `/api/v1/integrations/apple/ade/devices/${adeDeviceId}`,
					encoding: 'json',
					body: {
						asset_tag: 'A-1',
						use_blueprint_routing: false,
						blueprint_id: blueprintId,
						user_id: userId,
					},
				},
				response: { body: { id: adeDeviceId } },
			},
		],
		{
			serial_number: 'C02WAITING12',
			device_id: null,
			device_name: null,
			ade_device_id: adeDeviceId,
			status: 'changed',
			from: { asset_tag: null, blueprint_id: null, user_id: null },
			to: { asset_tag: 'A-1', blueprint_id: blueprintId, user_id: userId },
			problems: [],
		},
		{ serialNumber: 'C02WAITING12', options: { notEnrolledYet: 'update' } },
	),
];
