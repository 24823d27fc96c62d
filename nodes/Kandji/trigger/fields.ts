import type { INodeProperties } from 'n8n-workflow';

import { acceptsList } from '../transport/routing/fieldChecks';
import { blueprintLocator, userLocator } from '../shared/fields/locators';
import { devicePlatforms } from '../shared/fields/platforms';
import { watchedFieldNames, watchedFields } from './devices/record';
import type { EventName } from './events';
import { deviceEventNames, feedEventNames, feedEvents, looksBack, triggerEvents } from './events';
import { defaultLookBackHours } from './feeds/sources';

const eventNames = Object.keys(triggerEvents) as EventName[];

const shownFor = (...events: EventName[]): INodeProperties['displayOptions'] => ({
	show: { events },
});

const byName = (a: { name: string }, b: { name: string }): number => a.name.localeCompare(b.name);

const eventsField: INodeProperties = {
	displayName: 'Trigger On',
	name: 'events',
	type: 'multiOptions',
	required: true,
	options: eventNames
		.map((value) => ({
			name: triggerEvents[value].name,
			value,
			description: triggerEvents[value].description,
		}))
		.sort(byName),
	default: ['deviceEnrolled'],
};

const watchFields: INodeProperties = {
	displayName: 'Watch Fields',
	name: 'watchFields',
	type: 'multiOptions',
	displayOptions: shownFor('deviceChanged'),
	options: watchedFields.map((value) => ({ name: watchedFieldNames[value], value })).sort(byName),
	default: [...watchedFields],
	description: 'Fields to compare with the last poll',
};

const deviceFilters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	displayOptions: shownFor(...deviceEventNames),
	description:
		'Only devices that match all filters when they are polled, whatever they matched before. A device that stops to match is not removed; a removed device is matched by its last known values.',
	options: [
		blueprintLocator(undefined, {
			required: false,
			description: 'Only devices in this blueprint',
		}),
		{
			displayName: 'Platform',
			name: 'platform',
			type: 'options',
			options: devicePlatforms,
			default: 'Mac',
			description: 'Only devices of this platform',
		},
		acceptsList({
			displayName: 'Tag Names',
			name: 'tagNames',
			type: 'string',
			default: '',
			placeholder: 'e.g. Finance, Loaner',
			description:
				'Comma-separated list of tag names, case-sensitive. Only devices with any of these tags.',
		}),
		userLocator(undefined, {
			required: false,
			description: 'Only devices that are assigned to this user',
		}),
		{
			displayName: 'User Email',
			name: 'userEmail',
			type: 'string',
			default: '',
			placeholder: 'e.g. @acme.example',
			description: "Only devices whose user's email contains this text. Not case-sensitive.",
		},
	],
};

const feedFilters: INodeProperties[] = feedEventNames.map((event) => {
	const { name, displayName, filters } = feedEvents[event].filters;
	return {
		displayName,
		name,
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: shownFor(event),
		description:
			'Only records that match all filters when they first appear in the list. Later changes of a record are not looked at.',
		options: filters.map(({ property }) => property),
	};
});

const lookBackEvents = feedEventNames.filter(looksBack);

const startsToMatchEvents: EventName[] = ['deviceEnrolled', 'deviceNotSeen'];

const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	displayOptions: shownFor(...lookBackEvents, ...startsToMatchEvents),
	options: [
		{
			displayName: 'Also When a Device Starts to Match',
			name: 'startsToMatch',
			type: 'boolean',
			displayOptions: { show: { '/events': startsToMatchEvents } },
			default: true,
			description:
				"Whether 'Device Enrolled' and 'Device Not Seen' also start the workflow when a known device starts to match the filters, for example when it gets its user or its blueprint",
		},
		{
			displayName: 'Look Back (Hours)',
			name: 'lookBackHours',
			type: 'number',
			displayOptions: { show: { '/events': lookBackEvents } },
			typeOptions: { minValue: 1, maxValue: 720 },
			default: defaultLookBackHours,
			description:
				'How many hours after its own date a threat, detection or vulnerability may appear in Kandji and still start the workflow, once. Each poll reads the records of these hours again.',
		},
	],
};

/** The trigger's parameters. */
export const triggerFields: INodeProperties[] = [
	eventsField,
	watchFields,
	{
		displayName: 'Days Without Check-In',
		name: 'daysNotSeen',
		type: 'number',
		displayOptions: shownFor('deviceNotSeen'),
		typeOptions: { minValue: 1 },
		default: 30,
		description:
			'Number of days without a check-in until the event. For a device that never checked in, days since its enrollment.',
	},
	{
		displayName: 'Emit Existing Devices',
		name: 'emitExisting',
		type: 'boolean',
		displayOptions: shownFor('deviceEnrolled'),
		default: false,
		description:
			'Whether to emit the devices that exist when the workflow is activated, once, as if they had just enrolled',
	},
	{
		displayName: 'Keep Serial Numbers',
		name: 'keepSerialNumbers',
		type: 'boolean',
		displayOptions: shownFor('deviceRemoved'),
		default: true,
		description:
			"Whether to store serial numbers so that 'Device Removed' can include them. Uses about 1 MB per 50,000 devices.",
	},
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		displayOptions: shownFor(
			...eventNames.filter((event) => triggerEvents[event].simplify !== undefined),
		),
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	deviceFilters,
	...feedFilters,
	optionsField,
];

const displayNames = Object.fromEntries(
	eventNames.map((event) => [event, triggerEvents[event].name]),
);

/** The node's subtitle on the canvas, such as "Device Enrolled, Threat Detected". */
export const triggerSubtitle = `={{ [$parameter["events"]].flat().map((event) => (${JSON.stringify(displayNames)})[event] ?? event).join(", ") }}`;
