import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { isDestructive } from '../../transport/http/destructive';

const device =
	'name, serial number, platform, model, OS version, user, blueprint, tags and last check-in';
const deleted = 'Returns deleted: true.';
const sent = 'Returns success once Kandji has taken the command; the device runs it later.';
const appleDevice = `For Mac, iPhone, iPad and Apple TV. ${sent}`;
const lostMode = `Needs a supervised device. ${sent}`;
const secret = 'The secret is withheld from you; tell the user that a person finds it in Kandji.';
const changedDevice = `Returns the changed device: ${device}.`;

/**
 * What a model has to know of an operation besides its description: platforms, what it needs and what it returns. By
 * resource and operation.
 */
const facts: Record<string, Record<string, string>> = {
	adeDevice: {
		get: 'Returns serial number, model, profile status, blueprint, user and the enrolled device.',
		getAll:
			'Returns serial number, model, profile status, blueprint, user and the enrolled device.',
		update: 'Returns the changed ADE device.',
	},
	adeIntegration: {
		create: 'Needs the token file of a person. Returns the new integration.',
		delete: deleted,
		get: 'Returns server name, status, days left, blueprint and device count.',
		getAll: 'Returns server name, status, days left, blueprint and device count.',
		getDevices: 'Returns serial number, model, profile status, blueprint and user.',
		getPublicKey: 'Returns a file, which a model cannot read.',
		renew: 'Needs the token file of a person. Returns the integration with its new expiry.',
		update: 'Returns the changed integration.',
	},
	apiRequest: {
		send: 'Needs a path such as /api/v1/devices. Returns the response. Everything but GET is refused until a person has allowed it in this tool.',
	},
	auditEvent: {
		getAll: 'Returns action, time, who did it, the target and its new state.',
	},
	behavioralDetection: {
		getAll: 'Returns device, process, its parent, severity and status.',
		getEvents: 'Returns process, command line, severity and time.',
	},
	blueprint: {
		assignLibraryItem:
			'It is installed on all devices of the blueprint. Returns the items assigned.',
		create: 'Needs a name. Returns the new blueprint.',
		delete: deleted,
		get: 'Returns name, type, description and device count; the code is withheld.',
		getAll: 'Returns name, type, description and device count; codes are withheld.',
		getEnrollmentProfile: 'Returns a file, which a model cannot read, or a URL.',
		getLibraryItems: 'Returns their IDs and names.',
		getTemplates: 'Returns their names and IDs.',
		removeLibraryItem: 'Devices of the blueprint lose it. Returns the items that are left.',
		update: 'Returns the changed blueprint.',
	},
	blueprintRouting: {
		get: 'Returns the settings; the enrollment code is withheld.',
		getActivity: 'Returns time, action, device and blueprint.',
		update: 'Returns the changed settings.',
	},
	customApp: {
		create: 'Needs a file of a person. Returns the new app.',
		delete: deleted,
		get: 'Returns name, install type and enforcement, file size and Self Service.',
		getAll: 'Returns name, install type and enforcement, file size and Self Service.',
		update: 'Returns the changed app.',
	},
	customProfile: {
		create: 'Needs a file of a person. Returns the new profile.',
		delete: deleted,
		get: 'Returns name, platforms, identifier and dates.',
		getAll: 'Returns name, platforms, identifier and dates.',
		update: 'Returns the changed profile.',
	},
	customScript: {
		create: 'It runs as root. Needs name, script and frequency. Returns the new script.',
		delete: deleted,
		get: 'Returns name, frequency, script and remediation script.',
		getAll: 'Returns name, frequency, script and remediation script.',
		update: 'It runs as root. Returns the changed script.',
	},
	device: {
		addTags: 'Needs the names of the tags. Returns the device with its tags before and after.',
		assignUser: changedDevice,
		checkCompliance:
			'Returns each device with its failed and unknown rules, or a summary by rule, blueprint and platform.',
		count: 'Returns count. Call it to learn how many, instead of listing devices.',
		delete: deleted,
		find: `Returns all devices that match: ${device}.`,
		get: `Returns ${device}.`,
		getActivity: 'Returns time, action and details, newest first.',
		getAll: `Returns ${device}.`,
		getApps: 'Returns app name, version, bundle ID and path.',
		getCommands: 'Returns command, status and dates.',
		getDetails:
			'Returns FileVault, Activation Lock, agent, IP and MAC address besides the basic facts.',
		getFullRecord: 'It is large; prefer the operation for the part that you need.',
		getLibraryItems: 'Returns name, type, status and last log.',
		getLostMode: 'Returns its state and the last known location.',
		getParameters: 'Returns name, category and status.',
		getStatus: 'Returns the library items and parameters with their status.',
		moveToBlueprint: changedDevice,
		removeTags: 'Needs the names of the tags. Returns the device with its tags before and after.',
		syncFromTable:
			'Needs a serial number and what it should have. Plans only, unless Dry Run is off. Returns the differences.',
		undo: "Needs the 'undo' that a change with Return Undo returned. Returns what was put back.",
		update: changedDevice,
	},
	deviceAction: {
		cancelLostMode: 'Returns success. Prefer Disable Lost Mode.',
		clearPasscode: sent,
		deleteUser: `Needs the user name. ${sent}`,
		disableLostMode: lostMode,
		enableLostMode: `Needs a message or a phone number to show. ${lostMode}`,
		erase: `For all platforms. All data is lost. ${sent}`,
		lock: `For Mac, iPhone, iPad, Windows and Android; a Mac restarts. The PIN is withheld from you. ${sent}`,
		performDailyCheckIn: sent,
		playLostModeSound: lostMode,
		refreshCellularPlan: `Needs the carrier's server URL. ${sent}`,
		reinstallAgent: sent,
		renewMdmProfile: appleDevice,
		resetWorkProfilePasscode: `Its new passcode is withheld from you. ${sent}`,
		restart: `Unsaved work is lost. ${appleDevice}`,
		sendBlankPush: `For Apple devices. ${sent}`,
		setDataRoaming: sent,
		setName: `Needs the new name. ${sent}`,
		setPersonalHotspot: sent,
		setRemoteDesktop: sent,
		shutDown: `Someone has to turn it on again. ${sent}`,
		unlockAccount: `Needs the user name. ${sent}`,
		updateInventory: sent,
		updateLocation: sent,
	},
	deviceNote: {
		create: 'Needs the text. Returns the new note.',
		delete: deleted,
		get: 'Returns text, author and dates.',
		getAll: 'Returns text, author and dates.',
		update: 'Needs the new text. Returns the changed note.',
	},
	deviceSecret: {
		getActivationLockBypassCode: secret,
		getFileVaultKey: secret,
		getRecoveryLockPassword: secret,
		getUnlockPin: secret,
	},
	inHouseApp: {
		create: 'Needs a file of a person. Returns the new app.',
		delete: deleted,
		get: 'Returns name, app version, minimum OS version and platforms.',
		getAll: 'Returns name, app version, minimum OS version and platforms.',
		update: 'Returns the changed app.',
	},
	libraryItem: {
		getActivity: 'Returns time, action, who did it and what changed.',
		getStatuses: 'Returns device, status, time and last log.',
	},
	license: {
		get: 'Returns counts and limits by platform.',
	},
	prism: {
		count: 'Needs a category, such as apps or filevault. Returns count.',
		export: 'Needs a category. Returns a file, which a model cannot read, or rows.',
		getAll: 'Needs a category, such as apps, filevault or local_users. Returns device and facts.',
		getExport: 'Needs the ID of the export. Returns its status and URL.',
		requestExport: 'Needs a category. Returns the ID of the export.',
	},
	selfServiceCategory: {
		getAll: 'Returns their IDs and names.',
	},
	tag: {
		create: 'Needs a name. Returns the new tag.',
		delete: deleted,
		getAll: 'Returns their IDs and names.',
		update: 'Needs the new name. Returns the changed tag.',
	},
	threat: {
		getAll: 'Returns threat name, severity, status, device, file path and dates.',
		getAllLegacy: 'Returns threat name, classification, status, device, file path and dates.',
	},
	user: {
		delete: deleted,
		get: 'Returns name, email, department, job title and device count.',
		getAll: 'Returns name, email, department, job title and device count.',
		offboard:
			'Returns what was done for each device. To erase or delete devices or delete the user is refused until a person has allowed it in this tool.',
	},
	vulnerability: {
		get: 'Needs a CVE ID. Returns severity, scores, description and dates.',
		getAffectedDevices: 'Needs a CVE ID. Returns name, serial number and software.',
		getAffectedSoftware: 'Needs a CVE ID. Returns name, version and device count.',
		getAll: 'Returns CVE ID, severity, scores, device count and dates.',
		getDetections: 'Returns CVE ID, severity, device, software and version.',
	},
};

