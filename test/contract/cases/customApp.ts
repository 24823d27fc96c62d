import type { IDataObject } from 'n8n-workflow';

import type { ContractCase, Exchange } from '../contractCase';
import { byId, categoryId, envelope, itemId, itemWithFile, storageOrigin } from './libraryRecords';

const path = '/api/v1/library/custom-apps';
const fileKey = 'companies/companies/d934a231/library/custom_apps/portal_18cf0dfc.pkg';

const app: IDataObject = {
	id: itemId,
	name: 'Company Portal',
	file_key: fileKey,
	install_type: 'package',
	install_enforcement: 'install_once',
	audit_script: '',
	unzip_location: '',
	active: true,
	restart: false,
	preinstall_script: '',
	postinstall_script: '',
	file_url: 'https://storage.example/app',
	file_size: 42375997,
	file_updated: '2024-01-20T20:07:48Z',
	created_at: '2024-01-20T20:07:53.612150Z',
	updated_at: '2024-02-26T22:31:53.632505Z',
	show_in_self_service: false,
};
const simplified: IDataObject = {
	id: itemId,
	name: 'Company Portal',
	active: true,
	install_type: 'package',
	install_enforcement: 'install_once',
	show_in_self_service: false,
	file_url: 'https://storage.example/app',
	file_size: 42375997,
	sha256: null,
	file_updated: '2024-01-20T20:07:48Z',
	updated_at: '2024-02-26T22:31:53.632505Z',
};

/** What goes out before an app is created or updated with a file. */
const upload = (fileName: string): Exchange[] => [
	{
		request: {
			method: 'POST',
			path: `${path}/upload`,
			encoding: 'json',
			body: { name: fileName },
		},
		response: {
			status: 201,
			body: {
				name: fileName,
				expires: '2023-10-06T19:07:11.391656Z',
				post_url: `${storageOrigin}/`,
				post_data: { key: fileKey, policy: 'eyJ', 'x-amz-signature': '75df' },
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
			body: { key: fileKey, policy: 'eyJ', 'x-amz-signature': '75df', file: `file:${fileName}` },
		},
		response: { status: 204, body: '' },
	},
];

const optional = {
	active: false,
	auditScript: 'exit 1',
	postinstallScript: 'echo post',
	preinstallScript: 'echo "pre" & more',
	restart: true,
	selfServiceCategoryId: byId(categoryId),
	selfServiceRecommended: true,
	showInSelfService: true,
	unzipLocation: '/Applications',
};
const sentOptional = {
	active: false,
	audit_script: 'exit 1',
	postinstall_script: 'echo post',
	preinstall_script: 'echo "pre" & more',
	restart: true,
	self_service_category_id: categoryId,
	self_service_recommended: true,
	show_in_self_service: true,
	unzip_location: '/Applications',
};

export const customAppCases: ContractCase[] = [
	{
		operation: 'customApp.create',
		title: 'with what is required',
		parameters: { name: 'Company Portal' },
		input: itemWithFile('portal.pkg'),
		before: upload('portal.pkg'),
		request: {
			method: 'POST',
			path,
			encoding: 'form',
			body: {
				name: 'Company Portal',
				install_type: 'package',
				install_enforcement: 'install_once',
				file_key: fileKey,
			},
		},
		response: { status: 201, body: app },
		items: [app],
	},
	{
		operation: 'customApp.create',
		title: 'with every field',
		parameters: {
			name: 'Company Portal',
			binaryPropertyName: 'app',
			installType: 'zip',
			installEnforcement: 'continuously_enforce',
			additionalFields: optional,
		},
		input: itemWithFile('portal.zip', 'app'),
		before: upload('portal.zip'),
		request: {
			method: 'POST',
			path,
			encoding: 'form',
			body: {
				name: 'Company Portal',
				install_type: 'zip',
				install_enforcement: 'continuously_enforce',
				...sentOptional,
				file_key: fileKey,
			},
		},
		response: { status: 201, body: app },
		items: [app],
	},
	{
		operation: 'customApp.delete',
		parameters: { customAppId: byId(itemId) },
		request: { method: 'DELETE', path: `${path}/${itemId}`, encoding: 'none' },
		response: { status: 204, body: '' },
		items: [{ deleted: true }],
	},
	{
		operation: 'customApp.get',
		parameters: { customAppId: byId(itemId) },
		request: { method: 'GET', path: `${path}/${itemId}`, encoding: 'none' },
		response: { body: app },
		items: [simplified],
	},
	{
		operation: 'customApp.getAll',
		parameters: { limit: 10 },
		request: { method: 'GET', path, query: { limit: '10', offset: '0' }, encoding: 'none' },
		response: { body: envelope(app) },
		items: [simplified],
	},
	{
		operation: 'customApp.getAll',
		title: 'with blanks, raw',
		parameters: { returnAll: true, simplify: false },
		request: { method: 'GET', path, query: { limit: '300', offset: '0' }, encoding: 'none' },
		response: { body: envelope({ id: itemId, name: '' }) },
		items: [{ id: itemId, name: '' }],
	},
	{
		operation: 'customApp.update',
		title: 'every field',
		parameters: {
			customAppId: byId(itemId),
			updateFields: {
				...optional,
				binaryPropertyName: 'data',
				installEnforcement: 'no_enforcement',
				installType: 'image',
				name: 'Portal',
			},
		},
		input: itemWithFile('portal.dmg'),
		before: upload('portal.dmg'),
		request: {
			method: 'PATCH',
			path: `${path}/${itemId}`,
			encoding: 'form',
			body: {
				...sentOptional,
				install_enforcement: 'no_enforcement',
				install_type: 'image',
				name: 'Portal',
				file_key: fileKey,
			},
		},
		response: { body: app },
		items: [app],
	},
	{
		operation: 'customApp.update',
		title: 'without a file',
		parameters: { customAppId: byId(itemId), updateFields: { active: true } },
		request: {
			method: 'PATCH',
			path: `${path}/${itemId}`,
			encoding: 'form',
			body: { active: true },
		},
		response: { body: app },
		items: [app],
	},
];
