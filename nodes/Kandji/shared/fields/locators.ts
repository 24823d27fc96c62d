import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

export type Show = NonNullable<IDisplayOptions['show']>;

const uuidPattern = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';

interface Locator {
	displayName: string;
	name: string;
	/** Method of the node's `listSearch` that fills the list. */
	searchListMethod: string;
	/** Path of the record's page in the web app, for the URL mode's placeholder. */
	page: string;
	description: string;
	/** Adds the mode By Serial Number. */
	hasSerialNumber?: boolean;
}

const locator =
	({ displayName, name, searchListMethod, page, description, hasSerialNumber = false }: Locator) =>
	(show?: Show, overrides: Partial<INodeProperties> = {}): INodeProperties => ({
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description,
		...(show && { displayOptions: { show } }),
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select the ${displayName}…`,
				typeOptions: { searchListMethod, searchable: true },
			},
			...(hasSerialNumber
				? [
						{
							displayName: 'By Serial Number',
							name: 'serial',
							type: 'string' as const,
							placeholder: 'e.g. FVHHFKF7Q6L4',
							hint: 'The whole serial number; one more request finds the device',
						},
					]
				: []),
			{
				displayName: 'By URL',
				name: 'url',
				type: 'string',
				placeholder: `e.g. https://acme.kandji.io/${page}/3de7b283-1a44-47ef-bde1-2f556a8a32f7`,
				extractValue: { type: 'regex', regex: `(${uuidPattern})` },
				validation: [
					{
						type: 'regex',
						properties: {
							regex: `.*${uuidPattern}.*`,
							errorMessage: 'Not the address of a page in Kandji',
						},
					},
				],
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 3de7b283-1a44-47ef-bde1-2f556a8a32f7',
				validation: [
					{
						type: 'regex',
						properties: { regex: `\\s*${uuidPattern}\\s*`, errorMessage: 'Not a Kandji ID' },
					},
				],
			},
		],
		...overrides,
	});

/** Makes the Device field: from the list, by serial number, by URL or by ID. */
export const deviceLocator = locator({
	displayName: 'Device',
	name: 'deviceId',
	searchListMethod: 'searchDevices',
	page: 'devices',
	description: 'The device to work on',
	hasSerialNumber: true,
});

/** Makes the Blueprint field. */
export const blueprintLocator = locator({
	displayName: 'Blueprint',
	name: 'blueprintId',
	searchListMethod: 'searchBlueprints',
	page: 'blueprints',
	description: 'The blueprint to work on',
});

/** Makes the User field. */
export const userLocator = locator({
	displayName: 'User',
	name: 'userId',
	searchListMethod: 'searchUsers',
	page: 'users',
	description: 'The user to work on',
});

/** Makes the Tag field. */
export const tagLocator = locator({
	displayName: 'Tag',
	name: 'tagId',
	searchListMethod: 'searchTags',
	page: 'tags',
	description: 'The tag to work on',
});

/** Makes the Library Item field. */
export const libraryItemLocator = locator({
	displayName: 'Library Item',
	name: 'libraryItemId',
	searchListMethod: 'searchLibraryItems',
	page: 'library',
	description: 'The library item to work on',
});

/** Makes the Custom App field. */
export const customAppLocator = locator({
	displayName: 'Custom App',
	name: 'customAppId',
	searchListMethod: 'searchLibraryItems',
	page: 'library',
	description: 'The custom app to work on',
});

/** Makes the Custom Profile field. */
export const customProfileLocator = locator({
	displayName: 'Custom Profile',
	name: 'customProfileId',
	searchListMethod: 'searchLibraryItems',
	page: 'library',
	description: 'The custom profile to work on',
});

/** Makes the Custom Script field. */
export const customScriptLocator = locator({
	displayName: 'Custom Script',
	name: 'customScriptId',
	searchListMethod: 'searchLibraryItems',
	page: 'library',
	description: 'The custom script to work on',
});

/** Makes the In-House App field. */
export const inHouseAppLocator = locator({
	displayName: 'In-House App',
	name: 'inHouseAppId',
	searchListMethod: 'searchLibraryItems',
	page: 'library',
	description: 'The in-house app to work on',
});

/** Makes the Self Service Category field. */
export const selfServiceCategoryLocator = locator({
	displayName: 'Self Service Category',
	name: 'selfServiceCategoryId',
	searchListMethod: 'searchSelfServiceCategories',
	page: 'self-service',
	description: 'The category that shows it in Self Service',
});

/** Makes the ADE Integration field. */
export const adeIntegrationLocator = locator({
	displayName: 'ADE Integration',
	name: 'adeIntegrationId',
	searchListMethod: 'searchAdeIntegrations',
	page: 'integrations',
	description: 'The ADE integration to work on',
});

/** Makes the ADE Device field. Its ID is not the one of the enrolled device. */
export const adeDeviceLocator = locator({
	displayName: 'ADE Device',
	name: 'adeDeviceId',
	searchListMethod: 'searchAdeDevices',
	page: 'ade-devices',
	description: 'The device in Apple Business Manager to work on',
});

/** Return All and Limit, which the pager of the operation obeys. */
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

/** Puts the fields of a collection in the order that the editor wants. */
export const byDisplayName = (one: INodeProperties, other: INodeProperties): number =>
	one.displayName.localeCompare(other.displayName);