const isShownFor = (
	{ displayOptions: { show = {}, hide = {} } = {} }: INodeProperties,
	resource: string,
	operation: string,
): boolean =>
	(show.resource?.includes(resource) ?? true) &&
	(show.operation?.includes(operation) ?? true) &&
	hide.operation?.includes(operation) !== true;

/** What a record is found by: "Device: serial number, name, email or ID." */
function waysToName({ displayName, modes = [] }: INodeProperties): string {
	const ways = modes
		.filter(({ name }) => !['list', 'url'].includes(name))
		.map((mode) => mode.displayName.replace(/^By /, ''))
		.map((way) => (way === 'ID' ? way : way.toLowerCase()));
	return `${displayName}: ${[ways.slice(0, -1).join(', '), ...ways.slice(-1)].filter((part) => part !== '').join(' or ')}.`;
}

/**
 * Makes the field with the description of the tool that a model gets, for every operation. A person may change it.
 *
 * @param operations the operation fields of all resources
 * @param fields all other fields, for what the operation's records are found by
 */
export const toolDescriptions = (
	operations: INodeProperties[],
	fields: INodeProperties[],
): INodeProperties[] =>
	operations.flatMap(({ displayOptions, options = [] }) => {
		const resource = String(displayOptions?.show?.resource?.[0]);
		return (options as INodePropertyOptions[]).map(
			({ value, description = '', routing }): INodeProperties => {
				const operation = String(value);
				const locators = fields.filter(
					(field) =>
						field.type === 'resourceLocator' &&
						field.required === true &&
						isShownFor(field, resource, operation),
				);
				const text = [
					description.replace(/\.?$/, '.'),
					facts[resource]?.[operation] ?? '',
					...new Set(locators.map(waysToName)),
					isDestructive(routing?.request ?? {}) && operation !== 'offboard'
						? 'Refused until a person has allowed it in this tool.'
						: '',
				];
				return {
					displayName: 'Tool Description',
					name: 'toolDescription',
					type: 'string',
					typeOptions: { rows: 4 },
					default: text.filter((part) => part !== '').join(' '),
					displayOptions: {
						show: { '@tool': [true], resource: [resource], operation: [operation] },
					},
					description: 'Description of this tool for the model',
				};
			},
		);
	});
