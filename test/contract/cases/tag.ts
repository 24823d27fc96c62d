import type { IDataObject } from 'n8n-workflow';

import type { ContractCase } from '../contractCase';

const tagId = '71dd53f1-104e-41a2-82ca-43a375b7f63d';
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const path = `/api/v1/tags/${tagId}`;
const tag: IDataObject = { id: tagId, name: 'R&D "Loaner"' };

const getAll = (title: string, name: string | undefined, results: IDataObject[]): ContractCase => ({
	operation: 'tag.getAll',
	title,
	parameters: { returnAll: true, filters: name === undefined ? {} : { name } },
	request: {
		method: 'GET',
		path: '/api/v1/tags',
		query: { search: name ?? '' },
		encoding: 'none',
	},
	response: { body: { count: results.length, next: null, previous: null, results } },
	items: results,
});

export const tagCases: ContractCase[] = [
	{
		operation: 'tag.create',
		parameters: { name: 'R&D "Loaner"' },
		request: {
			method: 'POST',
			path: '/api/v1/tags',
			encoding: 'json',
			body: { name: 'R&D "Loaner"' },
		},
		response: { status: 201, body: tag },
		items: [tag],
	},
	{
		operation: 'tag.delete',
		parameters: { tagId: byId(tagId) },
		request: { method: 'DELETE', path, encoding: 'none' },
		response: { status: 204 },
		items: [{ deleted: true }],
	},
	getAll('', undefined, [tag]),
	getAll('by name', 'R&D "', [tag]),
	getAll('that match nothing', '?limit=1#', []),
	{
		operation: 'tag.update',
		parameters: { tagId: byId(tagId), name: 'Loaner' },
		request: { method: 'PATCH', path, encoding: 'json', body: { name: 'Loaner' } },
		response: { body: { id: tagId, name: 'Loaner' } },
		items: [{ id: tagId, name: 'Loaner' }],
	},
];
