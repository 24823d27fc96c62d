import type { INodeProperties } from 'n8n-workflow';

import { byDisplayName, libraryItemLocator } from '../../shared/fields/locators';
import { devicePlatforms } from '../../shared/fields/platforms';
import { acceptsList } from '../../transport/routing/fieldChecks';

/** Makes a rule that is on or off. */
const onOff = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'boolean',
	default: true,
	description,
});

/** The rules that are on or off. */
const switches = [
	onOff(
		'Agent Installed',
		'agentInstalled',
		'Whether Macs and Windows devices must have the Kandji agent',
	),
	onOff('FileVault On', 'fileVaultOn', 'Whether Macs must have FileVault on'),
	onOff('Firewall On', 'firewallOn', 'Whether Macs must have the application firewall on'),
	onOff(
		'Full Secure Boot',
		'fullSecureBoot',
		'Whether Macs must start with full security as their Secure Boot level',
	),
	onOff('Gatekeeper On', 'gatekeeperOn', 'Whether Macs must have Gatekeeper on'),
	onOff('MDM Enabled', 'mdmEnabled', 'Whether devices must have MDM enabled'),
	onOff(
		'No Open Threats',
		'noOpenThreats',
		'Whether Macs must be free of threats whose management state is open. Requires the Endpoint Detection and Response add-on.',
	),
	onOff(
		'Recovery Key Escrowed',
		'recoveryKeyEscrowed',
		'Whether Kandji must have the FileVault recovery key of Macs',
	),
	onOff(
		'System Integrity Protection On',
		'systemIntegrityProtectionOn',
		'Whether Macs must have System Integrity Protection on',
	),
	onOff('User Assigned', 'userAssigned', 'Whether devices must be assigned to a user'),
];

/** The rules with values. */
const rulesWithValues: INodeProperties[] = [
	acceptsList({
		displayName: 'Apps Absent',
		name: 'appsAbsent',
		type: 'string',
		default: '',
		placeholder: 'e.g. TeamViewer, com.example.app',
		description:
			'Comma-separated list of names or bundle IDs of apps that devices must not have. Exact match, not case-sensitive.',
	}),
	{
		displayName: 'Apps Present',
		name: 'appsPresent',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add App',
		default: {},
		description: 'Apps that devices must have',
		options: [
			{
				displayName: 'App',
				name: 'apps',
				values: [
					{
						displayName: 'App',
						name: 'app',
						type: 'string',
						default: '',
						placeholder: 'e.g. Google Chrome',
						description: 'Name or bundle ID. Exact match, not case-sensitive.',
					},
					{
						displayName: 'Minimum Version',
						name: 'minimumVersion',
						type: 'string',
						default: '',
						placeholder: 'e.g. 139.0',
						description: 'Leave empty to accept any version',
					},
				],
			},
		],
	},
	acceptsList({
		displayName: 'Blueprint Is One Of',
		name: 'blueprintIsOneOf',
		type: 'string',
		default: '',
		placeholder: 'e.g. Engineering Macs, Sales Macs',
		description:
			'Comma-separated list of names or IDs of blueprints. Devices must be in one of them.',
	}),
	{
		displayName: 'Checked In Within (Days)',
		name: 'checkedInWithinDays',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 30,
		description: 'Number of past days in which devices must have checked in',
	},
	{
		displayName: 'Library Items Without Failures',
		name: 'libraryItemsWithoutFailures',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Library Item',
		default: {},
		description: 'Library items that must not have failed on the devices that they are assigned to',
		options: [
			{
				displayName: 'Library Item',
				name: 'libraryItems',
				values: [libraryItemLocator(undefined, { required: false })],
			},
		],
	},
	{
		displayName: 'Minimum Agent Version',
		name: 'minimumAgentVersion',
		type: 'string',
		default: '',
		placeholder: 'e.g. 4.5.9',
		description: 'Lowest accepted version of the Kandji agent on Macs and Windows devices',
	},
	{
		displayName: 'Minimum OS Versions',
		name: 'minimumOsVersions',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add OS Version',
		default: {},
		description: 'Lowest accepted version of the operating system of each platform',
		options: [
			{
				displayName: 'OS Version',
				name: 'versions',
				values: [
					{
						displayName: 'Platform',
						name: 'platform',
						type: 'options',
						options: devicePlatforms,
						default: 'Mac',
					},
					{
						displayName: 'Version',
						name: 'version',
						type: 'string',
						default: '',
						placeholder: 'e.g. 15.6.1',
						description:
							'Lowest accepted version. For Windows, a release such as 24H2 or a build such as 10.0.26100.',
					},
				],
			},
		],
	},
	acceptsList({
		displayName: 'Tag Is One Of',
		name: 'tagIsOneOf',
		type: 'string',
		default: '',
		placeholder: 'e.g. Finance, Loaner',
		description: 'Comma-separated list of tag names. Devices must have one of them.',
	}),
];

/** The Rules field: what devices have to meet. Rules that were not added are not checked. */
export const rulesField: INodeProperties = {
	displayName: 'Rules',
	name: 'rules',
	type: 'collection',
	placeholder: 'Add Rule',
	default: {},
	displayOptions: { show: { resource: ['device'], operation: ['checkCompliance'] } },
	options: [...switches, ...rulesWithValues].sort(byDisplayName),
};
