import type { IDataObject } from 'n8n-workflow';

import type { ContractCase } from '../contractCase';

const blueprintId = '2118bda6-8772-4c5b-ae0a-bb506b2b9516';
const otherId = '6391086e-85a1-4820-813c-f9c75025fff4';
const itemId = 'c0148e35-c734-4402-b2fb-1c61aab72550';
const nodeId = 'e3d94912-d8bd-474b-9b90-c32288f84f99';
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const path = `/api/v1/blueprints/${blueprintId}`;

const blueprint: IDataObject = {
	id: blueprintId,
	name: 'Engineering & "Ops"',
	icon: 'ss-files',
	color: 'aqua-800',
	description: '',
	params: {},
	computers_count: 3,
	missing_computers_count: 0,
	enrollment_code: { code: '374732', is_active: true },
	type: 'classic',
};
const libraryItem: IDataObject = { id: itemId, name: 'ssh config' };
const envelope = (...results: IDataObject[]) => ({
	count: results.length,
	next: null,
	previous: null,
	results,
});
const template: IDataObject = {
	id: 16,
	name: 'CIS Level 2',
	description: 'A starting point',
	category: 2,
	icon: 'ss-files',
	color: 'aqua-800',
	params: { '0264078c-4555-4b7a-bd90-888eae867830': { mute: false } },
};

const assignment = (
	operation: string,
	verb: string,
	ids: string[],
	node: IDataObject = {},
): ContractCase => ({
	operation: `blueprint.${operation}`,
	title: Object.keys(node).length > 0 ? 'in an Assignment Map' : '',
	parameters: {
		blueprintId: byId(blueprintId),
		libraryItemId: byId(itemId),
		additionalFields: node.assignment_node_id ? { assignmentNodeId: ` ${nodeId} ` } : {},
	},
	request: {
		method: 'POST',
		path: `${path}/${verb}`,
		encoding: 'json',
		body: { library_item_id: itemId, ...node },
	},
	response: { body: ids },
	items: [{ success: true, blueprint_id: blueprintId, library_item_ids: ids }],
});

const create = (
	title: string,
	parameters: ContractCase['parameters'],
	body: IDataObject,
): ContractCase => ({
	operation: 'blueprint.create',
	title,
	parameters: { name: 'Engineering & "Ops"', ...parameters },
	request: {
		method: 'POST',
		path: '/api/v1/blueprints',
		encoding: 'form',
		body: { name: 'Engineering & "Ops"', ...body },
	},
	response: { status: 201, body: blueprint },
	items: [blueprint],
});

const profile = (
	title: string,
	returnSignInUrl: boolean,
	response: ContractCase['response'],
	item: IDataObject,
): ContractCase => ({
	operation: 'blueprint.getEnrollmentProfile',
	title,
	parameters: { blueprintId: byId(blueprintId), returnSignInUrl },
	request: {
		method: 'GET',
		path: `${path}/ota-enrollment-profile`,
		query: returnSignInUrl ? { sso: 'true' } : {},
		encoding: 'none',
	},
	response,
	items: [{ blueprint_id: blueprintId, ...item }],
});

const templates = (title: string, simplify: boolean, category: IDataObject, item: IDataObject) => ({
	operation: 'blueprint.getTemplates',
	title,
	parameters: { returnAll: true, simplify },
	request: {
		method: 'GET' as const,
		path: '/api/v1/blueprints/templates/',
		query: { limit: '300', offset: '0' },
		encoding: 'none' as const,
	},
	response: { body: envelope(category) },
	items: [item],
});

