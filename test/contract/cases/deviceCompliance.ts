import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { ContractCase, Exchange } from '../contractCase';

const deviceId = '3de7b283-1a44-47ef-bde1-2f556a8a32f7';
const libraryItemId = 'c0148e35-c734-4402-b2fb-1c61aab72550';
const collectedAt = '2026-07-22T14:39:34.740791Z';

const mac: IDataObject = {
	device_id: deviceId,
	device_name: "Ana's MacBook Air",
	model: 'MacBook Air (M1, 2020)',
	serial_number: 'FVHHFKF7Q6L4',
	platform: 'Mac',
	os_version: '15.6',
	last_check_in: '2026-07-23T14:11:37.150080Z',
	user: { email: 'ana@acme.example', name: 'Ana Silva', id: '5344c996', is_archived: false },
	blueprint_id: '2118bda6-8772-4c5b-ae0a-bb506b2b9516',
	mdm_enabled: true,
	agent_installed: true,
	agent_version: '4.5.9 (5160)',
	blueprint_name: 'Engineering',
	tags: ['Loaner'],
};

const get = (
	path: string,
	query: Record<string, string>,
	body: IDataObject | IDataObject[],
): Exchange => ({ request: { method: 'GET', path, query, encoding: 'none' }, response: { body } });

const devices = get('/api/v1/devices', { ordering: 'device_id', limit: '300', offset: '0' }, [mac]);

const prism = (category: string, filter: IDataObject | undefined, ...rows: IDataObject[]) =>
	get(
		`/api/v1/prism/${category}`,
		{ limit: '300', cursor: '', ...(filter && { filter: JSON.stringify(filter) }) },
		{
			offset: null,
			limit: 300,
			total: rows.length,
			data: rows.map((row) => ({
				device_id: deviceId,
				device__name: "Ana's MacBook Air",
				last_collected_at: collectedAt.replace('Z', '+00:00'),
				...row,
			})),
			cursor: null,
		},
	);

const result = (outcome: IDataObject): IDataObject => ({
	device_id: deviceId,
	device_name: "Ana's MacBook Air",
	serial_number: 'FVHHFKF7Q6L4',
	platform: 'Mac',
	blueprint_id: '2118bda6-8772-4c5b-ae0a-bb506b2b9516',
	blueprint_name: 'Engineering',
	user_id: '5344c996',
	user_name: 'Ana Silva',
	user_email: 'ana@acme.example',
	compliant: true,
	failed_rules: [],
	unknown: [],
	not_applicable: [],
	last_check_in: '2026-07-23T14:11:37.150080Z',
	last_collected_at: null,
	checked_at: 'now',
	...outcome,
});

const check = (
	title: string,
	rules: INodeParameters,
	[first, ...others]: [Exchange, ...Exchange[]],
	outcome: IDataObject,
): ContractCase => {
	const exchanges = [first, ...others];
	const last = exchanges.pop()!;
	return {
		operation: 'device.checkCompliance',
		title,
		parameters: { rules },
		before: exchanges,
		...last,
		items: [result(outcome)],
	};
};

