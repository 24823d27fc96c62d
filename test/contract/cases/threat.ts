import type { IDataObject } from 'n8n-workflow';

import type { ContractCase } from '../contractCase';
import { without } from '../records';

const deviceId = 'df1badd0-1dc9-448b-9b2a-c614a844c69e';
const device = { __rl: true, mode: 'id', value: deviceId };

const threat: IDataObject = {
	threat_name: 'malware_5',
	classification: 'MALWARE',
	status: 'QUARANTINED',
	process_name: 'chmod',
	process_owner: 'root',
	device_name: 'accuhive MacBook Air',
	device_id: deviceId,
	detection_date: '2026-04-21T17:23:13.883134',
	date_of_quarantine: '2026-04-21T17:23:15.071621',
	date_of_release: '',
	released_by: '',
	release_note: '',
	file_path: '/Users/Shared/malware/malware_5',
	file_hash: '2ab79665b07b3be11dd1d4f2d0bafa886a4b393b28ffedb2a02f62efd0061858',
	bundle_path: '',
	device_serial_number: 'FVFGHGK7Q6L7',
	blueprint_id: '396cdae2-147e-4e61-8a27-2f6b6963da4f',
	blueprint_name: 'Threat',
	library_item_name: 'Avert',
	library_item_id: 'd0afe50a-1102-4568-86ed-44863b757c85',
	pup_posture: 'protect',
	malware_posture: 'protect',
};

const everyField: IDataObject = {
	threat_name: 'malware_5',
	classification: 'MALWARE',
	status: 'QUARANTINED',
	detection_date: '2026-04-21T17:23:13.883134Z',
	date_of_quarantine: '2026-04-21T17:23:15.071621Z',
	date_of_release: null,
	device_id: deviceId,
	device_name: 'accuhive MacBook Air',
	serial_number: 'FVFGHGK7Q6L7',
	blueprint_name: 'Threat',
	process_name: 'chmod',
	process_owner: 'root',
	file_path: '/Users/Shared/malware/malware_5',
	file_hash: '2ab79665b07b3be11dd1d4f2d0bafa886a4b393b28ffedb2a02f62efd0061858',
};
const simplified = without(everyField, 'date_of_quarantine', 'date_of_release', 'process_owner');

/** Version 2 is simplified by leaving out what has no value. */
const withValues: IDataObject = { ...everyField, date_of_release: undefined };

const page = (...results: IDataObject[]) => ({
	body: {
		count: results.length,
		next: null,
		previous: null,
		malware_count: results.length,
		pup_count: 0,
		results,
	},
});

export const threatCases: ContractCase[] = [
	{
		operation: 'threat.getAllLegacy',
		title: 'with every filter',
		parameters: {
			limit: 700,
			filters: {
				classification: 'malware',
				dateRange: 7,
				deviceId: device,
				status: 'quarantined',
				searchTerm: 'Chrome & Co',
			},
			options: { sort: { fields: { field: 'status', direction: 'ascending' } } },
		},
		request: {
			method: 'GET',
			path: '/api/v1/threat-details',
			query: {
				limit: '700',
				offset: '0',
				classification: 'malware',
				date_range: '7',
				device_id: deviceId,
				status: 'quarantined',
				term: 'Chrome & Co',
				sort_by: 'status',
			},
			encoding: 'none',
		},
		response: page(threat),
		items: [simplified],
	},
	{
		operation: 'threat.getAllLegacy',
		title: 'with every field',
		parameters: { limit: 20, selectedFields: Object.keys(everyField) },
		request: {
			method: 'GET',
			path: '/api/v1/threat-details',
			query: { limit: '20', offset: '0' },
			encoding: 'none',
		},
		response: page(threat),
		items: [everyField],
	},
	{
		operation: 'threat.getAllLegacy',
		title: 'raw',
		parameters: { simplify: false, returnAll: true },
		request: {
			method: 'GET',
			path: '/api/v1/threat-details',
			query: { limit: '1000', offset: '0' },
			encoding: 'none',
		},
		response: page(threat),
		items: [threat],
	},
	{
		operation: 'threat.getAll',
		title: 'with every filter',
		parameters: {
			statuses: ['quarantined', 'released'],
			filters: {
				classification: 'pup',
				dateRange: 30,
				detectedAfter: '2026-01-21T16:08:00Z',
				detectedBefore: '2026-02-21T16:08:00+01:00',
				deviceId: device,
				managementState: ['open', 'closed'],
				severities: ['critical', 'high'],
				tags: 'confirmed, myteam',
				searchTerm: 'Chrome',
			},
			options: { sort: { fields: { field: 'severity', direction: 'descending' } } },
		},
		request: {
			method: 'GET',
			path: '/api/v2/threat/threat-details',
			query: {
				limit: '50',
				offset: '0',
				statuses: 'quarantined,released',
				classification: 'pup',
				date_range: '30',
				detection_date_from: '2026-01-21T16:08:00.000',
				detection_date_to: '2026-02-21T15:08:00.000',
				device_id: deviceId,
				management_state: 'open,closed',
				severities: 'critical,high',
				tags: 'confirmed,myteam',
				term: 'Chrome',
				sort_by: '-severity',
			},
			encoding: 'none',
		},
		response: { body: { results: [{ ...threat, severity: 'high', tags: [], id: 'T1' }] } },
		items: [{ ...withValues, severity: 'high', tags: [], id: 'T1' }],
	},
	{
		operation: 'threat.getAll',
		title: 'raw, with the default statuses',
		parameters: { simplify: false },
		request: {
			method: 'GET',
			path: '/api/v2/threat/threat-details',
			query: { limit: '50', offset: '0', statuses: 'not_quarantined,quarantined' },
			encoding: 'none',
		},
		response: { body: { results: [threat] } },
		items: [threat],
	},
];
