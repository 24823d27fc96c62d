import type { IDataObject } from 'n8n-workflow';

import type { ContractCase } from '../contractCase';
import { byId, envelope, itemId, itemWithFile } from './libraryRecords';

const path = '/api/v1/library/custom-profiles';

const profile: IDataObject = {
	id: itemId,
	name: 'Finder',
	active: false,
	profile: '<?xml version="1.0"?><plist/>',
	mdm_identifier: `com.kandji.profile.custom.${itemId}`,
	runs_on_mac: true,
	runs_on_iphone: false,
	runs_on_ipad: true,
	runs_on_tv: false,
	runs_on_vision: false,
	created_at: '2023-03-10T19:27:58.677287Z',
	updated_at: '2023-03-10T20:06:28.622392Z',
};
const simplified: IDataObject = {
	id: itemId,
	name: 'Finder',
	active: false,
	mdm_identifier: `com.kandji.profile.custom.${itemId}`,
	platforms: ['ipad', 'mac'],
	created_at: '2023-03-10T19:27:58.677287Z',
	updated_at: '2023-03-10T20:06:28.622392Z',
};
const bare: IDataObject = { id: itemId, name: 'Old', active: true };

const flags = (...chosen: string[]) =>
	Object.fromEntries(
		['tv', 'vision', 'ipad', 'iphone', 'mac'].map((platform) => [
			`runs_on_${platform}`,
			chosen.includes(platform),
		]),
	);

export const customProfileCases: ContractCase[] = [
	{
		operation: 'customProfile.create',
		parameters: {
			name: 'Finder',
			binaryPropertyName: 'profile',
			platforms: ['mac', 'ipad'],
			additionalFields: { active: false },
		},
		input: itemWithFile('finder ü.mobileconfig', 'profile'),
		request: {
			method: 'POST',
			path,
			encoding: 'multipart',
			body: {
				name: 'Finder',
				active: false,
				...flags('mac', 'ipad'),
				file: 'file:finder ü.mobileconfig',
			},
		},
		response: { status: 201, body: profile },
		items: [profile],
	},
	{
		operation: 'customProfile.delete',
		parameters: { customProfileId: byId(itemId) },
		request: { method: 'DELETE', path: `${path}/${itemId}`, encoding: 'none' },
		response: { status: 204, body: '' },
		items: [{ deleted: true }],
	},
	{
		operation: 'customProfile.get',
		parameters: { customProfileId: byId(itemId) },
		request: { method: 'GET', path: `${path}/${itemId}`, encoding: 'none' },
		response: { body: profile },
		items: [{ ...simplified, profile: profile.profile }],
	},
	{
		operation: 'customProfile.getAll',
		parameters: { returnAll: true },
		request: { method: 'GET', path, query: { page: '1' }, encoding: 'none' },
		response: { body: envelope(profile, { ...bare, id: 'other' }) },
		items: [
			simplified,
			{
				id: 'other',
				name: 'Old',
				active: true,
				mdm_identifier: null,
				platforms: null,
				created_at: null,
				updated_at: null,
			},
		],
	},
	{
		operation: 'customProfile.getAll',
		title: 'raw',
		parameters: { simplify: false },
		request: { method: 'GET', path, query: { page: '1' }, encoding: 'none' },
		response: { body: envelope(profile) },
		items: [profile],
	},
	{
		operation: 'customProfile.update',
		title: 'every field',
		parameters: {
			customProfileId: byId(itemId),
			updateFields: {
				active: true,
				binaryPropertyName: 'data',
				name: 'Finder 2',
				platforms: ['vision', 'tv', 'iphone'],
			},
		},
		input: itemWithFile('finder.mobileconfig'),
		request: {
			method: 'PATCH',
			path: `${path}/${itemId}`,
			encoding: 'multipart',
			body: {
				active: true,
				name: 'Finder 2',
				...flags('vision', 'tv', 'iphone'),
				file: 'file:finder.mobileconfig',
			},
		},
		response: { body: profile },
		items: [profile],
	},
	{
		operation: 'customProfile.update',
		title: 'the name alone',
		parameters: { customProfileId: byId(itemId), updateFields: { name: 'Finder 3' } },
		request: {
			method: 'PATCH',
			path: `${path}/${itemId}`,
			encoding: 'multipart',
			body: { name: 'Finder 3' },
		},
		response: { body: profile },
		items: [profile],
	},
];
