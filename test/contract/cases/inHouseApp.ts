import type { IDataObject } from 'n8n-workflow';

import type { ContractCase, Exchange } from '../contractCase';
import { without } from '../records';
import { byId, envelope, itemId, itemWithFile, storageOrigin } from './libraryRecords';

const path = '/api/v1/library/ipa-apps';
const uploadId = '3603e636-ab6b-48e0-ad7e-cb7ab24bc6bc';
const fileKey = 'tenants/d934a231/library/ipa_apps/Sammy_2a450666.ipa';

const app: IDataObject = {
	id: itemId,
	name: 'Sammy 1.0.1',
	file_key: fileKey,
	active: true,
	icon: '',
	identifier: 'io.kandji.sammy',
	app_identifier: 'io.kandji.sammy',
	app_name: 'Sammy',
	app_version: '1.0.1',
	supported_device_families: ['iPhone', 'iPad'],
	minimum_os_version: '',
	file_url: 'https://acme.api.kandji.io/Sammy.ipa?auth=eyJ',
	sha256: '8620',
	file_size: 2191516,
	updated_at: '2024-10-22T19:46:13.080707Z',
	runs_on_iphone: true,
	runs_on_ipad: true,
	runs_on_tv: false,
};
const everyField: IDataObject = {
	id: itemId,
	name: 'Sammy 1.0.1',
	active: true,
	app_name: 'Sammy',
	app_identifier: 'io.kandji.sammy',
	app_version: '1.0.1',
	minimum_os_version: null,
	platforms: ['ipad', 'iphone'],
	file_url: 'https://acme.api.kandji.io/Sammy.ipa?auth=eyJ',
	file_size: 2191516,
	sha256: '8620',
	updated_at: '2024-10-22T19:46:13.080707Z',
};
const simplified = without(everyField, 'file_url', 'sha256');

const upload: Exchange[] = [
	{
		request: {
			method: 'POST',
			path: `${path}/upload`,
			encoding: 'json',
			body: { filename: 'Sammy.ipa' },
		},
		response: {
			status: 201,
			body: {
				id: uploadId,
				filename: 'Sammy_2a450666.ipa',
				sha256: null,
				post_url: `${storageOrigin}/`,
				post_data: { key: fileKey },
				file_key: fileKey,
			},
		},
	},
	{
		request: {
			method: 'POST',
			origin: storageOrigin,
			path: '/',
			encoding: 'multipart',
			body: { key: fileKey, file: 'file:Sammy.ipa' },
		},
		response: { status: 204, body: '' },
	},
	{
		request: { method: 'GET', path: `${path}/upload/${uploadId}/status`, encoding: 'none' },
		response: { body: { status: 'VALIDATED', sha256: '8620', metadata: {} } },
	},
];

export const inHouseAppCases: ContractCase[] = [
	{
		operation: 'inHouseApp.create',
		parameters: {
			name: 'Sammy',
			additionalFields: { active: false, platforms: ['iphone', 'tv'] },
		},
		input: itemWithFile('Sammy.ipa'),
		before: upload,
		request: {
			method: 'POST',
			path,
			encoding: 'json',
			body: {
				name: 'Sammy',
				active: false,
				runs_on_iphone: true,
				runs_on_ipad: false,
				runs_on_tv: true,
				file_key: fileKey,
			},
		},
		response: { status: 201, body: app },
		items: [{ success: true, ...app }],
	},
	{
		operation: 'inHouseApp.create',
		title: 'answered without a record',
		parameters: { name: 'Sammy' },
		input: itemWithFile('Sammy.ipa'),
		before: upload,
		request: {
			method: 'POST',
			path,
			encoding: 'json',
			body: { name: 'Sammy', file_key: fileKey },
		},
		response: { status: 201, body: '' },
		items: [{ success: true }],
	},
	{
		operation: 'inHouseApp.delete',
		parameters: { inHouseAppId: byId(itemId) },
		request: { method: 'DELETE', path: `${path}/${itemId}`, encoding: 'none' },
		response: { status: 204, body: '' },
		items: [{ deleted: true }],
	},
	{
		operation: 'inHouseApp.get',
		parameters: { inHouseAppId: byId(itemId) },
		request: { method: 'GET', path: `${path}/${itemId}`, encoding: 'none' },
		response: { body: app },
		items: [simplified],
	},
	{
		operation: 'inHouseApp.get',
		title: 'with every field',
		parameters: { inHouseAppId: byId(itemId), selectedFields: Object.keys(everyField) },
		request: { method: 'GET', path: `${path}/${itemId}`, encoding: 'none' },
		response: { body: app },
		items: [everyField],
	},
	{
		operation: 'inHouseApp.getAll',
		parameters: { returnAll: true },
		request: { method: 'GET', path, query: { limit: '300', offset: '0' }, encoding: 'none' },
		response: { body: envelope(app) },
		items: [simplified],
	},
	{
		operation: 'inHouseApp.getAll',
		title: 'raw',
		parameters: { simplify: false, limit: 1 },
		request: { method: 'GET', path, query: { limit: '1', offset: '0' }, encoding: 'none' },
		response: { body: envelope(app) },
		items: [app],
	},
	{
		operation: 'inHouseApp.update',
		title: 'every field',
		parameters: {
			inHouseAppId: byId(itemId),
			updateFields: {
				active: true,
				binaryPropertyName: 'data',
				name: 'Sammy 2',
				platforms: ['ipad'],
			},
		},
		input: itemWithFile('Sammy.ipa'),
		before: upload,
		request: {
			method: 'PATCH',
			path: `${path}/${itemId}`,
			encoding: 'json',
			body: {
				active: true,
				name: 'Sammy 2',
				runs_on_iphone: false,
				runs_on_ipad: true,
				runs_on_tv: false,
				file_key: fileKey,
			},
		},
		response: { body: app },
		items: [{ success: true, library_item_id: itemId, ...app }],
	},
	{
		operation: 'inHouseApp.update',
		title: 'without a file, answered without a record',
		parameters: { inHouseAppId: byId(itemId), updateFields: { name: 'Sammy 2' } },
		request: {
			method: 'PATCH',
			path: `${path}/${itemId}`,
			encoding: 'json',
			body: { name: 'Sammy 2' },
		},
		response: { body: '' },
		items: [{ success: true, library_item_id: itemId }],
	},
];
