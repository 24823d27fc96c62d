import type { INodeProperties } from 'n8n-workflow';

import { deviceEvents } from './events';
import { feedFilterFields } from './feedFilterFields';
import { simplifiedEvents } from './output';
import { blueprintLocator, userLocator } from '../shared/fields/locators';

const eventsField: INodeProperties = {
	displayName: 'Trigger On',
	name: 'events',
	type: 'multiOptions',
	required: true,
	options: [
		{
			name: 'Audit Event',
			value: 'auditEvent',
			description: 'Somebody or something changed the tenant or looked at a secret',
		},
		{
			name: 'Behavioral Detection',
			value: 'behavioralDetection',
			description: 'A process behaved in a malicious or suspicious way',
		},
		{
			name: 'Blueprint Routing Activity',
			value: 'blueprintRoutingActivity',
			description: 'Blueprint Routing enrolled a device or sent it to a blueprint',
		},
		{
			name: 'Device Changed',
			value: 'deviceChanged',
			description: 'A watched field of a device has another value',
		},
		{
			name: 'Device Checked In',
			value: 'deviceCheckedIn',
			description: 'A device reported to Kandji',
		},
		{
			name: 'Device Enrolled',
			value: 'deviceEnrolled',
			description: 'A device is there that was not there before',
		},
		{
			name: 'Device Not Seen',
			value: 'deviceNotSeen',
			description: 'A device has not checked in for some days; once for each silence',
		},
		{
			name: 'Device Re-Enrolled',
			value: 'deviceReEnrolled',
			description: 'A known device enrolled again',
		},
		{
			name: 'Device Removed',
			value: 'deviceRemoved',
			description: 'A device is gone from Kandji, or is marked as removed',
		},
		{
			name: 'Threat Detected',
			value: 'threatDetected',
			description: 'A malicious or unwanted file was found',
		},
		{
			name: 'Vulnerability Detected',
			value: 'vulnerabilityDetected',
			description: 'Software with a known vulnerability was found on a device',
		},
	],
	default: ['deviceEnrolled'],
	description: 'What starts the workflow; events of devices share one look at the fleet',
};

const watchedFields = [
	{ name: 'Agent Version', value: 'agent_version' },
	{ name: 'Asset Tag', value: 'asset_tag' },
	{ name: 'Blueprint', value: 'blueprint_id' },
	{ name: 'Lost Mode', value: 'lost_mode_status' },
	{ name: 'Missing', value: 'is_missing' },
	{ name: 'Name', value: 'device_name' },
	{ name: 'OS Version', value: 'os_version' },
	{ name: 'Removed', value: 'is_removed' },
	{ name: 'Tags', value: 'tags' },
	{ name: 'User', value: 'user' },
];

const platforms = [
	{ name: 'Android', value: 'Android' },
	{ name: 'Apple TV', value: 'AppleTV' },
	{ name: 'iPad', value: 'iPad' },
	{ name: 'iPhone', value: 'iPhone' },
	{ name: 'Mac', value: 'Mac' },
	{ name: 'Windows', value: 'Windows' },
];

const deviceFilters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	displayOptions: { show: { events: [...deviceEvents] } },
	description: 'Devices to look at; a removed device counts as it was before',
	options: [
		blueprintLocator(undefined, { required: false, description: 'Devices in this blueprint' }),
		{
			displayName: 'Platform',
			name: 'platform',
			type: 'options',
			options: platforms,
			default: 'Mac',
			description: 'Devices of this platform',
		},
		{
			displayName: 'Tag Names',
			name: 'tagNames',
			type: 'string',
			default: '',
			placeholder: 'e.g. Finance, Loaner',
			description: 'Devices with any of these tags, separated by commas; capitals matter',
		},
		userLocator(undefined, { required: false, description: 'Devices of this user' }),
		{
			displayName: 'User Email',
			name: 'userEmail',
			type: 'string',
			default: '',
			placeholder: 'e.g. @acme.example',
			description: "Devices whose user's e-mail address contains this text",
		},
	],
};

/** The trigger's parameters. */
export const triggerFields: INodeProperties[] = [
	eventsField,
	{
		displayName: 'Watch Fields',
		name: 'watchFields',
		type: 'multiOptions',
		displayOptions: { show: { events: ['deviceChanged'] } },
		options: watchedFields,
		default: [
			'agent_version',
			'asset_tag',
			'blueprint_id',
			'device_name',
			'is_missing',
			'is_removed',
			'lost_mode_status',
			'os_version',
			'tags',
			'user',
		],
		description: 'Fields whose change starts the workflow',
	},
	{
		displayName: 'Days Without Check-In',
		name: 'daysNotSeen',
		type: 'number',
		displayOptions: { show: { events: ['deviceNotSeen'] } },
		typeOptions: { minValue: 1 },
		default: 30,
		description:
			'How long a device must be silent; one that never checked in counts from its enrollment',
	},
	{
		displayName: 'Emit Existing Devices',
		name: 'emitExisting',
		type: 'boolean',
		displayOptions: { show: { events: ['deviceEnrolled'] } },
		default: false,
		description:
			'Whether to emit the devices that are there at activation, once, as if they had just enrolled',
	},
	{
		displayName: 'Keep Serial Numbers',
		name: 'keepSerialNumbers',
		type: 'boolean',
		displayOptions: { show: { events: ['deviceRemoved'] } },
		default: true,
		description:
			'Whether to remember the serial numbers of all devices, to tell that of a device that is gone; without, 50,000 devices take a megabyte less of storage',
	},
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		displayOptions: { show: { events: simplifiedEvents } },
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	deviceFilters,
	...feedFilterFields,
];
