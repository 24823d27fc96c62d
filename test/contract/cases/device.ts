import type { IDataObject } from 'n8n-workflow';

import type { ContractCase, Exchange } from '../contractCase';
import { without } from '../records';

const deviceId = '3de7b283-1a44-47ef-bde1-2f556a8a32f7';
const blueprintId = '2118bda6-8772-4c5b-ae0a-bb506b2b9516';
const userId = '5344c996-8823-4b37-8d6e-8515fc7c3a0a';
const tagId = '71dd53f1-104e-41a2-82ca-43a375b7f63d';
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const path = `/api/v1/devices/${deviceId}`;

const mac: IDataObject = {
	device_id: deviceId,
	device_name: "Ana's MacBook Air",
	model: 'MacBook Air (M1, 2020)',
	serial_number: 'FVHHFKF7Q6L4',
	platform: 'Mac',
	os_version: '15.6',
	supplemental_build_version: '24G84',
	supplemental_os_version_extra: '',
	last_check_in: '2026-07-23T14:11:37.150080Z',
	user: { email: 'ana@acme.example', name: 'Ana Silva', id: userId, is_archived: false },
	asset_tag: '1040',
	blueprint_id: blueprintId,
	mdm_enabled: true,
	agent_installed: true,
	is_missing: false,
	is_removed: false,
	agent_version: '4.5.9 (5160)',
	first_enrollment: '2026-01-26 16:15:36.087016+00:00',
	last_enrollment: '2026-05-13 20:09:27.374451+00:00',
	blueprint_name: 'Engineering',
	lost_mode_status: '',
	tags: ['Loaner'],
};

const everyFieldOfMac: IDataObject = {
	device_id: deviceId,
	device_name: "Ana's MacBook Air",
	serial_number: 'FVHHFKF7Q6L4',
	platform: 'Mac',
	model: 'MacBook Air (M1, 2020)',
	os_version: '15.6',
	last_check_in: '2026-07-23T14:11:37.150080Z',
	user_id: userId,
	user_name: 'Ana Silva',
	user_email: 'ana@acme.example',
	blueprint_id: blueprintId,
	blueprint_name: 'Engineering',
	asset_tag: '1040',
	tags: ['Loaner'],
	tags_text: 'Loaner',
	mdm_enabled: true,
	agent_installed: true,
	agent_version: '4.5.9 (5160)',
	lost_mode_status: null,
	first_enrollment: '2026-01-26T16:15:36.087016Z',
	last_enrollment: '2026-05-13T20:09:27.374451Z',
	is_missing: false,
	is_removed: false,
};
const simplifiedMac = without(
	everyFieldOfMac,
	'user_id',
	'blueprint_id',
	'tags',
	'tags_text',
	'mdm_enabled',
	'agent_installed',
	'agent_version',
	'lost_mode_status',
	'first_enrollment',
	'last_enrollment',
	'is_missing',
	'is_removed',
);

/** What a device looks like that nobody uses: texts are blank, and the user is a text too. */
const blank: IDataObject = { ...mac, user: '', asset_tag: '', last_check_in: '', tags: [] };
const simplifiedBlank: IDataObject = {
	...simplifiedMac,
	user_name: null,
	user_email: null,
	asset_tag: null,
	last_check_in: null,
};

const read = (
	operation: string,
	suffix: string,
	body: unknown,
	items: IDataObject[],
	extra: Partial<ContractCase> = {},
): ContractCase => ({
	operation: `device.${operation}`,
	parameters: { deviceId: byId(deviceId) },
	request: { method: 'GET', path: `${path}${suffix}`, encoding: 'none' },
	response: { body },
	items,
	...extra,
});

const update = (title: string, updateFields: IDataObject, body: IDataObject): ContractCase => ({
	operation: 'device.update',
	title,
	parameters: { deviceId: byId(deviceId), updateFields: updateFields as never },
	request: { method: 'PATCH', path, encoding: 'json', body },
	response: { body: mac },
	items: [simplifiedMac],
});

