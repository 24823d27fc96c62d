import type { IDataObject } from 'n8n-workflow';

import type { ContractCase, Exchange } from '../contractCase';

const deviceId = '3de7b283-1a44-47ef-bde1-2f556a8a32f7';
const blueprintId = '2118bda6-8772-4c5b-ae0a-bb506b2b9516';
const earlierBlueprintId = 'e7081136-6df9-43f3-bef8-24b4c84d96a8';
const userId = '5344c996-8823-4b37-8d6e-8515fc7c3a0a';
const path = `/api/v1/devices/${deviceId}`;

/** A device after a change. */
const mac: IDataObject = {
	device_id: deviceId,
	device_name: 'Reception',
	serial_number: 'FVHHFKF7Q6L4',
	platform: 'Mac',
	user: '',
	asset_tag: 'A-1',
	blueprint_id: blueprintId,
	tags: ['dept-it', 'Loaner'],
};

const record: IDataObject = { device_id: deviceId, serial_number: 'FVHHFKF7Q6L4' };

const readMac: Exchange = {
	request: { method: 'GET', path, encoding: 'none' },
	response: { body: mac },
};

const done: IDataObject = {
	...record,
	device_name: 'Reception',
	restored: [],
	unchanged: [],
	refused: [],
	pending: [],
	conflicts: [],
};

/** Device › Undo, and what it takes as the operations return it. */
export const deviceUndoCases: ContractCase[] = [
	{
		operation: 'device.undo',
		title: 'of every field',
		parameters: {
			undo: JSON.stringify({
				...record,
				changes: [
					{ field: 'asset_tag', from: null, to: 'A-1' },
					{ field: 'blueprint_id', from: earlierBlueprintId, to: blueprintId },
					{ field: 'device_name', from: "Ana's MacBook Air", to: 'Reception' },
					{ field: 'tags', from: ['Loaner'], to: ['Loaner', 'dept-it'] },
					{ field: 'user_id', from: userId, to: null },
				],
			}),
		},
		before: [
			readMac,
			{
				request: {
					method: 'PATCH',
					path,
					encoding: 'json',
					body: {
						asset_tag: null,
						blueprint_id: earlierBlueprintId,
						tags: ['Loaner'],
						user: userId,
					},
				},
				response: { body: mac },
			},
		],
		request: {
			method: 'POST',
			path: `${path}/action/setname`,
			encoding: 'json',
			body: { DeviceName: "Ana's MacBook Air" },
		},
		response: { body: '' },
		items: [{ ...done, restored: ['asset_tag', 'blueprint_id', 'device_name', 'tags', 'user_id'] }],
	},
	{
		operation: 'device.undo',
		title: 'of what was changed since, or put back already',
		parameters: {
			undo: JSON.stringify([
				{
					...record,
					changes: [
						{ field: 'asset_tag', from: '1040', to: 'B-2' },
						{ field: 'user_id', from: null, to: userId },
					],
				},
			]),
		},
		...readMac,
		items: [
			{
				...done,
				unchanged: ['user_id'],
				refused: ['asset_tag'],
				conflicts: [{ field: 'asset_tag', expected: 'B-2', actual: 'A-1' }],
			},
		],
	},
	{
		operation: 'device.update',
		title: 'that can be undone',
		parameters: {
			deviceId: { __rl: true, mode: 'id', value: deviceId },
			simplify: false,
			returnUndo: true,
			updateFields: { assetTag: 'NEW', clearFields: ['tags', 'user'] },
		},
		before: [readMac],
		request: {
			method: 'PATCH',
			path,
			encoding: 'json',
			body: { asset_tag: 'NEW', tags: [], user: null },
		},
		response: { body: mac },
		items: [
			{
				...mac,
				undo: {
					...record,
					changes: [
						{ field: 'asset_tag', from: 'A-1', to: 'NEW' },
						{ field: 'tags', from: ['dept-it', 'Loaner'], to: [] },
					],
				},
			},
		],
	},
];
