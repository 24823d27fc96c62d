import type { IDataObject } from 'n8n-workflow';

import type { ContractCase } from '../contractCase';
import { without } from '../records';
import { byId, envelope, itemId } from './libraryRecords';

const deviceId = '2f25e13e-3b1c-4717-bf7e-7d23e61bb68c';
const blueprint = { id: 'ab102b9d-8e9c-420d-a498-f2a1123091c7', name: 'Engineering' };
const path = `/api/v1/library/library-items/${itemId}`;

const activity: IDataObject = {
	id: 1862,
	activity_time: '2024-01-20T20:31:30.325831Z',
	activity_type: 'library_item_assignment_changed',
	user_id: '4b9b080b-f82b-41e9-814b-a5668fdd8a3e',
	user_email: 'admin@acme.example',
	details: null,
};
const status: IDataObject = {
	id: 13908,
	blueprint,
	computer: { id: deviceId, name: 'Mac mini' },
	status: 'PASS',
	reported_at: '2024-02-27 15:34:21.086017+00:00',
	log: 'long text',
	last_audit_run: null,
	last_audit_log: null,
	control_log: null,
	control_reported_at: null,
};
const bare: IDataObject = {
	id: 13907,
	blueprint: null,
	computer: null,
	status: 'success',
	reported_at: '',
};
const everyField: IDataObject = {
	id: 13908,
	device_id: deviceId,
	device_name: 'Mac mini',
	status: 'PASS',
	reported_at: '2024-02-27T15:34:21.086017Z',
	log: 'long text',
	last_audit_run: null,
	last_audit_log: null,
	blueprint_id: blueprint.id,
	blueprint_name: 'Engineering',
	library_item_id: itemId,
	library_item_name: null,
};
const simplified = without(everyField, 'id', 'blueprint_id');

export const libraryItemCases: ContractCase[] = [
	{
		operation: 'libraryItem.getActivity',
		parameters: {
			libraryItemId: byId(itemId),
			filters: {
				activityType: 'library_item_created',
				administratorEmail: 'admin@acme.example',
				administratorId: String(activity.user_id),
			},
		},
		request: {
			method: 'GET',
			path: `${path}/activity`,
			query: {
				limit: '50',
				offset: '0',
				activity_type: 'library_item_created',
				user_email: 'admin@acme.example',
				user_id: String(activity.user_id),
			},
			encoding: 'none',
		},
		response: { body: envelope(activity) },
		items: [{ ...activity, library_item_id: itemId }],
	},
	{
		operation: 'libraryItem.getStatuses',
		title: 'of one device',
		parameters: { libraryItemId: byId(itemId), limit: 5, filters: { deviceId: byId(deviceId) } },
		request: {
			method: 'GET',
			path: `${path}/status`,
			query: { limit: '5', offset: '0', computer_id: deviceId },
			encoding: 'none',
		},
		response: { body: envelope(status) },
		items: [simplified],
	},
	{
		operation: 'libraryItem.getStatuses',
		title: 'with every field',
		parameters: {
			libraryItemId: byId(itemId),
			limit: 5,
			selectedFields: Object.keys(everyField).join(', '),
		},
		request: {
			method: 'GET',
			path: `${path}/status`,
			query: { limit: '5', offset: '0' },
			encoding: 'none',
		},
		response: { body: envelope(status) },
		items: [everyField],
	},
	{
		operation: 'libraryItem.getStatuses',
		title: 'with blanks, raw',
		parameters: { libraryItemId: byId(itemId), returnAll: true, simplify: false },
		request: {
			method: 'GET',
			path: `${path}/status`,
			query: { limit: '300', offset: '0' },
			encoding: 'none',
		},
		response: { body: envelope(bare) },
		items: [bare],
	},
	{
		operation: 'libraryItem.getStatuses',
		title: 'with blanks',
		parameters: { libraryItemId: byId(itemId), returnAll: true },
		request: {
			method: 'GET',
			path: `${path}/status`,
			query: { limit: '300', offset: '0' },
			encoding: 'none',
		},
		response: { body: envelope(bare) },
		items: [
			{
				device_id: null,
				device_name: null,
				status: 'success',
				reported_at: null,
				log: null,
				last_audit_run: null,
				last_audit_log: null,
				blueprint_name: null,
				library_item_id: itemId,
				library_item_name: null,
			},
		],
	},
];
