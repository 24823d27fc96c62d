import type { IDataObject } from 'n8n-workflow';

import type { ContractCase } from '../contractCase';
import { storageOrigin } from './libraryRecords';

const deviceId = 'aa79459d-8566-4655-b09a-8f5c6bcf8b43';
const blueprintIds = [
	'2118bda6-8772-4c5b-ae0a-bb506b2b9516',
	'c0148e35-c734-4402-b2fb-1c61aab72550',
];
const exportId = '64cb5d3d-b180-4847-8b8a-34b14d8bc8d9';

const categories = [
	'activation_lock',
	'application_firewall',
	'apps',
	'cellular',
	'certificates',
	'desktop_and_screensaver',
	'device_information',
	'filevault',
	'gatekeeper_and_xprotect',
	'installed_profiles',
	'kernel_extensions',
	'launch_agents_and_daemons',
	'local_users',
	'startup_settings',
	'system_extensions',
	'transparency_database',
];

const app: IDataObject = {
	device_id: deviceId,
	device__name: "Ana's MacBook Air",
	device__family: 'Mac',
	device__user_id: '36600',
	device__user_name: 'Ana Silva',
	device__user_email: 'ana@acme.example',
	blueprint_id: blueprintIds[0],
	blueprint_name: 'Engineering',
	tags: null,
	asset_tag: '',
	serial_number: 'FVHHFKF7Q6L4',
	model_id: 'MacBookAir10,1',
	count: null,
	created_at: '2026-01-18T23:04:43.852118+00:00',
	updated_at: '2026-01-18T23:04:43.852118+00:00',
	last_changed_at: null,
	last_collected_at: '2026-07-18T22:24:03.861846+00:00',
	path: '/Applications/1Password 7.app',
	bundle_size: null,
	bundle_id: 'com.agilebits.onepassword7',
	name: '1Password 7',
	version: '7.9.11',
	app_clip: false,
	info: '',
};

const simplifiedApp: IDataObject = {
	device_id: deviceId,
	device_name: "Ana's MacBook Air",
	platform: 'Mac',
	serial_number: 'FVHHFKF7Q6L4',
	user_name: 'Ana Silva',
	user_email: 'ana@acme.example',
	blueprint_id: blueprintIds[0],
	blueprint_name: 'Engineering',
	last_collected_at: '2026-07-18T22:24:03.861846Z',
	path: '/Applications/1Password 7.app',
	bundle_id: 'com.agilebits.onepassword7',
	name: '1Password 7',
	version: '7.9.11',
	app_clip: false,
};

/** A device that nobody uses; its row lacks most of the category's fields. */
const nobody: IDataObject = {
	...app,
	device__user_id: '',
	device__user_name: null,
	device__user_email: '',
	name: null,
	version: '',
};
const simplifiedNobody: IDataObject = {
	...simplifiedApp,
	user_name: null,
	user_email: null,
	name: undefined,
	version: undefined,
};

const page = (...data: IDataObject[]) => ({
	body: { offset: 0, limit: 50, total: null, data, cursor: null },
});

const pendingExport: IDataObject = {
	id: exportId,
	status: 'pending',
	category: 'apps',
	args: { filter: {}, columns: [], sort_by: '', blueprint_ids: [], device_families: [] },
	error_msg: null,
	path: null,
	signed_url: null,
	created_at: '2026-09-14T20:57:59.298293+00:00',
	updated_at: '2026-09-14T20:57:59.298293+00:00',
};

const filter = { device__name: { like: ['MacBook'] }, app_clip: { eq: false } };