export const blueprintCases: ContractCase[] = [
	assignment('assignLibraryItem', 'assign-library-item', [itemId, nodeId]),
	assignment('assignLibraryItem', 'assign-library-item', [itemId], { assignment_node_id: nodeId }),
	assignment('removeLibraryItem', 'remove-library-item', []),
	assignment('removeLibraryItem', 'remove-library-item', [itemId], { assignment_node_id: nodeId }),
	create('from scratch', {}, { 'enrollment_code.is_active': 'true' }),
	create(
		'from a template',
		{
			enrollmentActive: false,
			createFrom: 'template',
			templateId: ' 16 ',
			additionalFields: {
				enrollmentCode: '374732',
				iconTint: 'orange-500',
				icon: 'ss-fax',
				description: '',
				type: 'map',
			},
		},
		{
			'enrollment_code.is_active': 'false',
			'enrollment_code.code': '374732',
			'source.type': 'template',
			'source.id': '16',
			color: 'orange-500',
			icon: 'ss-fax',
			description: '',
			type: 'map',
		},
	),
	create(
		'as a copy',
		{ createFrom: 'blueprint', sourceBlueprintId: byId(otherId) },
		{ 'enrollment_code.is_active': 'true', 'source.type': 'blueprint', 'source.id': otherId },
	),
	{
		operation: 'blueprint.delete',
		title: 'without a check',
		parameters: { blueprintId: byId(blueprintId), checkBlueprintName: false },
		request: { method: 'DELETE', path, encoding: 'none' },
		response: { status: 204 },
		items: [{ deleted: true }],
	},
	{
		operation: 'blueprint.delete',
		title: 'with its name',
		parameters: {
			blueprintId: byId(blueprintId),
			confirmBlueprintName: 'Engineering & "Ops"',
		},
		before: [{ request: { method: 'GET', path, encoding: 'none' }, response: { body: blueprint } }],
		request: { method: 'DELETE', path, encoding: 'none' },
		response: { status: 204 },
		items: [{ deleted: true }],
	},
	{
		operation: 'blueprint.get',
		parameters: {
			blueprintId: {
				__rl: true,
				mode: 'url',
				value: `https://acme.kandji.io/blueprints/${blueprintId}`,
			},
		},
		request: { method: 'GET', path, encoding: 'none' },
		response: { body: blueprint },
		items: [blueprint],
	},
	{
		operation: 'blueprint.getAll',
		title: 'with every filter',
		parameters: {
			limit: 20,
			filters: {
				blueprintId: byId(blueprintId),
				blueprints: `${blueprintId} , ${otherId}`,
				name: 'Engineering & "Ops"',
			},
		},
		request: {
			method: 'GET',
			path: '/api/v1/blueprints',
			query: {
				id: blueprintId,
				id__in: `${blueprintId},${otherId}`,
				name: 'Engineering & "Ops"',
				limit: '20',
				offset: '0',
			},
			encoding: 'none',
		},
		response: { body: envelope(blueprint) },
		items: [blueprint],
	},
	{
		operation: 'blueprint.getAll',
		title: 'of a tenant without blueprints',
		parameters: { returnAll: true },
		request: {
			method: 'GET',
			path: '/api/v1/blueprints',
			query: { limit: '300', offset: '0' },
			encoding: 'none',
		},
		response: { body: envelope() },
		items: [],
	},
	profile(
		'as a file',
		false,
		{ body: '<plist/>', headers: { 'content-type': 'application/x-apple-aspen-config' } },
		{},
	),
	profile(
		'as an address',
		true,
		{ body: { url: 'https://acme.kandji.io/enroll?m=e30' } },
		{
			url: 'https://acme.kandji.io/enroll?m=e30',
		},
	),
	profile(
		'of a blueprint that needs no sign-in',
		true,
		{ body: '<plist/>', headers: { 'content-type': 'application/x-apple-aspen-config' } },
		{},
	),
	{
		operation: 'blueprint.getLibraryItems',
		parameters: { blueprintId: byId(blueprintId), returnAll: true },
		request: { method: 'GET', path: `${path}/list-library-items`, encoding: 'none' },
		response: { body: envelope(libraryItem, { ...libraryItem, id: otherId, name: '' }) },
		items: [
			{ ...libraryItem, blueprint_id: blueprintId },
			{ ...libraryItem, id: otherId, name: '', blueprint_id: blueprintId },
		],
	},
	templates(
		'simplified',
		true,
		{ id: 2, name: 'CIS', weight: 20, templates: [template] },
		{
			id: 2,
			name: 'CIS',
			templates: [{ id: 16, name: 'CIS Level 2', description: 'A starting point' }],
		},
	),
	templates(
		'raw',
		false,
		{ id: 2, name: 'CIS', weight: 20, templates: [template] },
		{ id: 2, name: 'CIS', weight: 20, templates: [template] },
	),
	templates(
		'of a category without any',
		true,
		{ id: 3, name: '', weight: null, templates: null },
		{ id: 3, name: null, templates: [] },
	),
	{
		operation: 'blueprint.update',
		parameters: {
			blueprintId: byId(blueprintId),
			updateFields: {
				name: 'Ops + Macs',
				description: '',
				enrollmentActive: false,
				enrollmentCode: '999857',
				iconTint: 'orange-500',
				icon: 'ss-fax',
			},
		},
		request: {
			method: 'PATCH',
			path,
			encoding: 'form',
			body: {
				name: 'Ops + Macs',
				description: '',
				'enrollment_code.is_active': 'false',
				'enrollment_code.code': '999857',
				color: 'orange-500',
				icon: 'ss-fax',
			},
		},
		response: { body: blueprint },
		items: [blueprint],
	},
];
