import type { IDataObject } from 'n8n-workflow';

import type { ContractCase } from '../contractCase';
import { without } from '../records';
import { byId, envelope } from './libraryRecords';

const id = '1c18a950-dbef-43b5-8bfc-d82c64112fd8';
const tokenId = '8a2e748b-3424-463f-89ee-896e1fdf2d7a';
const blueprintId = 'e7081136-6df9-43f3-bef8-24b4c84d96a8';
const userId = '5344c996-8823-4b37-8d6e-8515fc7c3a0a';
const path = '/api/v1/integrations/apple/ade/devices';

const device: IDataObject = {
	id,
	blueprint_id: blueprintId,
	mdm_device: {
		id: 'b698360f-458b-4074-b9ce-43324aea6e73',
		enrolled_at: '2025-11-21T19:06:37.950748Z',
		name: 'user’s MacBook Air',
		enrollment_status: 4,
	},
	user_id: userId,
	tags: ['Loaner'],
	dep_account: { id: tokenId, server_name: 'acme.iru.com' },
	asset_tag: '1040',
	color: 'SILVER',
	device_family: 'Mac',
	model: 'MacBook Air',
	os: 'OSX',
	profile_status: 'pushed',
	serial_number: 'M4PHC00001',
	use_blueprint_routing: false,
};
const everyField: IDataObject = {
	id,
	serial_number: 'M4PHC00001',
	device_family: 'Mac',
	model: 'MacBook Air',
	os: 'OSX',
	profile_status: 'pushed',
	blueprint_id: blueprintId,
	use_blueprint_routing: false,
	user_id: userId,
	asset_tag: '1040',
	tags: ['Loaner'],
	device_id: 'b698360f-458b-4074-b9ce-43324aea6e73',
	device_name: 'user’s MacBook Air',
	enrolled_at: '2025-11-21T19:06:37.950748Z',
	ade_integration_id: tokenId,
	ade_integration_name: 'acme.iru.com',
};
const simplified = without(
	everyField,
	'blueprint_id',
	'use_blueprint_routing',
	'user_id',
	'tags',
	'ade_integration_id',
);
const waiting: IDataObject = {
	id: 'c3b40913-734c-4a50-bded-033ef9269a30',
	blueprint_id: null,
	mdm_device: null,
	user_id: null,
	asset_tag: '',
	device_family: 'iPad',
	model: '',
	os: 'iPadOS',
	profile_status: 'assigned',
	serial_number: 'FFLGM0J00002',
};
const simplifiedWaiting: IDataObject = {
	id: waiting.id,
	serial_number: 'FFLGM0J00002',
	device_family: 'iPad',
	model: null,
	os: 'iPadOS',
	profile_status: 'assigned',
	asset_tag: null,
	device_id: null,
	device_name: null,
	enrolled_at: null,
	ade_integration_name: null,
};

const update = (
	title: string,
	updateFields: NonNullable<ContractCase['parameters']>,
	body: object,
): ContractCase => ({
	operation: 'adeDevice.update',
	title,
	parameters: { adeDeviceId: byId(id), updateFields },
	request: { method: 'PATCH', path: `${path}/${id}`, encoding: 'json', body },
	response: { body: device },
	items: [device],
});

export const adeDeviceCases: ContractCase[] = [
	{
		operation: 'adeDevice.get',
		parameters: { adeDeviceId: byId(id) },
		request: { method: 'GET', path: `${path}/${id}`, encoding: 'none' },
		response: { body: device },
		items: [simplified],
	},
	{
		operation: 'adeDevice.get',
		title: 'with every field',
		parameters: { adeDeviceId: byId(id), selectedFields: Object.keys(everyField) },
		request: { method: 'GET', path: `${path}/${id}`, encoding: 'none' },
		response: { body: device },
		items: [everyField],
	},
	{
		operation: 'adeDevice.getAll',
		title: 'with every filter',
		parameters: {
			returnAll: true,
			filters: {
				adeIntegrationId: byId(tokenId),
				blueprintId: byId(blueprintId),
				deviceFamily: 'Mac',
				model: 'MacBook Air',
				os: 'OSX',
				profileStatus: 'pushed',
				serialNumber: 'M4PHC',
				userId: byId(userId),
			},
		},
		request: {
			method: 'GET',
			path,
			query: {
				page: '1',
				dep_account: tokenId,
				blueprint_id: blueprintId,
				device_family: 'Mac',
				model: 'MacBook Air',
				os: 'OSX',
				profile_status: 'pushed',
				serial_number: 'M4PHC',
				user_id: userId,
			},
			encoding: 'none',
		},
		response: { body: envelope(device, waiting) },
		items: [simplified, simplifiedWaiting],
	},
	{
		operation: 'adeDevice.getAll',
		title: 'raw',
		parameters: { simplify: false },
		request: { method: 'GET', path, query: { page: '1' }, encoding: 'none' },
		response: { body: envelope(waiting) },
		items: [waiting],
	},
	update(
		'blueprint, user and asset tag',
		{ assetTag: ' 1041 ', blueprintId: byId(blueprintId), userId: byId(userId) },
		{
			asset_tag: '1041',
			blueprint_id: blueprintId,
			use_blueprint_routing: false,
			user_id: userId,
		},
	),
	update(
		'Blueprint Routing',
		{ useBlueprintRouting: true },
		{ blueprint_id: null, use_blueprint_routing: true },
	),
	update('the asset tag alone', { assetTag: '7' }, { asset_tag: '7' }),
];