export const prismCases: ContractCase[] = [
	...categories.map((category): ContractCase => ({
		operation: 'prism.getAll',
		title: category,
		parameters: { category, simplify: false },
		request: {
			method: 'GET',
			path: `/api/v1/prism/${category}`,
			query: { limit: '50', offset: '0' },
			encoding: 'none',
		},
		response: page({ device_id: deviceId, value: category }),
		items: [{ device_id: deviceId, value: category }],
	})),
	{
		operation: 'prism.getAll',
		title: 'with every filter, sorted, simplified',
		parameters: {
			category: 'apps',
			limit: 2,
			filters: {
				blueprints: blueprintIds.join(', '),
				deviceFamilies: ['Mac', 'tvOS'],
				filter: JSON.stringify(filter),
			},
			options: { sort: { fields: { field: 'device__name', direction: 'descending' } } },
		},
		request: {
			method: 'GET',
			path: '/api/v1/prism/apps',
			query: {
				limit: '2',
				offset: '0',
				blueprint_ids: blueprintIds.join(','),
				device_families: 'Mac,tvOS',
				filter: JSON.stringify(filter),
				sort_by: '-device__name',
			},
			encoding: 'none',
		},
		response: page(app, nobody),
		items: [simplifiedApp, simplifiedNobody],
	},
	{
		operation: 'prism.getAll',
		title: 'with a category from an expression',
		parameters: { category: '={{ $json.category }}', simplify: false },
		input: { json: { category: 'filevault' } },
		request: {
			method: 'GET',
			path: '/api/v1/prism/filevault',
			query: { limit: '50', offset: '0' },
			encoding: 'none',
		},
		response: page(),
		items: [],
	},
	{
		operation: 'prism.count',
		parameters: { category: 'apps' },
		request: {
			method: 'GET',
			path: '/api/v1/prism/count',
			query: { category: 'apps' },
			encoding: 'none',
		},
		response: { body: { count: 82, approximate: false } },
		items: [{ count: 82, approximate: false }],
	},
	{
		operation: 'prism.requestExport',
		title: 'of everything',
		parameters: { category: 'apps' },
		request: {
			method: 'POST',
			path: '/api/v1/prism/export',
			encoding: 'json',
			body: { category: 'apps' },
		},
		response: { body: pendingExport },
		items: [pendingExport],
	},
	{
		operation: 'prism.requestExport',
		title: 'with every field',
		parameters: {
			category: 'apps',
			additionalFields: {
				blueprints: blueprintIds.join(','),
				deviceFamilies: ['Mac'],
				filter: JSON.stringify(filter),
				sortBy: '-device__name',
			},
		},
		request: {
			method: 'POST',
			path: '/api/v1/prism/export',
			encoding: 'json',
			body: {
				category: 'apps',
				blueprint_ids: blueprintIds,
				device_families: ['Mac'],
				filter,
				sort_by: '-device__name',
			},
		},
		response: { body: pendingExport },
		items: [pendingExport],
	},
	{
		operation: 'prism.getExport',
		parameters: { exportId },
		request: { method: 'GET', path: `/api/v1/prism/export/${exportId}`, encoding: 'none' },
		response: { body: pendingExport },
		items: [pendingExport],
	},
	{
		operation: 'prism.export',
		title: 'to items',
		parameters: {
			category: 'apps',
			exportOutput: 'items',
			additionalFields: {
				blueprints: blueprintIds.join(','),
				deviceFamilies: ['Mac'],
				filter: JSON.stringify(filter),
				sortBy: '-device__name',
			},
		},
		before: [
			{
				request: {
					method: 'POST',
					path: '/api/v1/prism/export',
					encoding: 'json',
					body: {
						category: 'apps',
						blueprint_ids: blueprintIds,
						device_families: ['Mac'],
						filter,
						sort_by: '-device__name',
					},
				},
				response: { body: pendingExport },
			},
			{
				request: { method: 'GET', path: `/api/v1/prism/export/${exportId}`, encoding: 'none' },
				response: {
					body: {
						...pendingExport,
						status: 'success',
						signed_url: `${storageOrigin}/apps.csv?X-Amz-Signature=example`,
					},
				},
			},
		],
		request: {
			method: 'GET',
			origin: storageOrigin,
			path: '/apps.csv',
			query: { 'X-Amz-Signature': 'example' },
			encoding: 'none',
		},
		response: { body: 'device__name,version\r\n"Ana ""A"", Ltd",\r\n' },
		items: [{ device__name: 'Ana "A", Ltd', version: '' }],
	},
];
