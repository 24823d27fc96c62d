import type { INodeProperties } from 'n8n-workflow';

import { confirmServerName } from '../../shared/preSend/confirm';
import { adeIntegrationLocator } from '../../shared/fields/locators';
import { asMultipart } from '../../shared/preSend/bodies';
import { asDeleted } from '../../shared/fields/output';
import { byNext, byPage } from '../../transport/routing/paging';
import { adeIntegrationDefaults, sendTarget } from './defaults';
import { adeIntegrationDeleteDescription } from './delete';
import { adeIntegrationFileDescription } from './file';
import { adeIntegrationGetDescription } from './get';
import { adeIntegrationGetAllDescription } from './getAll';
import { adeIntegrationGetDevicesDescription } from './getDevices';
import { adeIntegrationGetPublicKeyDescription, asPemFile } from './getPublicKey';

const showOnlyForAdeIntegrations = { resource: ['adeIntegration'] };

export const adeIntegrationDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: showOnlyForAdeIntegrations },
		options: [
			{
				name: 'Create',
				value: 'create',
				action: 'Create ADE integration',
				description:
					'Create an integration from a server token file (.p7m) of Apple Business Manager',
				routing: {
					request: { method: 'POST', url: '/api/v1/integrations/apple/ade/' },
					send: { preSend: [sendTarget({ inForm: true }), asMultipart()] },
				},
			},
			{
				name: 'Delete',
				value: 'delete',
				action: 'Delete ADE integration',
				description:
					'Delete an ADE integration permanently. Its devices no longer enroll automatically.',
				routing: {
					request: { method: 'DELETE', url: '/api/v1/integrations/apple/ade/{{adeIntegrationId}}' },
					send: { preSend: [confirmServerName.check] },
					output: { postReceive: [asDeleted] },
				},
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get ADE integration',
				description: 'Retrieve an ADE integration, including its status, expiry and device count',
				routing: {
					request: { method: 'GET', url: '/api/v1/integrations/apple/ade/{{adeIntegrationId}}' },
				},
			},
			{
				name: 'Get Devices',
				value: 'getDevices',
				action: 'Get devices of ADE integration',
				description:
					'Retrieve the devices of an ADE integration, both enrolled and awaiting enrollment',
				routing: {
					request: {
						method: 'GET',
						url: '/api/v1/integrations/apple/ade/{{adeIntegrationId}}/devices',
					},
					operations: { pagination: byPage({ items: 'results', key: 'id' }) },
				},
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many ADE integrations',
				description: 'Retrieve a list of ADE integrations, including their status and expiry',
				routing: {
					request: { method: 'GET', url: '/api/v1/integrations/apple/ade' },
					operations: { pagination: byNext({ items: 'results', key: 'id' }) },
				},
			},
			{
				name: 'Get Public Key',
				value: 'getPublicKey',
				action: 'Get ADE public key',
				description:
					'Download the public key (.pem) that Apple Business Manager needs to create a server token',
				routing: {
					request: {
						method: 'GET',
						url: '/api/v1/integrations/apple/ade/public_key/',
						headers: { Accept: '*/*' },
						encoding: 'text',
					},
					output: { postReceive: [asPemFile] },
				},
			},
			{
				name: 'Renew',
				value: 'renew',
				action: 'Renew ADE integration',
				description:
					'Replace the server token of an ADE integration, for example before it expires',
				routing: {
					request: {
						method: 'POST',
						url: '/api/v1/integrations/apple/ade/{{adeIntegrationId}}/renew',
					},
					send: { preSend: [sendTarget({ inForm: true }), asMultipart()] },
				},
			},
			{
				name: 'Update',
				value: 'update',
				action: 'Update ADE integration',
				description: 'Update the blueprint, phone number and email address of an ADE integration',
				routing: {
					request: { method: 'PATCH', url: '/api/v1/integrations/apple/ade/{{adeIntegrationId}}' },
					send: { preSend: [sendTarget({ inForm: false })] },
				},
			},
		],
		default: 'getAll',
	},
	adeIntegrationLocator({
		...showOnlyForAdeIntegrations,
		operation: ['delete', 'get', 'getDevices', 'renew', 'update'],
	}),
	...adeIntegrationDefaults,
	...adeIntegrationFileDescription,
	...adeIntegrationDeleteDescription,
	...adeIntegrationGetDescription,
	...adeIntegrationGetAllDescription,
	...adeIntegrationGetDevicesDescription,
	...adeIntegrationGetPublicKeyDescription,
];
