import type {
	DeclarativeRestApiSettings,
	INodeProperties,
	INodePropertyRouting,
} from 'n8n-workflow';

import { confirmSerialNumber } from '../../shared/preSend/confirm';
import { asDone } from '../../shared/fields/output';
import type { PreSend } from '../../transport/routing/itemQueue';
import { refuseRepeats } from '../../transport/routing/repeats';
import { checkAccounts, deviceActionDeleteUserDescription } from './deleteUser';
import { deviceActionEnableLostModeDescription } from './enableLostMode';
import { buildErase, deviceActionEraseDescription } from './erase';
import { deviceActionLockDescription } from './lock';
import { deviceActionRefreshCellularPlanDescription } from './refreshCellularPlan';
import { deviceActionResetWorkProfilePasscodeDescription } from './resetWorkProfilePasscode';
import { deviceActionRestartDescription } from './restart';
import { deviceActionSetNameDescription } from './setName';
import { deviceActionToggleDescription } from './toggleFields';
import { deviceActionUnlockAccountDescription } from './unlockAccount';
import { sendAction, addNoteDescription, waitForCompletionDescription } from './sendAction';

const showOnlyForDeviceActions = { resource: ['deviceAction'] };

/** Operations that become an MDM command on the device, so that the node can wait for it. */
const mdmCommands = [
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
	'setDataRoaming',
	'setName',
	'setPersonalHotspot',
	'setRemoteDesktop',
	'shutDown',
	'unlockAccount',
	'updateInventory',
	'updateLocation',
];

const routingOf = (
	request: DeclarativeRestApiSettings.HttpRequestOptions,
	...preSend: PreSend[]
): INodePropertyRouting => ({
	request,
	...(preSend.length > 0 && { send: { preSend } }),
	operations: { pagination: sendAction },
	output: { postReceive: [asDone] },
});

const actionRouting = (path: string, ...preSend: PreSend[]): INodePropertyRouting =>
	routingOf({ method: 'POST', url: `/api/v1/devices/{{deviceId}}/action/${path}` }, ...preSend);

