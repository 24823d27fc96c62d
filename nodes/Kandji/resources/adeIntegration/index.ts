import type { INodeProperties } from 'n8n-workflow';

import { confirmServerName } from '../../shared/preSend/confirm';
import { adeIntegrationLocator } from '../../shared/fields/locators';
import { asMultipart } from '../../shared/preSend/files';
import { requireFilled } from '../../shared/preSend/filled';
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

const requireContact = requireFilled({ email: 'Email', phone: 'Phone' });

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
					'Connect an MDM server of Apple Business Manager with its server token file (.p7m)',
				routing: {
					request: { method: 'POST', url: '/api/v1/integrations/apple/ade/' },
					send: { preSend: [requireContact, sendTarget({ inForm: true }), asMultipart()] },
				},
			},
			{
				name: 'Delete',
				value: 'delete',
				action: 'Delete ADE integration',
				description:
					'Remove an ADE integration for good; its devices no longer enroll automatically. The server name has to be confirmed.',
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
				description: 'Retrieve an ADE integration with its expiry, status and number of devices',
				routing: {
					request: { method: 'GET', url: '/api/v1/integrations/apple/ade/{{adeIntegrationId}}' },
				},
			},
			{
				name: 'Get Devices',
				value: 'getDevices',
				action: 'Get devices of ADE integration',
				description:
					'Retrieve the devices assigned to an ADE integration, enrolled or waiting for enrollment',
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
				description: 'Retrieve a list of ADE integrations with their expiry and status',
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
					'Retrieve the public key (.pem) with which Apple Business Manager makes a server token',
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
				description: 'Replace the server token of an ADE integration before it expires',
				routing: {
					request: {
						method: 'POST',
						url: '/api/v1/integrations/apple/ade/{{adeIntegrationId}}/renew',
					},
					send: { preSend: [requireContact, sendTarget({ inForm: true }), asMultipart()] },
				},
			},
			{
				name: 'Update',
				value: 'update',
				action: 'Update ADE integration',
				description:
					'Change the default blueprint, phone number and e-mail address of an integration',
				routing: {
					request: { method: 'PATCH', url: '/api/v1/integrations/apple/ade/{{adeIntegrationId}}' },
					send: { preSend: [requireContact, sendTarget({ inForm: false })] },
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