/** Device › Check Compliance: every list that a rule can need. */
export const deviceComplianceCases: ContractCase[] = [
	check(
		'by the device list',
		{
			agentInstalled: true,
			blueprintIsOneOf: 'Sales, engineering',
			mdmEnabled: true,
			minimumAgentVersion: '4.5.9',
			minimumOsVersions: {
				versions: [
					{ platform: 'Mac', version: '15.7' },
					{ platform: 'iPad', version: '18' },
				],
			},
			tagIsOneOf: 'Finance',
			userAssigned: true,
		},
		[devices],
		{
			compliant: false,
			failed_rules: [
				{ rule: 'Minimum OS Version: Mac', expected: '15.7', actual: '15.6' },
				{ rule: 'Tag Is One Of', expected: ['Finance'], actual: ['Loaner'] },
			],
			not_applicable: ['Minimum OS Version: iPad'],
		},
	),
	...[
		{ rule: 'fileVaultOn', category: 'filevault', row: { status: true } },
		{ rule: 'recoveryKeyEscrowed', category: 'filevault', row: { key_escrowed: true } },
		{ rule: 'firewallOn', category: 'application_firewall', row: { status: true } },
		{
			rule: 'gatekeeperOn',
			category: 'gatekeeper_and_xprotect',
			row: { gatekeeper_status: true },
		},
		{ rule: 'systemIntegrityProtectionOn', category: 'startup_settings', row: { sip: true } },
		{
			rule: 'fullSecureBoot',
			category: 'startup_settings',
			row: { secure_boot_level: 'full' },
		},
	].map(({ rule, category, row }) =>
		check(`by ${category}: ${rule}`, { [rule]: true }, [devices, prism(category, undefined, row)], {
			last_collected_at: collectedAt,
		}),
	),
	check(
		'by apps',
		{
			appsAbsent: 'TeamViewer',
			appsPresent: { apps: [{ app: 'com.google.Chrome', minimumVersion: '140' }] },
		},
		[
			devices,
			prism('apps', { name: { like: ['com.google.Chrome', 'TeamViewer'] } }),
			prism(
				'apps',
				{ bundle_id: { like: ['com.google.Chrome', 'com.apple.Safari'] } },
				{ name: 'Google Chrome', bundle_id: 'com.google.Chrome', version: '139.0.7258.67' },
				{ name: 'Safari', bundle_id: 'com.apple.Safari', version: '18.6' },
			),
		],
		{
			compliant: false,
			failed_rules: [
				{
					rule: 'App Present: com.google.Chrome',
					expected: '140',
					actual: '139.0.7258.67',
				},
			],
			last_collected_at: collectedAt,
		},
	),
	check(
		'by a library item',
		{
			libraryItemsWithoutFailures: {
				libraryItems: [{ libraryItemId: { __rl: true, mode: 'id', value: libraryItemId } }],
			},
		},
		[
			devices,
			get(
				`/api/v1/library/library-items/${libraryItemId}/status`,
				{ limit: '300', offset: '0' },
				{
					count: 1,
					next: null,
					previous: null,
					results: [{ id: 13908, computer: { id: deviceId, name: 'Mac' }, status: 'ERROR' }],
				},
			),
		],
		{
			compliant: false,
			failed_rules: [
				{
					rule: `Library Item Without Failures: ${libraryItemId}`,
					expected: 'no failure',
					actual: 'ERROR',
				},
			],
		},
	),
	check(
		'by threats',
		{ noOpenThreats: true },
		[
			devices,
			get(
				'/api/v2/threat/threat-details',
				{
					statuses: 'not_quarantined,quarantined,released,resolved',
					management_state: 'open',
					limit: '1000',
					offset: '0',
				},
				{ total_count: 1, results: [{ device_id: deviceId, threat_name: 'malware_5' }] },
			),
		],
		{
			compliant: false,
			failed_rules: [{ rule: 'No Open Threats', expected: 0, actual: 1 }],
		},
	),
	{
		operation: 'device.checkCompliance',
		title: 'as a summary, with filters',
		parameters: {
			rules: { fileVaultOn: true },
			return: 'summary',
			filters: { serialNumber: 'FVHH', platform: 'Mac' },
		},
		before: [
			get(
				'/api/v1/devices',
				{
					serial_number: 'FVHH',
					platform: 'Mac',
					ordering: 'device_id',
					limit: '300',
					offset: '0',
				},
				[mac],
			),
		],
		...prism('filevault', { serial_number: { in: ['FVHHFKF7Q6L4'] } }, { status: false }),
		items: [
			{
				devices: 1,
				compliant: 0,
				non_compliant: 1,
				unknown: 0,
				rules: [{ rule: 'FileVault On', passed: 0, failed: 1, unknown: 0, not_applicable: 0 }],
				blueprints: [
					{
						blueprint_name: 'Engineering',
						devices: 1,
						compliant: 0,
						non_compliant: 1,
						unknown: 0,
					},
				],
				platforms: [{ platform: 'Mac', devices: 1, compliant: 0, non_compliant: 1, unknown: 0 }],
				checked_at: 'now',
			},
		],
	},
];
