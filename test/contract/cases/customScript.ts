import type { IDataObject } from 'n8n-workflow';

import type { ContractCase } from '../contractCase';
import { byId, categoryId, envelope, itemId } from './libraryRecords';

const path = '/api/v1/library/custom-scripts';

const script: IDataObject = {
	id: itemId,
	name: 'Check "disk" & more',
	active: true,
	execution_frequency: 'no_enforcement',
	restart: false,
	script: '#!/bin/zsh\necho "hi"',
	remediation_script: '',
	created_at: '2022-03-24T17:30:26.625839Z',
	updated_at: '2022-03-24T17:30:26.625856Z',
};
const simplified: IDataObject = {
	id: itemId,
	name: 'Check "disk" & more',
	active: true,
	execution_frequency: 'no_enforcement',
	script: '#!/bin/zsh\necho "hi"',
	remediation_script: null,
	show_in_self_service: null,
	self_service_category_id: null,
	updated_at: '2022-03-24T17:30:26.625856Z',
};

const optional = {
	active: false,
	remediationScript: 'echo bye',
	restart: true,
	selfServiceCategoryId: byId(` ${categoryId} `),
	selfServiceRecommended: true,
	showInSelfService: true,
};
const sentOptional = {
	active: false,
	remediation_script: 'echo bye',
	restart: true,
	self_service_category_id: categoryId,
	self_service_recommended: true,
	show_in_self_service: true,
};

export const customScriptCases: ContractCase[] = [
	{
		operation: 'customScript.create',
		title: 'with what is required',
		parameters: { name: 'A', script: 'echo a' },
		request: {
			method: 'POST',
			path,
			encoding: 'json',
			body: { name: 'A', script: 'echo a', execution_frequency: 'once' },
		},
		response: { status: 201, body: script },
		items: [script],
	},
	{
		operation: 'customScript.create',
		title: 'with every field',
		parameters: {
			name: 'A',
			script: 'echo a',
			executionFrequency: 'no_enforcement',
			additionalFields: optional,
		},
		request: {
			method: 'POST',
			path,
			encoding: 'json',
			body: {
				name: 'A',
				script: 'echo a',
				execution_frequency: 'no_enforcement',
				...sentOptional,
			},
		},
		response: { status: 201, body: script },
		items: [script],
	},
	{
		operation: 'customScript.delete',
		parameters: { customScriptId: byId(itemId) },
		request: { method: 'DELETE', path: `${path}/${itemId}`, encoding: 'none' },
		response: { status: 204, body: '' },
		items: [{ deleted: true }],
	},
	{
		operation: 'customScript.get',
		parameters: { customScriptId: byId(itemId) },
		request: { method: 'GET', path: `${path}/${itemId}`, encoding: 'none' },
		response: { body: script },
		items: [simplified],
	},
	{
		operation: 'customScript.getAll',
		parameters: { returnAll: true },
		request: { method: 'GET', path, query: { page: '1' }, encoding: 'none' },
		response: { body: envelope(script) },
		items: [simplified],
	},
	{
		operation: 'customScript.getAll',
		title: 'raw',
		parameters: { simplify: false },
		request: { method: 'GET', path, query: { page: '1' }, encoding: 'none' },
		response: { body: envelope(script) },
		items: [script],
	},
	{
		operation: 'customScript.update',
		title: 'every field',
		parameters: {
			customScriptId: byId(itemId),
			updateFields: {
				...optional,
				name: 'B',
				script: 'echo b',
				executionFrequency: 'every_15_min',
			},
		},
		request: {
			method: 'PATCH',
			path: `${path}/${itemId}`,
			encoding: 'json',
			body: {
				...sentOptional,
				name: 'B',
				script: 'echo b',
				execution_frequency: 'every_15_min',
			},
		},
		response: { body: script },
		items: [script],
	},
	{
		operation: 'customScript.update',
		title: 'clears the remediation',
		parameters: { customScriptId: byId(itemId), updateFields: { remediationScript: '' } },
		request: {
			method: 'PATCH',
			path: `${path}/${itemId}`,
			encoding: 'json',
			body: { remediation_script: '' },
		},
		response: { body: script },
		items: [script],
	},
];