const app = {
	app_id: '83068',
	app_name: 'Safari',
	bundle_id: 'com.apple.Safari',
	bundle_size: '1',
	app_store_vendable: '',
	device_based_vpp: '',
	source: 'Apple',
	process: 'Safari',
	signature: '',
	creation_date: '2026-06-06T19:43:15.206870Z',
	modification_date: '2026-06-06T19:43:15.206888Z',
	path: '/Applications/Safari.app',
	version: '18.6',
};

const command = {
	uuid: 'd2b2eafe-2dc2-4b13-bd2b-f93735f0e59f',
	error_chain: [],
	command_type: 'DeviceLock',
	request_type: 'DeviceLock',
	metadata: {},
	status: 5,
	attempts: 1,
	date_requested: '2026-08-18T15:07:22.133248Z',
	date_completed: null,
};

const libraryItem = {
	id: 102029,
	status: 'PENDING',
	reported_at: null,
	log: null,
	last_audit_run: null,
	last_audit_log: 'The installation has been initiated.',
	item_id: '109df9e8-3917-4fe9-8a36-51fa35e36f8a',
	name: 'Rosetta 2',
	type: 'custom-script',
	blueprint: { id: blueprintId, name: 'Engineering' },
};

const libraryItemOfMac = {
	...libraryItem,
	computer: { id: deviceId, name: "Ana's MacBook Air" },
};

const activity = {
	id: 6361,
	created_at: '2026-04-19T18:09:06.865152Z',
	action_type: 'enrollment',
	details: { blueprint_name: 'Engineering', enrollment_type: 'DEP' },
	computer: { id: deviceId, name: 'Mac', is_removed: false },
	blueprint: null,
	user: null,
};

const details = {
	general: {
		device_id: deviceId,
		device_name: 'LAB01',
		platform: 'AppleTV',
		model: 'Apple TV 4K',
		os_version: '18.0',
		system_version: '',
		asset_tag: '',
		assigned_user: '',
		blueprint_name: 'Conference Rooms',
		last_enrollment: '2026-10-03 22:28:50.459432+00:00',
	},
	mdm: { mdm_enabled: 'True', last_check_in: '2026-11-04 17:56:23.766099+00:00' },
	filevault: { filevault_enabled: null, filevault_prk_escrowed: false },
	kandji_agent: { agent_installed: 'False', last_check_in: '', agent_version: '' },
	hardware_overview: { serial_number: 'TDGQWKQ5WT' },
	network: {},
	tags: [],
};

const everyDetail = {
	device_id: deviceId,
	device_name: 'LAB01',
	serial_number: 'TDGQWKQ5WT',
	platform: 'AppleTV',
	model: 'Apple TV 4K',
	os_version: '18.0',
	os_name: 'tvOS',
	user_id: null,
	user_name: null,
	user_email: null,
	blueprint_id: null,
	blueprint_name: 'Conference Rooms',
	asset_tag: null,
	last_check_in: '2026-11-04T17:56:23.766099Z',
	last_enrollment: '2026-10-03T22:28:50.459432Z',
	agent_version: null,
	supervised: null,
	filevault_enabled: null,
	filevault_key_escrowed: false,
	user_activation_lock_enabled: null,
	device_activation_lock_enabled: null,
	lost_mode_status: null,
	host_name: null,
	mac_address: null,
	ip_address: null,
	public_ip: null,
	tags: [],
};
const simplifiedDetails = without(
	everyDetail,
	'os_name',
	'user_id',
	'user_name',
	'blueprint_id',
	'asset_tag',
	'last_enrollment',
	'agent_version',
	'supervised',
	'filevault_key_escrowed',
	'user_activation_lock_enabled',
	'device_activation_lock_enabled',
	'lost_mode_status',
	'host_name',
	'ip_address',
	'public_ip',
	'tags',
);

const page = (key: string, row: object) => ({
	device_id: deviceId,
	[key]: { count: 1, next: null, previous: null, results: [row] },
});

const readMac = (tags: string[]) => ({
	request: { method: 'GET' as const, path, encoding: 'none' as const },
	response: { body: { ...mac, tags } },
});

const writeTags = (tags: string[]) => ({
	request: { method: 'PATCH' as const, path, encoding: 'json' as const, body: { tags } },
	response: { body: { ...mac, tags } },
});

