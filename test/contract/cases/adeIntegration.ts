import type { IDataObject } from 'n8n-workflow';

import type { ContractCase } from '../contractCase';
import { without } from '../records';
import { byId, envelope, itemWithFile } from './libraryRecords';

const id = '1411be7d-5e91-439f-8d93-2f5667c60d42';
const blueprintId = '97e4e175-1631-43f6-a02b-33fd1c748ab8';
const path = '/api/v1/integrations/apple/ade';

const integration: IDataObject = {
	id,
	blueprint: { id: blueprintId, name: 'Default', icon: 'ss-files', color: 'aqua-800' },
	access_token_expiry: '2023-03-11T04:41:43Z',
	server_name: 'acme.kandji.io',
	server_uuid: 'e0067508-4df3-4c0a-87c1-bd4ca5934b0b',
	admin_id: 'admin@acme.example',
	org_name: 'Acme',
	org_email: 'admin@acme.example',
	org_phone: '+1 (415) 555-0100',
	org_address: '',
	org_type: 'org',
	stoken_file_name: 'acme_Token_smime.p7m',
	last_device_sync: null,
	defaults: { email: 'admin@acme.example', phone: '1234567890' },
	days_left: 235,
	status: 'SUCCESS',
	status_reason: null,
	status_received_at: '2022-05-11T18:07:48.349490Z',
	device_counts: { Mac: 12, total: 15 },
};
const found: IDataObject = { id: 'one', mdm_device: { name: 'Ana’s MacBook Air' } };
const everyField: IDataObject = {
	id,
	server_name: 'acme.kandji.io',
	status: 'SUCCESS',
	status_reason: null,
	access_token_expiry: '2023-03-11T04:41:43Z',
	days_left: 235,
	blueprint_id: blueprintId,
	blueprint_name: 'Default',
	use_blueprint_routing: null,
	org_name: 'Acme',
	device_count: 15,
	last_device_sync: null,
};
const simplified = without(everyField, 'blueprint_id');
const routed: IDataObject = {
	id: 'bb7ad458-9d51-4652-a988-4b13cf8d61f4',
	blueprint: null,
	use_blueprint_routing: true,
	access_token_expiry: '',
	server_name: '',
	org_name: '',
	status: 'BROKEN',
	status_reason: 'FORBIDDEN',
};
const simplifiedRouted: IDataObject = {
	id: routed.id,
	server_name: null,
	status: 'BROKEN',
	status_reason: 'FORBIDDEN',
	access_token_expiry: null,
	days_left: null,
	blueprint_name: null,
	use_blueprint_routing: true,
	org_name: null,
	device_count: null,
	last_device_sync: null,
};

const contact = { email: 'it@acme.example', phone: '+1 415 555 0100' };
const withBlueprint = { ...contact, blueprintId: byId(blueprintId) };
const withRouting = { ...contact, useBlueprintRouting: true };
const input = itemWithFile('acme_Token_smime.p7m');
const file = 'file:acme_Token_smime.p7m';
const pem = '-----BEGIN CERTIFICATE-----\nMIIC7TCCAdWg\n-----END CERTIFICATE-----\n';

export const adeIntegrationCases: ContractCase[] = [
	{
		operation: 'adeIntegration.create',
		title: 'with a blueprint',
		parameters: withBlueprint,
		input,
		request: {
			method: 'POST',
			path: `${path}/`,
			encoding: 'multipart',
			body: { ...contact, blueprint_id: blueprintId, file },
		},
		response: { body: integration },
		items: [integration],
	},
	{
		operation: 'adeIntegration.create',
		title: 'with Blueprint Routing',
		parameters: withRouting,
		input,
		request: {
			method: 'POST',
			path: `${path}/`,
			encoding: 'multipart',
			body: { ...contact, use_blueprint_routing: true, file },
		},
		response: { body: routed },
		items: [routed],
	},
	{
		operation: 'adeIntegration.delete',
		title: 'with its name confirmed',
		parameters: { adeIntegrationId: byId(id), confirmServerName: 'acme.kandji.io' },
		before: [
			{
				request: { method: 'GET', path: `${path}/${id}`, encoding: 'none' },
				response: { body: integration },
			},
		],
		request: { method: 'DELETE', path: `${path}/${id}`, encoding: 'none' },
		response: { status: 204, body: '' },
		items: [{ deleted: true }],
	},
	{
		operation: 'adeIntegration.delete',
		title: 'unchecked',
		parameters: { adeIntegrationId: byId(id), checkServerName: false },
		request: { method: 'DELETE', path: `${path}/${id}`, encoding: 'none' },
		response: { status: 204, body: '' },
		items: [{ deleted: true }],
	},
	{
		operation: 'adeIntegration.get',
		parameters: { adeIntegrationId: byId(id) },
		request: { method: 'GET', path: `${path}/${id}`, encoding: 'none' },
		response: { body: integration },
		items: [simplified],
	},
	{
		operation: 'adeIntegration.get',
		title: 'with every field',
		parameters: { adeIntegrationId: byId(id), selectedFields: Object.keys(everyField) },
		request: { method: 'GET', path: `${path}/${id}`, encoding: 'none' },
		response: { body: integration },
		items: [everyField],
	},
	{
		operation: 'adeIntegration.getAll',
		parameters: { returnAll: true },
		request: { method: 'GET', path, encoding: 'none' },
		response: { body: envelope(integration, routed) },
		items: [simplified, simplifiedRouted],
	},
	{
		operation: 'adeIntegration.getDevices',
		parameters: { adeIntegrationId: byId(id), simplify: false },
		request: {
			method: 'GET',
			path: `${path}/${id}/devices`,
			query: { page: '1' },
			encoding: 'none',
		},
		response: { body: envelope(found) },
		items: [found],
	},
	{
		operation: 'adeIntegration.getPublicKey',
		parameters: {},
		request: { method: 'GET', path: `${path}/public_key/`, encoding: 'none' },
		response: { body: pem, headers: { 'content-type': 'application/x-pem-file' } },
		items: [{ public_key: pem, file_name: 'kandji_ade_public_key.pem' }],
	},
	{
		operation: 'adeIntegration.renew',
		parameters: { adeIntegrationId: byId(id), ...withBlueprint },
		input,
		request: {
			method: 'POST',
			path: `${path}/${id}/renew`,
			encoding: 'multipart',
			body: { ...contact, blueprint_id: blueprintId, file },
		},
		response: { body: integration },
		items: [integration],
	},
	{
		operation: 'adeIntegration.update',
		title: 'with a blueprint',
		parameters: { adeIntegrationId: byId(id), ...withBlueprint },
		request: {
			method: 'PATCH',
			path: `${path}/${id}`,
			encoding: 'json',
			body: { ...contact, blueprint_id: blueprintId, use_blueprint_routing: false },
		},
		response: { body: integration },
		items: [integration],
	},
	{
		operation: 'adeIntegration.update',
		title: 'with Blueprint Routing',
		parameters: { adeIntegrationId: byId(id), ...withRouting },
		request: {
			method: 'PATCH',
			path: `${path}/${id}`,
			encoding: 'json',
			body: { ...contact, blueprint_id: null, use_blueprint_routing: true },
		},
		response: { body: routed },
		items: [routed],
	},
];
