import type { INodeProperties } from 'n8n-workflow';

import { byDisplayName } from './locators';

/** Operations, by resource, whose output can contain emails or names of people, devices or hosts. */
const operationsWithPersonalData: Record<string, string[]> = {
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

const isOptionsOf = (
	{ name, displayOptions }: INodeProperties,
	resource: string,
	operation: string,
): boolean =>
	name === 'options' &&
	displayOptions?.show?.resource?.includes(resource) === true &&
	displayOptions.show.operation?.includes(operation) === true;

/**
 * Adds Redact Personal Data to the Options of every operation whose output can contain personal data. An operation
 * without Options gets them.
 */
export function withRedaction(fields: INodeProperties[]): INodeProperties[] {
	const entries = Object.entries(operationsWithPersonalData);
	const extended = fields.map((field) =>
		entries.some(([resource, operations]) =>
			operations.some((operation) => isOptionsOf(field, resource, operation)),
		)
			? {
					...field,
					options: [...(field.options as INodeProperties[]), redactPersonalData].sort(
						byDisplayName,
					),
				}
			: field,
	);
	const added = entries.flatMap(([resource, operations]): INodeProperties[] => {
		const operation = operations.filter(
			(name) => !fields.some((field) => isOptionsOf(field, resource, name)),
		);
		return operation.length === 0
			? []
			: [
					{
						displayName: 'Options',
						name: 'options',
						type: 'collection',
						placeholder: 'Add Option',
						default: {},
						displayOptions: { show: { resource: [resource], operation } },
						options: [redactPersonalData],
					},
				];
	});
	return [...extended, ...added];
}
