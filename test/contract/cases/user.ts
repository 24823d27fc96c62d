import type { IDataObject } from 'n8n-workflow';

import type { ContractCase } from '../contractCase';
import { without } from '../records';

const userId = '69c009ca-1f78-4bdf-bb93-08d6d39041db';
const integrationId = 'f7461096-4ef9-43aa-88e9-ca1967ba0b38';
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const path = `/api/v1/users/${userId}`;

const deviceId = '3de7b283-1a44-47ef-bde1-2f556a8a32f7';
const devicePath = `/api/v1/devices/${deviceId}`;
const person = { user_id: userId, user_name: 'Ana Silva', user_email: 'ana@acme.example' };
const offboarded = {
	status: 'done',
	device_id: deviceId,
	serial_number: 'FVHHFKF7Q6L4',
	device_name: 'Ana’s MacBook Air',
	...person,
};

const assigned: IDataObject = {
	device_id: deviceId,
	serial_number: 'FVHHFKF7Q6L4',
	device_name: 'Ana’s MacBook Air',
	platform: 'Mac',
	user: { id: userId },
};

const user: IDataObject = {
	active: true,
	archived: false,
	created_at: '2024-09-06T21:00:04.304248Z',
	department: 'Finance',
	deprecated_user_id: '29360',
	email: 'ana@acme.example',
	id: userId,
	integration: { id: 634, name: 'acme', uuid: integrationId, type: 'office365' },
	job_title: null,
	name: 'Ana Silva',
	device_count: 2,
	updated_at: '2024-09-06T21:00:04.304280Z',
};
const everyField: IDataObject = {
	id: userId,
	name: 'Ana Silva',
	email: 'ana@acme.example',
	active: true,
	archived: false,
	device_count: 2,
	department: 'Finance',
	job_title: null,
	integration_id: integrationId,
	integration_name: 'acme',
	integration_type: 'office365',
	created_at: '2024-09-06T21:00:04.304248Z',
	updated_at: '2024-09-06T21:00:04.304280Z',
};
const simplified = without(
	everyField,
	'integration_id',
	'integration_type',
	'created_at',
	'updated_at',
);
const bare: IDataObject = { ...user, name: '', department: '', integration: null, created_at: '' };
const simplifiedBare: IDataObject = {
	...simplified,
	name: null,
	department: null,
	integration_name: null,
};

const get = (title: string, simplify: boolean, answer: IDataObject, item: IDataObject) => ({
	operation: 'user.get',
	title,
	parameters: { userId: byId(userId), simplify },
	request: { method: 'GET' as const, path, encoding: 'none' as const },
	response: { body: answer },
	items: [item],
});

const list = (...results: IDataObject[]) => ({ body: { next: null, previous: null, results } });

export const userCases: ContractCase[] = [
	{
		operation: 'user.delete',
		parameters: { userId: byId(userId) },
		request: { method: 'DELETE', path, encoding: 'none' },
		response: { status: 204 },
		items: [{ deleted: true }],
	},
	{
		operation: 'user.delete',
		title: 'answered with a text',
		parameters: { userId: byId(userId) },
		request: { method: 'DELETE', path, encoding: 'none' },
		response: { body: { detail: 'User deleted.' } },
		items: [{ deleted: true }],
	},
	get('simplified', true, user, simplified),
	get('raw', false, user, user),
	get('without most values', true, bare, simplifiedBare),
	{
		...get('with every field', true, user, everyField),
		parameters: { userId: byId(userId), selectedFields: Object.keys(everyField) },
	},
	{
		operation: 'user.getAll',
		title: 'with every filter',
		parameters: {
			limit: 20,
			filters: {
				archived: false,
				email: "o'ana+test@acme.example",
				integrationId,
				userId: byId(userId),
			},
		},
		request: {
			method: 'GET',
			path: '/api/v1/users',
			query: {
				archived: 'false',
				email: "o'ana+test@acme.example",
				integration_id: integrationId,
				id: userId,
			},
			encoding: 'none',
		},
		response: list(user, { ...bare, id: integrationId }),
		items: [simplified, { ...simplifiedBare, id: integrationId }],
	},
	{
		operation: 'user.getAll',
		title: 'along a link to another host',
		parameters: { returnAll: true, simplify: false },
		before: [
			{
				request: { method: 'GET', path: '/api/v1/users', encoding: 'none' },
				response: {
					body: {
						next: 'https://evil.example/api/v1/users?cursor=cD0yOTE0Mw%3D%3D',
						previous: null,
						results: [user],
					},
				},
			},
		],
		request: {
			method: 'GET',
			path: '/api/v1/users',
			query: { cursor: 'cD0yOTE0Mw==' },
			encoding: 'none',
		},
		response: list({ ...bare, id: integrationId }),
		items: [user, { ...bare, id: integrationId }],
	},
	{
		operation: 'user.offboard',
		parameters: {
			userId: byId(userId),
			deviceAction: 'lock',
			deleteUser: true,
			additionalFields: { lockMessage: 'Return me', note: 'Ticket 4711' },
		},
		before: [
			{
				request: { method: 'GET', path, encoding: 'none' },
				response: { body: { ...user, device_count: 1 } },
			},
			{
				request: {
					method: 'GET',
					path: '/api/v1/devices',
					query: { user_id: userId, ordering: 'device_id', limit: '300', offset: '0' },
					encoding: 'none',
				},
				response: {
					body: [
						assigned,
						{ device_id: integrationId, serial_number: 'C02', platform: 'Mac', user: '' },
					],
				},
			},
			{
				request: { method: 'GET', path: devicePath, encoding: 'none' },
				response: { body: assigned },
			},
			{
				request: {
					method: 'POST',
					path: `${devicePath}/action/lock`,
					encoding: 'json',
					body: { Message: 'Return me' },
				},
				response: { body: { PIN: '496406' } },
			},
			{
				request: { method: 'GET', path: devicePath, encoding: 'none' },
				response: { body: assigned },
			},
			{
				request: { method: 'GET', path: `${devicePath}/notes`, encoding: 'none' },
				response: { body: [] },
			},
			{
				request: {
					method: 'POST',
					path: `${devicePath}/notes`,
					encoding: 'json',
					body: { content: 'Ticket 4711' },
				},
				response: { status: 201, body: { note_id: integrationId } },
			},
			{
				request: { method: 'GET', path: devicePath, encoding: 'none' },
				response: { body: assigned },
			},
			{
				request: { method: 'PATCH', path: devicePath, encoding: 'json', body: { user: null } },
				response: { body: { device_id: deviceId, user: '' } },
			},
		],
		request: { method: 'DELETE', path, encoding: 'none' },
		response: { status: 204 },
		items: [
			{
				step: 'offboard',
				status: 'done',
				...person,
				devices: 1,
				done: 4,
				done_before: 0,
				not_possible: 0,
				skipped: 0,
			},
			{ step: 'lock', ...offboarded, PIN: '496406' },
			{ step: 'note', ...offboarded },
			{ step: 'unassign', ...offboarded },
			{ step: 'delete user', status: 'done', ...person },
		],
	},
];