const listDevices = (query: Record<string, string>, body: IDataObject[]) => ({
	request: {
		method: 'GET' as const,
		path: '/api/v1/devices',
		query: { ...query, limit: '300', offset: '0' },
		encoding: 'none' as const,
	},
	response: { body },
});

const noteOfMac = {
	note_id: tagId,
	created_at: '2026-04-09T17:09:07.164617Z',
	updated_at: '2026-04-09T17:09:07.164635Z',
	author: 'Ana Silva',
	content: '<p>Battery replaced</p>',
};

/** What Get Full Record reads after the device itself, in this order. */
const recordParts: Array<[string, unknown]> = [
	['/details', details],
	['/apps', { device_id: deviceId, apps: [app] }],
	['/library-items', { device_id: deviceId, library_items: [] }],
	['/parameters', { device_id: deviceId, parameters: [] }],
	['/status', { device_id: deviceId, library_items: [], parameters: [] }],
];

export const deviceCases: ContractCase[] = [
	{
		operation: 'device.addTags',
		title: 'of which one is missing in the tenant',
		parameters: {
			deviceId: byId(deviceId),
			tags: 'Loaner, Kiosk',
			createMissingTags: true,
		},
		before: [
			readMac(['Loaner']),
			{
				request: {
					method: 'GET',
					path: '/api/v1/tags',
					query: { search: 'Kiosk' },
					encoding: 'none',
				},
				response: {
					body: {
						count: 1,
						next: null,
						previous: null,
						results: [{ id: tagId, name: 'Kiosk Europe' }],
					},
				},
			},
			{
				request: {
					method: 'POST',
					path: '/api/v1/tags',
					encoding: 'json',
					body: { name: 'Kiosk' },
				},
				response: { status: 201, body: { id: userId, name: 'Kiosk' } },
			},
			writeTags(['Loaner', 'Kiosk']),
		],
		...readMac(['Loaner', 'Kiosk']),
		items: [
			{
				...simplifiedMac,
				tags: ['Loaner', 'Kiosk'],
				tags_before: ['Loaner'],
				changed: true,
			},
		],
	},
	{
		operation: 'device.addTags',
		title: 'that are there',
		parameters: { deviceId: byId(deviceId), tags: 'Loaner' },
		...readMac(['Loaner']),
		items: [{ ...simplifiedMac, tags: ['Loaner'], tags_before: ['Loaner'], changed: false }],
	},
	{
		operation: 'device.removeTags',
		parameters: { deviceId: byId(deviceId), tags: 'Loaner' },
		before: [readMac(['Loaner', 'Finance']), writeTags(['Finance'])],
		...readMac(['Finance']),
		items: [
			{
				...simplifiedMac,
				tags: ['Finance'],
				tags_before: ['Loaner', 'Finance'],
				changed: true,
			},
		],
	},
	{
		operation: 'device.assignUser',
		parameters: {
			deviceId: byId(deviceId),
			userId: { __rl: true, mode: 'email', value: 'Ana@acme.example' },
		},
		before: [
			{
				request: {
					method: 'GET',
					path: '/api/v1/users',
					query: { email: 'Ana@acme.example' },
					encoding: 'none',
				},
				response: {
					body: {
						next: null,
						previous: null,
						results: [
							{ id: tagId, email: 'diana@acme.example' },
							{ id: userId, email: 'ana@acme.example' },
						],
					},
				},
			},
		],
		request: { method: 'PATCH', path, encoding: 'json', body: { user: userId } },
		response: { body: mac },
		items: [simplifiedMac],
	},
	{
		operation: 'device.moveToBlueprint',
		parameters: {
			deviceId: byId(deviceId),
			blueprintId: { __rl: true, mode: 'name', value: 'Engineering' },
		},
		before: [
			{
				request: {
					method: 'GET',
					path: '/api/v1/blueprints',
					query: { name: 'Engineering', limit: '300', offset: '0' },
					encoding: 'none',
				},
				response: {
					body: {
						count: 2,
						next: null,
						previous: null,
						results: [
							{ id: tagId, name: 'Engineering 2' },
							{ id: blueprintId, name: 'Engineering' },
						],
					},
				},
			},
		],
		request: { method: 'PATCH', path, encoding: 'json', body: { blueprint_id: blueprintId } },
		response: { body: mac },
		items: [simplifiedMac],
	},
	{
		operation: 'device.find',
		title: 'by email, among unassigned and other users’ devices',
		parameters: { findBy: 'userEmail', value: 'ana@acme.example' },
		...listDevices({ user_email: 'ana@acme.example' }, [
			blank,
			{ ...blank, device_id: tagId, user: null },
			{ ...mac, device_id: userId, user: { email: 'diana@acme.example' } },
			{ ...mac, device_id: blueprintId },
		]),
		items: [{ ...simplifiedMac, device_id: blueprintId }],
	},
	{
		operation: 'device.find',
		title: 'by MAC address, raw',
		parameters: { findBy: 'macAddress', value: '00-0C-29-05-43-B6', simplify: false },
		...listDevices({ mac_address: '00:0c:29:05:43:b6' }, [mac]),
		items: [mac],
	},
	{
		operation: 'device.find',
		title: 'without a result',
		parameters: { findBy: 'assetTag', value: '104', ifNoneFound: 'returnItem' },
		...listDevices({ asset_tag: '104' }, [mac]),
		items: [{ found: false, asset_tag: '104' }],
	},
	{
		operation: 'device.getFullRecord',
		parameters: { deviceId: byId(deviceId) },
		before: [
			readMac(['Loaner']),
			...recordParts.map(([suffix, body]): Exchange => ({
				request: { method: 'GET', path: `${path}${suffix}`, encoding: 'none' },
				response: { body },
			})),
		],
		request: { method: 'GET', path: `${path}/notes`, encoding: 'none' },
		response: { body: [noteOfMac] },
		items: [
			{
				...mac,
				details,
				apps: [app],
				library_items: [],
				parameters: [],
				status: { device_id: deviceId, library_items: [], parameters: [] },
				notes: [noteOfMac],
				missing_parts: {},
			},
		],
	},
	{
		operation: 'device.delete',
		parameters: { deviceId: byId(deviceId), checkSerialNumber: false },
		request: { method: 'DELETE', path, encoding: 'none' },
		response: { status: 204, body: '' },
		items: [{ deleted: true, device_id: deviceId }],
	},
	read('get', '', mac, [simplifiedMac], { title: 'simplified' }),
	read('get', '', mac, [everyFieldOfMac], {
		title: 'with every field',
		parameters: { deviceId: byId(deviceId), selectedFields: Object.keys(everyFieldOfMac) },
	}),
	read('get', '', { ...mac, tags: ['Loaner', 'Kiosk'] }, [{ tags_text: 'Loaner, Kiosk' }], {
		title: 'with its tags as text alone',
		parameters: { deviceId: byId(deviceId), selectedFields: ['tags_text'] },
	}),
	read('get', '', blank, [simplifiedBlank], { title: 'with blank strings' }),
	read('get', '', { ...blank, user: null }, [simplifiedBlank], { title: 'with a null user' }),
	read('get', '', mac, [mac], {
		title: 'raw',
		parameters: { deviceId: byId(deviceId), simplify: false },
	}),
	read(
		'getActivity',
		'/activity',
		page('activity', activity),
		[{ ...activity, device_id: deviceId }],
		{
			request: {
				method: 'GET',
				path: `${path}/activity`,
				query: { limit: '50', offset: '0' },
				encoding: 'none',
			},
		},
	),
	read('getApps', '/apps', { device_id: deviceId, apps: [app] }, [
		{
			app_name: 'Safari',
			version: '18.6',
			bundle_id: 'com.apple.Safari',
			publisher: null,
			source: 'Apple',
			path: '/Applications/Safari.app',
			modification_date: '2026-06-06T19:43:15.206888Z',
			device_id: deviceId,
			serial_number: null,
			device_name: null,
		},
	]),
	read(
		'getApps',
		'/apps',
		{
			device_id: deviceId,
			apps: [
				{
					display_name: 'Slack',
					package_name: 'com.Slack',
					version_name: '25.10.10.0',
					application_source: 'INSTALLED_FROM_PLAY_STORE',
					installer_package_name: 'com.android.vending',
				},
				{
					name: 'Microsoft.Copilot',
					display_name: 'Copilot',
					publisher: 'CN=Microsoft Corporation',
					publisher_display_name: 'Microsoft Corporation',
					version: '1.25095.161.0',
					installed_path: 'C:\\Program Files\\Copilot',
					application_type: 'AppxMsix',
				},
			],
		},
		[
			{
				app_name: 'Slack',
				version: '25.10.10.0',
				bundle_id: 'com.Slack',
				publisher: null,
				source: 'INSTALLED_FROM_PLAY_STORE',
				path: null,
				modification_date: null,
				device_id: deviceId,
				serial_number: null,
				device_name: null,
			},
			{
				app_name: 'Copilot',
				version: '1.25095.161.0',
				bundle_id: 'Microsoft.Copilot',
				publisher: 'Microsoft Corporation',
				source: 'AppxMsix',
				path: 'C:\\Program Files\\Copilot',
				modification_date: null,
				device_id: deviceId,
				serial_number: null,
				device_name: null,
			},
		],
		{ title: 'of Android and Windows' },
	),
	read('getApps', '/apps', { device_id: deviceId, apps: [] }, [], { title: 'none' }),
	read(
		'getCommands',
		'/commands',
		page('commands', command),
		[
			{
				uuid: command.uuid,
				command_type: 'DeviceLock',
				status: 'not now',
				attempts: 1,
				date_requested: command.date_requested,
				date_completed: null,
				error_chain: [],
				device_id: deviceId,
				serial_number: null,
				device_name: null,
			},
		],
		{
			request: {
				method: 'GET',
				path: `${path}/commands`,
				query: { limit: '50', offset: '0' },
				encoding: 'none',
			},
		},
	),
	read('getDetails', '/details', details, [simplifiedDetails], {
		title: 'simplified, with sections empty or missing',
	}),
	read(
		'getDetails',
		'/details',
		{ general: null },
		[
			{
				...Object.fromEntries(Object.keys(simplifiedDetails).map((name) => [name, null])),
				device_id: deviceId,
			},
		],
		{ title: 'of a record without its ID' },
	),
	read('getDetails', '/details', details, [everyDetail], {
		title: 'with every field',
		parameters: { deviceId: byId(deviceId), selectedFields: Object.keys(everyDetail) },
	}),
	read('getDetails', '/details', {}, [{ 'general.device_id': deviceId, tags: null }], {
		title: 'raw fields of a record without its ID',
		parameters: { deviceId: byId(deviceId), output: 'rawFields', fields: 'tags' },
	}),
	read('getDetails', '/details', details, [details], {
		title: 'raw',
		parameters: { deviceId: byId(deviceId), output: 'raw' },
	}),
	read(
		'getDetails',
		'/details',
		details,
		[
			{
				'general.device_id': deviceId,
				'general.device_name': 'LAB01',
				'network.mac_address': null,
			},
		],
		{
			title: 'raw fields',
			parameters: {
				deviceId: byId(deviceId),
				output: 'rawFields',
				fields: 'general.device_name, network.mac_address',
			},
		},
	),
	read('getLibraryItems', '/library-items', { library_items: [libraryItemOfMac] }, [
		{
			item_id: libraryItem.item_id,
			name: 'Rosetta 2',
			type: 'custom-script',
			status: 'PENDING',
			reported_at: null,
			log: null,
			last_audit_run: null,
			last_audit_log: 'The installation has been initiated.',
			device_id: deviceId,
			serial_number: null,
			device_name: "Ana's MacBook Air",
		},
	]),
	read(
		'getLostMode',
		'/details/lostmode',
		{ device_id: deviceId, lost_mode: { lost_mode_status: 'ENABLED', enabled_by: 'Ana Silva' } },
		[{ device_id: deviceId, lost_mode_status: 'ENABLED', enabled_by: 'Ana Silva' }],
	),
	{
		operation: 'device.count',
		title: 'as the API tells the total',
		parameters: { filters: { platform: 'Mac' } },
		request: {
			method: 'GET',
			path: '/api/v1/devices',
			query: { platform: 'Mac', ordering: 'device_id', limit: '300', offset: '0' },
			encoding: 'none',
		},
		response: { body: [mac], headers: { 'x-total-count': '900' } },
		items: [{ count: 900 }],
	},
	{
		operation: 'device.count',
		title: 'with a filter that is applied after reading',
		parameters: { filters: { withoutUser: true } },
		request: {
			method: 'GET',
			path: '/api/v1/devices',
			query: { ordering: 'device_id', limit: '300', offset: '0' },
			encoding: 'none',
		},
		response: { body: [mac, { ...blank, device_id: tagId }] },
		items: [{ count: 1 }],
	},
	{
		operation: 'device.getAll',
		title: 'up to a limit',
		parameters: { limit: 2 },
		request: {
			method: 'GET',
			path: '/api/v1/devices',
			query: { limit: '2', offset: '0' },
			encoding: 'none',
		},
		response: { body: [mac, { ...blank, device_id: tagId }], headers: { 'x-total-count': '900' } },
		items: [simplifiedMac, { ...simplifiedBlank, device_id: tagId }],
	},
	{
		operation: 'device.getAll',
		title: 'with every filter',
		parameters: {
			returnAll: true,
			simplify: false,
			filters: {
				assetTag: '1040',
				blueprintId: byId(blueprintId),
				deviceId,
				deviceName: 'Ana',
				fileVaultEnabled: false,
				macAddress: '00:0c:29:05:43:b6',
				model: 'MacBook',
				osVersion: '15',
				platform: 'Mac',
				serialNumber: 'FVH',
				tagId: byId(tagId),
				tagIds: `${tagId},${userId}`,
				tagName: 'Loaner',
				tagNames: 'Loaner,Finance',
				userId: byId(userId),
				userEmail: '@acme.example',
				userEmailExact: 'ana@acme.example',
				userName: 'Ana',
				userDisplayName: 'Silva',
			},
			options: {
				sort: {
					fields: [
						{ field: 'last_check_in', direction: 'descending' },
						{ field: 'device_id', direction: 'ascending' },
					],
				},
			},
		},
		request: {
			method: 'GET',
			path: '/api/v1/devices',
			query: {
				asset_tag: '1040',
				blueprint_id: blueprintId,
				device_id: deviceId,
				device_name: 'Ana',
				filevault_enabled: 'false',
				mac_address: '00:0c:29:05:43:b6',
				model: 'MacBook',
				os_version: '15',
				platform: 'Mac',
				serial_number: 'FVH',
				tag_id: tagId,
				tag_id_in: `${tagId},${userId}`,
				tag_name: 'Loaner',
				tag_name_in: 'Loaner,Finance',
				user_id: userId,
				user_email: '@acme.example',
				user_email_exact: 'ana@acme.example',
				user_name: 'Ana',
				user: 'Silva',
				ordering: '-last_check_in,device_id',
				limit: '300',
				offset: '0',
			},
			encoding: 'none',
		},
		response: { body: [mac], headers: { 'x-total-count': '1' } },
		items: [mac],
	},
	read(
		'getParameters',
		'/parameters',
		{ device_id: deviceId, parameters: [{ status: 'PASS', name: 'Disable guest' }] },
		[{ status: 'PASS', name: 'Disable guest', device_id: deviceId }],
	),
	read(
		'getStatus',
		'/status',
		{ device_id: deviceId, library_items: [libraryItem], parameters: [] },
		[{ device_id: deviceId, library_items: [libraryItem], parameters: [] }],
	),
	update(
		'of everything',
		{
			assetTag: ' 1040 ',
			blueprintId: byId(blueprintId),
			userId: byId(userId),
			tags: 'Loaner, Finance,Loaner',
		},
		{
			asset_tag: '1040',
			blueprint_id: blueprintId,
			user: userId,
			tags: ['Loaner', 'Finance'],
		},
	),
	update(
		'that clears',
		{ clearFields: ['assetTag', 'tags', 'user'] },
		{ asset_tag: null, tags: [], user: null },
	),
];
