import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

export type Show = NonNullable<IDisplayOptions['show']>;

const uuidPattern = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';

/** Modes of a locator, as `lookups` of the transport knows them. */
const callModes = {
	email: {
		displayName: 'By Email',
		words: 'an email',
		placeholder: 'e.g. ana@acme.example',
		hint: 'Enter the full email. Not case-sensitive. Uses an extra API request.',
	},
	name: {
		displayName: 'By Name',
		words: 'a name',
		placeholder: 'e.g. Engineering',
		hint: 'Enter the full name. Not case-sensitive. Uses an extra API request.',
	},
	text: {
		displayName: 'By Text',
		words: 'its text',
		placeholder: 'e.g. Battery replaced',
		hint: 'Enter the full text. Not case-sensitive. Uses an extra API request.',
	},
	serial: {
		displayName: 'By Serial Number',
		words: 'a serial number',
		placeholder: 'e.g. FVHHFKF7Q6L4',
		hint: 'Enter the full serial number. Uses an extra API request.',
	},
};

type CalledBy = keyof typeof callModes;

interface Locator {
	displayName: string;
	name: string;
	/** What it is in a sentence, with its article. */
	noun: string;
	/** The node's `listSearch` method that fills the list. */
	searchListMethod: string;
	/** Path of the record's page in the web app, where it has one, for By URL. */
	page?: string;
	/** Left out where it is only which record to choose. */
	description?: string;
	/** The modes in which it is found by what people call it. */
	calledBy?: CalledBy[];
}

const exampleId = '3de7b283-1a44-47ef-bde1-2f556a8a32f7';

/** n8n checks a field inside a collection by the value of the one of the same name outside, so only those are checked. */
const validated = (isNested: boolean, regex: string, errorMessage: string) =>
	!isNested && { validation: [{ type: 'regex' as const, properties: { regex, errorMessage } }] };

const locator =
	({
		displayName,
		name,
		noun,
		searchListMethod,
		page,
		description,
		calledBy = ['name'],
	}: Locator) =>
	(show?: Show, overrides: Partial<INodeProperties> = {}): INodeProperties => {
		const isNested = show === undefined && overrides.displayOptions === undefined;
		const label = overrides.displayName ?? displayName;
		const words = calledBy.map((mode) => callModes[mode].words);
		const wordsOfOthers = page === undefined ? words : [...words, 'a page URL'];
		const listed = (all: string[]): string =>
			[all.slice(0, -1).join(', '), ...all.slice(-1)].filter((part) => part !== '').join(' or ');
		// Stops where the same page begins again, so that a long text is not read once for each of its beginnings.
		const between = `(?:(?!${page}/)[^/?#\\s]+/)*`;
		const urlMode = {
			displayName: 'By URL',
			name: 'url',
			type: 'string' as const,
			placeholder: `e.g. https://acme.kandji.io/${page}/${exampleId}`,
			extractValue: {
				type: 'regex' as const,
				regex: `/${page}/${between}(${uuidPattern})`,
			},
			...validated(
				isNested,
				`[^?#]*/${page}/${between}${uuidPattern}.*`,
				`${label}: enter the URL of the page of ${noun} in Kandji, or choose another mode for ${listed([...words, 'an ID'])}`,
			),
		};
		return {
			displayName,
			name,
			type: 'resourceLocator',
			default: { mode: 'list', value: '' },
			required: true,
			description:
				description ?? `Choose from the list, or enter ${listed([...wordsOfOthers, 'an ID'])}`,
			...(show && { displayOptions: { show } }),
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					placeholder: `Select ${noun}…`,
					typeOptions: { searchListMethod, searchable: true },
				},
				...calledBy.map((mode) => ({
					displayName: callModes[mode].displayName,
					name: mode,
					type: 'string' as const,
					placeholder: callModes[mode].placeholder,
					hint: callModes[mode].hint,
				})),
				...(page === undefined ? [] : [urlMode]),
				{
					displayName: 'By ID',
					name: 'id',
					type: 'string',
					placeholder: `e.g. ${exampleId}`,
					...validated(
						isNested,
						`\\s*${uuidPattern}\\s*`,
						`${label}: enter an ID such as ${exampleId}, or choose another mode for ${listed(wordsOfOthers)}`,
					),
				},
			],
			...overrides,
		};
	};