export const deviceActionDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: showOnlyForDeviceActions },
		options: [
			{
				name: 'Cancel Lost Mode',
				value: 'cancelLostMode',
				action: 'Cancel lost mode',
				description: 'Cancel Lost Mode on an iPhone or iPad if it is stuck in an error state',
				routing: routingOf({
					method: 'DELETE',
					url: '/api/v1/devices/{{deviceId}}/details/lostmode',
				}),
			},
			{
				name: 'Clear Passcode',
				value: 'clearPasscode',
				action: 'Clear passcode',
				description: 'Remove the passcode of an iPhone, iPad or Android device',
				routing: actionRouting('clearpasscode'),
			},
			{
				name: 'Delete User',
				value: 'deleteUser',
				action: 'Delete user from device',
				description:
					'Delete a local user of a Mac, or users of a Shared iPad, including their data',
				routing: actionRouting(
					'deleteuser',
					checkAccounts,
					refuseRepeats('userName', 'deleteAllUsers'),
				),
			},
			{
				name: 'Disable Lost Mode',
				value: 'disableLostMode',
				action: 'Disable lost mode',
				description: 'Turn off Lost Mode on an iPhone or iPad',
				routing: actionRouting('disablelostmode'),
			},
			{
				name: 'Enable Lost Mode',
				value: 'enableLostMode',
				action: 'Enable lost mode',
				description: 'Lock an iPhone or iPad and track its location until Lost Mode is turned off',
				routing: actionRouting('enablelostmode'),
			},
			{
				name: 'Erase',
				value: 'erase',
				action: 'Erase device',
				description: 'Wipe a device permanently, after its serial number is confirmed',
				routing: actionRouting('erase', buildErase, confirmSerialNumber.check),
			},
			{
				name: 'Lock',
				value: 'lock',
				action: 'Lock device',
				description: 'Lock a device remotely. The output contains the unlock PIN of a Mac.',
				routing: actionRouting('lock'),
			},
			{
				name: 'Perform Daily Check-In',
				value: 'performDailyCheckIn',
				action: 'Perform daily check in',
				description: 'Make the agent on a Mac or Windows device run its daily check-in now',
				routing: actionRouting('dailycheckin'),
			},
			{
				name: 'Play Lost Mode Sound',
				value: 'playLostModeSound',
				action: 'Play lost mode sound',
				description: 'Play a sound for two minutes on an iPhone or iPad in Lost Mode',
				routing: actionRouting('playlostmodesound'),
			},
			{
				name: 'Refresh Cellular Plan',
				value: 'refreshCellularPlan',
				action: 'Refresh cellular plan',
				description: 'Make an iPhone or cellular iPad fetch its eSIM plan from the carrier',
				routing: actionRouting('refreshcellularplans'),
			},
			{
				name: 'Reinstall Agent',
				value: 'reinstallAgent',
				action: 'Reinstall agent',
				description: 'Reinstall the Kandji agent on a Mac',
				routing: actionRouting('reinstallagent'),
			},
			{
				name: 'Renew MDM Profile',
				value: 'renewMdmProfile',
				action: 'Renew MDM profile',
				description: 'Renew the MDM profile of an Apple device',
				routing: actionRouting('renewmdmprofile'),
			},
			{
				name: 'Reset Work Profile Passcode',
				value: 'resetWorkProfilePasscode',
				action: 'Reset work profile passcode',
				description: 'Set or remove the work profile passcode of an Android device',
				routing: actionRouting('resetworkprofilepasscode'),
			},
			{
				name: 'Restart',
				value: 'restart',
				action: 'Restart device',
				description: 'Restart an Apple device',
				routing: actionRouting('restart'),
			},
			{
				name: 'Send Blank Push',
				value: 'sendBlankPush',
				action: 'Send blank push',
				description: 'Make a device connect to Kandji now',
				routing: actionRouting('blankpush'),
			},
			{
				name: 'Set Data Roaming',
				value: 'setDataRoaming',
				action: 'Set data roaming',
				description: 'Turn data roaming on or off on an iPhone or cellular iPad',
				routing: actionRouting('toggledataroaming'),
			},
			{
				name: 'Set Name',
				value: 'setName',
				action: 'Set name of device',
				description: 'Rename an Apple device',
				routing: actionRouting('setname'),
			},
			{
				name: 'Set Personal Hotspot',
				value: 'setPersonalHotspot',
				action: 'Set personal hotspot',
				description: 'Turn the personal hotspot on or off on an iPhone or cellular iPad',
				routing: actionRouting('togglepersonalhotspot'),
			},
			{
				name: 'Set Remote Desktop',
				value: 'setRemoteDesktop',
				action: 'Set remote desktop',
				description: 'Turn Remote Management on or off on a Mac',
				routing: actionRouting('remotedesktop'),
			},
			{
				name: 'Shut Down',
				value: 'shutDown',
				action: 'Shut down device',
				description: 'Shut down an Apple device',
				routing: actionRouting('shutdown'),
			},
			{
				name: 'Unlock Account',
				value: 'unlockAccount',
				action: 'Unlock account',
				description: 'Unlock a local user of a Mac after too many wrong passwords',
				routing: actionRouting('unlockaccount'),
			},
			{
				name: 'Update Inventory',
				value: 'updateInventory',
				action: 'Update inventory',
				description: 'Make a device report its inventory now',
				routing: actionRouting('updateinventory'),
			},
			{
				name: 'Update Location',
				value: 'updateLocation',
				action: 'Update location',
				description: 'Request the location of an iPhone or iPad in Lost Mode',
				routing: actionRouting('updatelocation'),
			},
		],
		default: 'sendBlankPush',
	},
	...deviceActionDeleteUserDescription,
	...deviceActionEnableLostModeDescription,
	...deviceActionEraseDescription,
	...deviceActionLockDescription,
	...deviceActionRefreshCellularPlanDescription,
	...deviceActionResetWorkProfilePasscodeDescription,
	...deviceActionRestartDescription,
	...deviceActionSetNameDescription,
	...deviceActionToggleDescription,
	...deviceActionUnlockAccountDescription,
	...waitForCompletionDescription(mdmCommands),
	...addNoteDescription,
];
