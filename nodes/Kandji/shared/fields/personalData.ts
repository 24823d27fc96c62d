import type { INodeProperties } from 'n8n-workflow';

import type { OperationsByResource, SharedOption } from './sharedOptions';

/** Operations, by resource, whose output can contain emails or names of people, devices or hosts. */
const operationsWithPersonalData: OperationsByResource = {
	adeDevice: ['get', 'getAll', 'update'],
	adeIntegration: ['create', 'get', 'getAll', 'getDevices', 'renew', 'update'],
	auditEvent: ['getAll'],
	behavioralDetection: ['getAll', 'getEvents'],
	blueprintRouting: ['getActivity'],
	device: [
		'addTags',
		'assignUser',
		'checkCompliance',
		'delete',
		'find',
		'get',
		'getActivity',
		'getAll',
		'getApps',
		'getCommands',
		'getDetails',
		'getFullRecord',
		'getLibraryItems',
		'getLostMode',
		'getParameters',
		'getStatus',
		'moveToBlueprint',
		'removeTags',
		'syncFromTable',
		'undo',
		'update',
	],
	deviceAction: [
		'cancelLostMode',
		'clearPasscode',
		'deleteUser',
		'disableLostMode',
		'enableLostMode',
		'erase',
		'lock',
		'performDailyCheckIn',
		'playLostModeSound',
		'refreshCellularPlan',
		'reinstallAgent',
		'renewMdmProfile',
		'resetWorkProfilePasscode',
		'restart',
		'sendBlankPush',
		'setDataRoaming',
		'setName',
		'setPersonalHotspot',
		'setRemoteDesktop',
		'shutDown',
		'unlockAccount',
		'updateInventory',
		'updateLocation',
	],
	deviceNote: ['create', 'delete', 'get', 'getAll', 'update'],
	deviceSecret: [
		'getActivationLockBypassCode',
		'getFileVaultKey',
		'getRecoveryLockPassword',
		'getUnlockPin',
	],
	libraryItem: ['getActivity', 'getStatuses'],
	prism: ['export', 'getAll'],
	threat: ['getAll', 'getAllLegacy'],
	user: ['get', 'getAll', 'offboard'],
	vulnerability: ['getAffectedDevices', 'getDetections'],
};

const redactPersonalData: INodeProperties = {
	displayName: 'Redact Personal Data',
	name: 'redactPersonalData',
	type: 'boolean',
	default: false,
	description:
		'Whether to mask emails, account names and the names of people, devices and hosts in the output',
};

/** Redact Personal Data, for every operation whose output can contain personal data. */
export const redaction: SharedOption = {
	option: redactPersonalData,
	operations: operationsWithPersonalData,
};
