import type { ContractCase } from '../contractCase';

const path = '/api/v1/labels';

export const apiRequestCases: ContractCase[] = [
	{
		operation: 'apiRequest.send',
		title: 'that reads',
		parameters: {
			path,
			queryParameters: { parameters: [{ name: 'search', value: 'a&b' }] },
		},
		request: { method: 'GET', path, query: { search: 'a&b' }, encoding: 'none' },
		response: {
			body: [
				{ id: 1, name: '' },
				{ id: 2, name: null },
			],
		},
		items: [
			{ id: 1, name: '' },
			{ id: 2, name: null },
		],
	},
	{
		operation: 'apiRequest.send',
		title: 'that reads page by page, along a link to another host',
		parameters: { path, pagination: 'cursor', itemsPath: 'data.rows', returnAll: true },
		before: [
			{
				request: { method: 'GET', path, encoding: 'none' },
				response: {
					body: { data: { rows: [{ id: 1 }], next: 'https://evil.example/x?cursor=abc%3D' } },
				},
			},
		],
		request: { method: 'GET', path, query: { cursor: 'abc=' }, encoding: 'none' },
		response: { body: { data: { rows: [{ id: 2 }], next: null } } },
		items: [{ id: 1 }, { id: 2 }],
	},
	{
		operation: 'apiRequest.send',
		title: 'that writes',
		parameters: { method: 'PATCH', path: `${path}/1`, body: '{ "name": "Kiosk", "colors": [] }' },
		request: {
			method: 'PATCH',
			path: `${path}/1`,
			encoding: 'json',
			body: { name: 'Kiosk', colors: [] },
		},
		response: { body: { id: 1, name: 'Kiosk' } },
		items: [{ id: 1, name: 'Kiosk' }],
	},
	{
		operation: 'apiRequest.send',
		title: 'that deletes',
		parameters: { method: 'DELETE', path: `${path}/1` },
		request: { method: 'DELETE', path: `${path}/1`, encoding: 'none' },
		response: { status: 200, body: { detail: 'Gone.' } },
		items: [{ detail: 'Gone.' }],
	},
];
