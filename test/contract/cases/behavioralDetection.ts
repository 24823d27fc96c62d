import type { IDataObject } from 'n8n-workflow';

import type { ContractCase } from '../contractCase';

const deviceId = 'ddfc3341-f319-4ef0-bf9a-80791b15a79a';
const device = { __rl: true, mode: 'id', value: deviceId };

const detection: IDataObject = {
	id: 'CC80F462-1F4D-4A04-9380-C21743DFC308',
	threat_id: 'KTI_BD_0163',
	rule_version: 2,
	description: 'A shell started an editor',
	classification: 'malicious',
	informational_tags: [],
	malware_family: ['3CX'],
	detection_date: '2026-03-08T17:35:30.462076+00:00',
	threat_status: 'detected',
	device_info: { id: deviceId, name: 'arm-14_7_0', serial_number: 'ZMN33JFKKC' },
	parent_process: {
		name: 'zsh',
		command_line: '-zsh',
		image_path: '/bin/zsh',
		pid: 7657,
		owner: 'root',
		sha256: '0ba6f44f486330453af994834aa406c8d398bfda68a54f3176bf3696ccc09c91',
	},
	target_process: {
		name: 'vim',
		command_line: 'vim 123',
		image_path: '/usr/bin/vim',
		pid: 7759,
		owner: 'root',
		sha256: 'c765f827442004d59ac6bd907f16fbda645f970a3bec94c2651a9f297a0f8030',
	},
	library_item: {
		id: '6d4efe51-331a-4e92-bd63-33b1f2797ae5',
		name: 'Avert',
		mal_posture_mode: 'protect',
	},
	blueprint: { id: 'f8034d27-d566-456e-8bbe-6a4dd1848961', name: 'Engineering' },
};

const simplified: IDataObject = {
	id: 'CC80F462-1F4D-4A04-9380-C21743DFC308',
	threat_id: 'KTI_BD_0163',
	description: 'A shell started an editor',
	classification: 'malicious',
	informational_tags: [],
	malware_family: ['3CX'],
	detection_date: '2026-03-08T17:35:30.462076Z',
	threat_status: 'detected',
	device_id: deviceId,
	device_name: 'arm-14_7_0',
	serial_number: 'ZMN33JFKKC',
	parent_process_name: 'zsh',
	parent_process_command_line: '-zsh',
	target_process_name: 'vim',
	target_process_command_line: 'vim 123',
	target_process_image_path: '/usr/bin/vim',
	target_process_owner: 'root',
	target_process_sha256: 'c765f827442004d59ac6bd907f16fbda645f970a3bec94c2651a9f297a0f8030',
	library_item_name: 'Avert',
	blueprint_name: 'Engineering',
};

/** A detection with sections missing, null or blank. */
const bare: IDataObject = {
	id: 'B42DF93B-1610-42CF-AB12-E8BF8C7A9D13',
	threat_id: 'KTI_BD_2796',
	description: '',
	device_info: { id: deviceId, name: '' },
	parent_process: null,
	library_item: {},
};
const simplifiedBare: IDataObject = {
	id: 'B42DF93B-1610-42CF-AB12-E8BF8C7A9D13',
	threat_id: 'KTI_BD_2796',
	device_id: deviceId,
	device_name: null,
	serial_number: null,
	parent_process_name: null,
	parent_process_command_line: null,
	target_process_name: null,
	target_process_command_line: null,
	target_process_image_path: null,
	target_process_owner: null,
	target_process_sha256: null,
	library_item_name: null,
	blueprint_name: null,
};

const page = (...results: IDataObject[]) => ({
	body: {
		total_count: results.length,
		next: null,
		previous: null,
		malicious_count: results.length,
		suspicious_count: 0,
		results,
	},
});

export const behavioralDetectionCases: ContractCase[] = [
	{
		operation: 'behavioralDetection.getAll',
		title: 'with every filter',
		parameters: {
			filters: {
				classification: 'malicious',
				dateRange: 30,
				detectedAfter: '2026-01-01T00:00:00',
				detectedBefore: '2026-01-31',
				deviceId: device,
				informationalTags: 'exploit, privilege_escalation',
				malwareFamily: 'TrickBot',
				parentProcessName: 'bash',
				status: 'blocked',
				targetProcessName: 'python',
				searchTerm: '/usr/bin',
				threatId: 'KTI_BD_0096',
			},
			options: { sort: { fields: { field: 'device_name', direction: 'descending' } } },
		},
		request: {
			method: 'GET',
			path: '/api/v1/behavioral-detections',
			query: {
				limit: '50',
				offset: '0',
				classification: 'malicious',
				date_range: '30',
				detection_date_from: '2026-01-01',
				detection_date_to: '2026-01-31',
				device_id: deviceId,
				informational_tags: 'exploit,privilege_escalation',
				malware_family: 'TrickBot',
				parent_process_name: 'bash',
				status: 'blocked',
				target_process_name: 'python',
				term: '/usr/bin',
				threat_id: 'KTI_BD_0096',
				sort_by: '-device_name',
			},
			encoding: 'none',
		},
		response: page(detection, bare),
		items: [simplified, simplifiedBare],
	},
	{
		operation: 'behavioralDetection.getAll',
		title: 'raw',
		parameters: { simplify: false, returnAll: true },
		request: {
			method: 'GET',
			path: '/api/v1/behavioral-detections',
			query: { limit: '1000', offset: '0' },
			encoding: 'none',
		},
		response: page(detection),
		items: [detection],
	},
	{
		operation: 'behavioralDetection.getEvents',
		title: 'with every filter',
		parameters: {
			deviceId: device,
			filters: {
				classifications: ['sus', 'mal'],
				detectedAfter: '2026-01-21T16:08:00Z',
				detectedBefore: '2026-02-21',
				managementState: ['open'],
				searchTerm: '/usr/bin/tmutil',
				severities: ['critical', 'high'],
				statuses: ['informational', 'detected'],
				tags: 'confirmed',
			},
			options: { sort: { fields: { field: 'detection_date', direction: 'descending' } } },
		},
		request: {
			method: 'GET',
			path: '/api/v2/threat/behavioral-detections/events',
			query: {
				limit: '50',
				offset: '0',
				device_id: deviceId,
				classifications: 'sus,mal',
				detection_from: '2026-01-21T16:08:00.000',
				detection_to: '2026-02-21',
				management_state: 'open',
				search_term: '/usr/bin/tmutil',
				severities: 'critical,high',
				statuses: 'informational,detected',
				tags: 'confirmed',
				sort_by: '-detection_date',
			},
			encoding: 'none',
		},
		response: { body: { results: [{ ...detection, severity: 'high' }] } },
		items: [{ ...simplified, severity: 'high' }],
	},
	{
		operation: 'behavioralDetection.getEvents',
		title: 'raw',
		parameters: { deviceId: device, simplify: false },
		request: {
			method: 'GET',
			path: '/api/v2/threat/behavioral-detections/events',
			query: { limit: '50', offset: '0', device_id: deviceId },
			encoding: 'none',
		},
		response: { body: { results: [bare] } },
		items: [bare],
	},
];