/** Makes the Device field. By Email is the email of the device's user. */
export const deviceLocator = locator({
	displayName: 'Device',
	name: 'deviceId',
	noun: 'a device',
	searchListMethod: 'searchDevices',
	page: 'devices',
	calledBy: ['serial', 'name', 'email'],
});

/** Makes the Blueprint field. */
export const blueprintLocator = locator({
	displayName: 'Blueprint',
	name: 'blueprintId',
	noun: 'a blueprint',
	searchListMethod: 'searchBlueprints',
	page: 'blueprints',
});

/** Makes the User field. */
export const userLocator = locator({
	displayName: 'User',
	name: 'userId',
	noun: 'a user',
	searchListMethod: 'searchUsers',
	page: 'users',
	calledBy: ['email'],
});

/** Makes the Tag field. */
export const tagLocator = locator({
	displayName: 'Tag',
	name: 'tagId',
	noun: 'a tag',
	searchListMethod: 'searchTags',
	page: 'tags',
});

/** Makes the Library Item field. */
export const libraryItemLocator = locator({
	displayName: 'Library Item',
	name: 'libraryItemId',
	noun: 'a library item',
	searchListMethod: 'searchLibraryItems',
	page: 'library',
});

/** Makes the Custom App field. */
export const customAppLocator = locator({
	displayName: 'Custom App',
	name: 'customAppId',
	noun: 'a custom app',
	searchListMethod: 'searchLibraryItems',
	page: 'library',
});

/** Makes the Custom Profile field. */
export const customProfileLocator = locator({
	displayName: 'Custom Profile',
	name: 'customProfileId',
	noun: 'a custom profile',
	searchListMethod: 'searchLibraryItems',
	page: 'library',
});

/** Makes the Custom Script field. */
export const customScriptLocator = locator({
	displayName: 'Custom Script',
	name: 'customScriptId',
	noun: 'a custom script',
	searchListMethod: 'searchLibraryItems',
	page: 'library',
});

/** Makes the In-House App field. */
export const inHouseAppLocator = locator({
	displayName: 'In-House App',
	name: 'inHouseAppId',
	noun: 'an in-house app',
	searchListMethod: 'searchLibraryItems',
	page: 'library',
});

/** Makes the Self Service Category field. */
export const selfServiceCategoryLocator = locator({
	displayName: 'Self Service Category',
	name: 'selfServiceCategoryId',
	noun: 'a Self Service category',
	searchListMethod: 'searchSelfServiceCategories',
	page: 'self-service',
	description: 'The category to list it under in Self Service',
});

/** Makes the ADE Integration field. */
export const adeIntegrationLocator = locator({
	displayName: 'ADE Integration',
	name: 'adeIntegrationId',
	noun: 'an ADE integration',
	searchListMethod: 'searchAdeIntegrations',
	page: 'integrations',
});

/** Makes the ADE Device field. Its ID differs from that of the enrolled device. */
export const adeDeviceLocator = locator({
	displayName: 'ADE Device',
	name: 'adeDeviceId',
	noun: 'an ADE device',
	searchListMethod: 'searchAdeDevices',
	page: 'ade-devices',
	calledBy: ['serial'],
	description:
		'A device in Apple Business Manager. Its ID differs from that of the enrolled device.',
});

/** Makes the Note field, for a note of the device in the Device field. */
export const deviceNoteLocator = locator({
	displayName: 'Note',
	name: 'noteId',
	noun: 'a note',
	searchListMethod: 'searchDeviceNotes',
	calledBy: ['text'],
});

/** Return All and Limit, which the operation's pagination applies. */
export const returnAllOrLimit = (show: Show): INodeProperties[] => [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		displayOptions: { show },
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		displayOptions: { show: { ...show, returnAll: [false] } },
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
	},
];

/** Sorts the fields of a collection as n8n requires it. */
export const byDisplayName = (one: INodeProperties, other: INodeProperties): number =>
	one.displayName.localeCompare(other.displayName);
